/** Why a rule set is refused. */

export const FAULTS = {
  required: 'something that must be there is missing',
  'wrong-type': 'the value has the wrong JSON type or form',
  'out-of-bounds': 'too long, too short, too many or too few',
  'unknown-key': 'no such property; nothing is ignored silently',
  'forbidden-key': 'a property name that reaches into JavaScript itself',
  'too-many-rules': 'more rules than one docking may have',
  'duplicate-id': 'two rules have the same id',
  'unknown-trigger': 'no such event type',
  'duplicate-trigger': 'the event type is named twice',
  'reserved-event-type': 'an event name that the rule engine uses itself',
  'missing-receivers': 'the rule tells nobody',
  'unknown-role': 'no such receiver role',
  'not-one-kind':
    'a node must have exactly one of all, any, not, condition, or be a leaf with fact and operator',
  'not-a-group': 'the root must be all, any, not or condition',
  'empty-group': 'an empty all or any would fire for every ticket',
  'leaf-priority': 'priorities are not for conditions',
  'unknown-fact': 'no such fact in the catalogue',
  'path-not-plain': 'a path may only be plain dotted names',
  'unknown-operator': 'no such operator in the catalogue',
  'operator-not-for-fact': 'the operator does not work on a fact of this type',
  'wrong-value': 'the value does not fit the operator and the fact',
  'bad-pattern': 'no valid RE2 pattern, or too large a one',
  'unknown-condition': 'no rule with this id in the set',
  cycle: 'the conditions refer back to themselves',
  'too-deep': 'groups are nested too deeply',
  'too-many-conditions': 'the rule has too many conditions',
  'too-many-patterns': 'the patterns of all rules together would hold up every event',
  'unknown-place': 'the text has a {place} that is no fact of the catalogue',
} as const;
export type FaultCode = keyof typeof FAULTS;

/** `path` is a JSON pointer into what was sent, such as `/rules/0/conditions/all/1/operator`. */
export interface Fault {
  path: string;
  code: FaultCode;
  message: string;
  /** What the message names, for whoever says it in another language. */
  about?: FaultAbout;
}

/** `name`: what was sent, shortened · `allowed`: the values that would fit. */
export type FaultAbout = { name: string } | { allowed: readonly string[] };

/** Collects faults up to a limit; `full` tells a checker to stop looking. */
export interface FaultList {
  readonly faults: readonly Fault[];
  readonly full: boolean;
  add(path: string, code: FaultCode, message: string, about?: FaultAbout): void;
}

export function faultList(limit: number): FaultList {
  const faults: Fault[] = [];
  return {
    faults,
    get full() {
      return faults.length >= limit;
    },
    add(path, code, message, about) {
      if (faults.length < limit) faults.push({ path, code, message, ...(about ? { about } : {}) });
    },
  };
}

/** One step down a JSON pointer (RFC 6901). */
export function below(pointer: string, key: PropertyKey): string {
  return `${pointer}/${String(key).slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A name for a message: short, whatever was sent. */
export const quoted = (name: unknown): string => `"${short(name)}"`;

export const named = (name: unknown): FaultAbout => ({ name: short(name) });

function short(name: unknown): string {
  const text = typeof name === 'string' ? name : typeof name;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
