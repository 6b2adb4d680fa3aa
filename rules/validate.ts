/** The check on save: everything that could make a rule mean something else than it says, or harm anything. */
import type { z } from 'zod';
import { EVENT_TYPES } from '../tickets/vocabulary';
import { checkConditions, type Extent } from './check-conditions';
import { checkReferences } from './check-references';
import { findFact } from './facts';
import { below, faultList, named, quoted, type Fault, type FaultCode, type FaultList } from './fault';
import { RESERVED_NAMES } from './path';
import { LIMITS, ruleEnvelope, type Conditions, type RuleDraft } from './rule';
import { unknownPlaces } from './template';

export type ValidatedReminders = { ok: true; rules: RuleDraft[] } | { ok: false; faults: Fault[] };

export interface ValidateOptions {
  /** Event types that may trigger rules. Default: all of the product. */
  triggers?: readonly string[];
}

/** Event names that the engine and its emitter use themselves. */
const RESERVED_EVENTS: ReadonlySet<string> = new Set([
  ...RESERVED_NAMES,
  'error',
  'success',
  'failure',
  'newListener',
  'removeListener',
]);

/**
 * Checks `{rules: [...]}` as it came over the wire. All faults are reported (at most 100), not only the first. Never
 * throws, also for hostile input. Rules without an id stay without: whoever saves them gives them one.
 */
export function validateReminders(input: unknown, options: ValidateOptions = {}): ValidatedReminders {
  const faults = faultList(LIMITS.faults);
  const rules = rulesOf(input, faults);
  refuseForbiddenKeys(rules, '/rules', faults);
  const seen = new Map<string, Extent>();
  const extents: { at: string; extent: Extent }[] = [];
  const drafts: RuleDraft[] = [];
  for (const [index, rule] of rules.entries()) {
    if (faults.full) break;
    const pointer = below('/rules', index);
    if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) {
      faults.add(pointer, 'wrong-type', 'A rule must be an object.');
      continue;
    }
    const { conditions, ...given } = rule as Record<string, unknown>;
    // null means left out, as everywhere else.
    const rest = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
    const envelope = checkEnvelope(rest, pointer, options.triggers ?? EVENT_TYPES, faults);
    const extent = checkConditions(conditions, below(pointer, 'conditions'), faults);
    extents.push({ at: pointer, extent });
    const id = rest['id'];
    if (typeof id === 'string') {
      if (seen.has(id)) faults.add(below(pointer, 'id'), 'duplicate-id', 'Another rule has this id.');
      seen.set(id, extent);
    }
    if (!envelope) continue;
    const { id: ruleId, ...named } = envelope;
    drafts.push({
      ...named,
      ...(ruleId === undefined ? {} : { id: ruleId }),
      conditions: conditions as Conditions,
    });
  }
  checkReferences(extents, seen, faults);
  if (faults.faults.length > 0) return { ok: false, faults: [...faults.faults] };
  return { ok: true, rules: structuredClone(drafts) };
}

/** What is wrong with what stands around the rules, in the same words: a property too many, too few, or of another type. */
export function validateAround(input: object, schema: z.ZodType): Fault[] {
  const faults = faultList(LIMITS.faults);
  const parsed = schema.safeParse(input);
  if (!parsed.success) for (const issue of parsed.error.issues) report(issue, input, '', faults);
  for (const key of Object.keys(input)) {
    if (RESERVED_NAMES.has(key))
      faults.add(below('', key), 'forbidden-key', `${quoted(key)} is not allowed.`);
  }
  return [...faults.faults];
}

function rulesOf(input: unknown, faults: FaultList): unknown[] {
  const rules: unknown =
    typeof input === 'object' && input !== null ? (input as { rules?: unknown }).rules : undefined;
  if (!Array.isArray(rules)) {
    faults.add('/rules', rules === undefined ? 'required' : 'wrong-type', 'must be a list of rules');
    return [];
  }
  if (rules.length > LIMITS.rules) {
    faults.add('/rules', 'too-many-rules', `At most ${LIMITS.rules} rules.`);
    return [];
  }
  return rules as unknown[];
}

type Envelope = z.output<typeof ruleEnvelope>;

function checkEnvelope(
  rest: Record<string, unknown>,
  pointer: string,
  triggers: readonly string[],
  faults: FaultList,
): Envelope | null {
  const parsed = ruleEnvelope.safeParse(rest);
  if (!parsed.success) for (const issue of parsed.error.issues) report(issue, rest, pointer, faults);
  checkTriggers(rest['triggers'], below(pointer, 'triggers'), triggers, faults);
  if (!parsed.success) return null;
  checkTemplate(parsed.data, below(pointer, 'template'), faults);
  return parsed.data;
}

function report(issue: z.core.$ZodIssue, rest: unknown, pointer: string, faults: FaultList): void {
  const path = issue.path.reduce<string>(below, pointer);
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      if (RESERVED_NAMES.has(key)) continue;
      faults.add(below(path, key), 'unknown-key', `No such property: ${quoted(key)}.`, named(key));
    }
    return;
  }
  const allowed = issue.code === 'invalid_value' ? { allowed: issue.values.map(String) } : undefined;
  faults.add(path, codeOf(issue, rest), issue.message, allowed);
}

function codeOf(issue: z.core.$ZodIssue, rest: unknown): FaultCode {
  const field = issue.path.at(-1);
  if (field === 'receivers' && issue.path.length === 1 && issue.code !== 'too_big')
    return 'missing-receivers';
  if (field === 'role') return 'unknown-role';
  if (issue.code === 'too_big' || issue.code === 'too_small') return 'out-of-bounds';
  const sent = issue.path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    rest,
  );
  return sent === undefined ? 'required' : 'wrong-type';
}

function checkTriggers(
  triggers: unknown,
  pointer: string,
  known: readonly string[],
  faults: FaultList,
): void {
  if (!Array.isArray(triggers)) return;
  const seen = new Set<unknown>();
  for (const [index, type] of (triggers.slice(0, 200) as unknown[]).entries()) {
    const at = below(pointer, index);
    if (typeof type !== 'string') continue;
    if (RESERVED_EVENTS.has(type)) faults.add(at, 'reserved-event-type', `${quoted(type)} is reserved.`);
    else if (!known.includes(type))
      faults.add(at, 'unknown-trigger', `No such event type: ${quoted(type)}.`, named(type));
    else if (seen.has(type)) faults.add(at, 'duplicate-trigger', 'Named twice.');
    seen.add(type);
  }
}

function checkTemplate({ template }: Envelope, pointer: string, faults: FaultList): void {
  for (const part of ['title', 'text'] as const) {
    for (const [language, text] of Object.entries(template?.[part] ?? {})) {
      for (const place of unknownPlaces(text ?? '')) {
        faults.add(
          below(below(pointer, part), language),
          'unknown-place',
          `No such fact: ${quoted(place)}.`,
          named(place),
        );
      }
    }
  }
  for (const [index, name] of (template?.fields ?? []).entries()) {
    if (!findFact(name)) {
      faults.add(
        below(below(pointer, 'fields'), index),
        'unknown-fact',
        `No such fact: ${quoted(name)}.`,
        named(name),
      );
    }
  }
}

/** Looks everywhere, however deep, without recursion and without going round in circles. */
function refuseForbiddenKeys(root: unknown, pointer: string, faults: FaultList): void {
  const visited = new Set<unknown>();
  const waiting: [unknown, string][] = [[root, pointer]];
  for (let next = waiting.pop(); next && !faults.full; next = waiting.pop()) {
    const [value, at] = next;
    if (typeof value !== 'object' || value === null || visited.has(value)) continue;
    visited.add(value);
    for (const key of Object.keys(value)) {
      if (RESERVED_NAMES.has(key))
        faults.add(below(at, key), 'forbidden-key', `${quoted(key)} is not allowed.`);
      // Far deeper than any rule may be, the path is of no use to anybody and would grow with the square of the depth.
      else waiting.push([(value as Record<string, unknown>)[key], at.length > 500 ? at : below(at, key)]);
    }
  }
}
