/** Dotted access to own properties: all that a path may ever do. */

/** Names that reach into JavaScript itself; they are refused wherever a rule can name something. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
]);

/**
 * Parts of a plain dotted path (`$.a.b`, `.a.b` or `a.b`), or null for everything else: filters, scripts, wildcards,
 * indexes, recursive descent and names that reach into JavaScript.
 */
export function plainPath(path: string): string[] | null {
  if (path.length > 200) return null;
  const parts = path.replace(/^\$?\.?/, '').split('.');
  return parts.every((part) => /^[\p{L}\p{N}_-]+$/u.test(part) && !RESERVED_NAMES.has(part)) ? parts : null;
}

/**
 * What json-rules-engine calls for a `path`, in place of JSONPath, whose filters can run code. Rules as compiled here
 * carry no paths; this is the second lock.
 */
export function ownProperty(value: object, path: string): unknown {
  return plainPath(path)?.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part)
        ? (inner as Record<string, unknown>)[part]
        : undefined,
    value,
  );
}
