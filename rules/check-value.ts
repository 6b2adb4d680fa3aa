/** Does a leaf's `value` fit its operator and fact? */
import { CALENDAR_WINDOWS } from './calendar';
import { checkPattern } from './check-pattern';
import { orderOf, timeMs } from './compare';
import { durationMs } from './duration';
import { changedFact, type FactDefinition } from './facts';
import { below, named, quoted, type FaultAbout, type FaultList } from './fault';
import { resolveFact } from './leaf';
import type { OperatorDefinition } from './operators';
import { LIMITS } from './rule';

export function checkValue(
  value: unknown,
  operator: OperatorDefinition,
  fact: FactDefinition,
  pointer: string,
  faults: FaultList,
): void {
  const wrong = (message: string, at = pointer): void => faults.add(at, 'wrong-value', message);
  if (value === undefined && operator.wants !== 'flag') {
    faults.add(pointer, 'required', `The operator ${operator.name} needs a value.`);
    return;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    checkReference(value as Record<string, unknown>, operator, fact, pointer, faults);
    return;
  }
  /** True when the literal fits. */
  const one = (item: unknown, at = pointer): boolean => {
    const problem = misfit(fact, item, operator.name === 'equal' || operator.name === 'notEqual');
    if (problem) faults.add(at, 'wrong-value', problem, allowedOf(fact));
    return problem === null;
  };
  const many = (): void => {
    if (!Array.isArray(value) || value.length === 0) return wrong('must be a list of at least one value');
    if (value.length > LIMITS.listValues) return wrong(`must have at most ${LIMITS.listValues} values`);
    value.forEach((item, index) => one(item, below(pointer, index)));
  };
  switch (operator.wants) {
    case 'one':
      if (one(value) && operator.facts.includes('number') && !operator.facts.includes('text'))
        checkOrder(fact, value, pointer, faults);
      return;
    case 'many':
      return many();
    case 'one-or-many':
      if (Array.isArray(value)) many();
      else one(value);
      return;
    case 'range':
      return checkRange(fact, value, wrong);
    case 'text':
      if (typeof value !== 'string' || value === '') return wrong('must be a text that is not empty');
      if (value.length > LIMITS.textValue) wrong(`must have at most ${LIMITS.textValue} characters`);
      return;
    case 'duration':
      if (typeof value !== 'string' || durationMs(value) === null) {
        wrong('must be a duration such as "15m", "2h", "7d" or "PT15M", at most 366 days');
      }
      return;
    case 'window':
      if (!CALENDAR_WINDOWS.some((window) => window === value)) {
        const problem = `must be one of ${CALENDAR_WINDOWS.join(', ')}`;
        faults.add(pointer, 'wrong-value', problem, { allowed: CALENDAR_WINDOWS });
      }
      return;
    case 'flag':
      if (value !== undefined && typeof value !== 'boolean') wrong('must be true or false, or be left out');
      return;
    case 'pattern':
      checkPattern(value, pointer, faults);
      return;
  }
}

type Wrong = (message: string) => void;

function checkOrder(fact: FactDefinition, value: unknown, pointer: string, faults: FaultList): void {
  const order = orderOf(fact, value);
  if (!order) faults.add(pointer, 'operator-not-for-fact', `${fact.name} has no order`);
  else if (order(value) === null) {
    faults.add(pointer, 'wrong-value', 'must be a number, or a time such as 2026-07-20T10:00:00Z');
  }
}

function checkRange(fact: FactDefinition, value: unknown, wrong: Wrong): void {
  if (!Array.isArray(value) || value.length !== 2) return wrong('must be [from, to]');
  const [from, to] = value as unknown[];
  const order = orderOf(fact, from);
  const [low, high] = [order?.(from) ?? null, order?.(to) ?? null];
  if (low === null || high === null)
    return wrong(`must hold two values that ${fact.name} can be compared with`);
  if (low > high) wrong('must go from the smaller to the larger value');
}

/** What is wrong with a literal for this fact, or null. */
function misfit(fact: FactDefinition, value: unknown, mayBeNull: boolean): string | null {
  if (value === null)
    return mayBeNull || fact.type === 'change' ? null : 'must not be null; use isEmpty or isNotEmpty';
  if (typeof value === 'string' && value.length > LIMITS.textValue) {
    return `must have at most ${LIMITS.textValue} characters`;
  }
  switch (fact.type) {
    case 'text':
    case 'list':
      return typeof value === 'string' ? null : 'must be a text';
    case 'choice':
      return typeof value === 'string' && fact.values?.includes(value)
        ? null
        : `must be one of ${fact.values?.join(', ') ?? ''}`;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'must be a number';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'time':
      return timeMs(value) === null ? 'must be a time with a zone, such as 2026-07-20T10:00:00Z' : null;
    case 'any':
      return ['string', 'number', 'boolean'].includes(typeof value)
        ? null
        : 'must be a text, a number, true or false';
    case 'change': {
      const field = changedFact(fact);
      return field ? misfit(field, value, true) : null;
    }
  }
}

function allowedOf(fact: FactDefinition): FaultAbout | undefined {
  const { values } = (fact.type === 'change' ? changedFact(fact) : fact) ?? {};
  return values && { allowed: values };
}

/** `{fact}` compares two facts of one event. */
function checkReference(
  value: Record<string, unknown>,
  operator: OperatorDefinition,
  fact: FactDefinition,
  pointer: string,
  faults: FaultList,
): void {
  const strangers = Object.keys(value).filter((key) => key !== 'fact' && key !== 'path');
  for (const key of strangers) {
    faults.add(
      below(pointer, key),
      'unknown-key',
      'A value is a literal or {"fact": …}; nothing else is allowed in it.',
    );
  }
  if (!Object.hasOwn(value, 'fact')) {
    // Whoever wrote something else is told what; whoever wrote nothing must be told, too: nothing could be compared with it.
    if (strangers.length === 0) {
      faults.add(pointer, 'wrong-value', 'must be a literal, or {"fact": …} that names another fact');
    }
    return;
  }
  const resolved = resolveFact(value['fact'], value['path']);
  if (!resolved.ok) {
    const message =
      resolved.code === 'unknown-fact'
        ? `No such fact: ${quoted(value['fact'])}.`
        : 'Only plain dotted names.';
    faults.add(below(pointer, resolved.part), resolved.code, message, named(value['fact']));
    return;
  }
  if (!comparable(operator, fact, resolved.fact)) {
    const message = `${fact.name} ${operator.name} cannot be compared with ${resolved.fact.name}`;
    faults.add(pointer, 'wrong-value', message);
  }
}

function comparable(operator: OperatorDefinition, fact: FactDefinition, other: FactDefinition): boolean {
  if (other.type === 'change') return false;
  switch (operator.wants) {
    case 'one':
      return fact.type === 'any' || other.type === 'any' || kindOf(fact) === kindOf(other);
    case 'text':
      return ['text', 'any'].includes(kindOf(other));
    case 'many':
      return ['list', 'any'].includes(other.type);
    case 'one-or-many':
    case 'range':
    case 'duration':
    case 'pattern':
    case 'window':
    case 'flag':
      return false;
  }
}

/** Ordered choices compare with each other only when they are the same scale. */
function kindOf(fact: FactDefinition): string {
  return fact.type === 'choice' ? (fact.ordered ? (fact.values?.join() ?? '') : 'text') : fact.type;
}
