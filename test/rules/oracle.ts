/**
 * A second opinion on rules, written from the documentation alone: it reads the raw event, shares no code with the
 * product, and knows only the facts and operators that the generated rules use.
 */
export interface RawEvent {
  type: string;
  occurredAt: string;
  actor: { type: string; id: string | null };
  ticket: Record<string, unknown>;
  changes: { field: string; from: unknown; to: unknown }[];
  reply?: Record<string, unknown> | null | undefined;
}
export type RawCondition = Record<string, unknown>;

const MINUTE = 60_000;

export function opinion(condition: RawCondition, event: RawEvent, now: number): boolean {
  if (condition['all'])
    return (condition['all'] as RawCondition[]).every((child) => opinion(child, event, now));
  if (condition['any'])
    return (condition['any'] as RawCondition[]).some((child) => opinion(child, event, now));
  if (condition['not']) return !opinion(condition['not'] as RawCondition, event, now);
  const name = String(condition['fact']);
  const wanted = condition['value'];
  const operator = String(condition['operator']);
  if (operator.startsWith('changed'))
    return changeOpinion(operator, name.replace(/^(ticket|changes)\./, ''), wanted, event);
  const right =
    typeof wanted === 'object' && wanted !== null && 'fact' in wanted
      ? look(String(wanted.fact), event)
      : wanted;
  return leafOpinion(operator, look(name, event), right, name, now);
}

function look(name: string, event: RawEvent): unknown {
  const change = /^changes\.(.+)\.(from|to)$/.exec(name);
  let value: unknown;
  if (change) {
    const found = event.changes.find(({ field }) => field === change[1]);
    value = found && (change[2] === 'from' ? found.from : found.to);
  } else {
    value = name
      .split('.')
      .slice(name.startsWith('event.') ? 1 : 0)
      .reduce<unknown>((inner, part) => (inner as Record<string, unknown> | null | undefined)?.[part], event);
  }
  if (LISTS.includes(name)) return value ?? [];
  return value === null || value === '' ? undefined : value;
}

/** Never absent: what the event does not name is an empty list. */
const LISTS = ['ticket.tags', 'ticket.followerIds', 'reply.mentionedAgentIds'];

const RANKS = ['low', 'normal', 'high', 'urgent'];
function size(value: unknown, name: string): number {
  if (typeof value !== 'string' && typeof value !== 'number') return NaN;
  if (name.includes('priority')) return RANKS.includes(String(value)) ? RANKS.indexOf(String(value)) : NaN;
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && name.endsWith('At')) return Date.parse(value);
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : NaN;
}

function leafOpinion(operator: string, seen: unknown, wanted: unknown, name: string, now: number): boolean {
  const none = seen === undefined;
  const items = Array.isArray(seen) ? (seen as unknown[]) : null;
  const values = Array.isArray(wanted) ? (wanted as unknown[]) : [];
  const text = typeof seen === 'string' ? seen : null;
  const [left, right] = [size(seen, name), size(wanted, name)];
  const isTime = name.endsWith('At');
  const equals = isTime ? left === right : seen === wanted;
  switch (operator) {
    case 'equal':
      return wanted === null ? none : !none && wanted !== undefined && equals;
    case 'notEqual':
      return wanted === null ? !none : !none && wanted !== undefined && !equals;
    case 'in':
      return items ? items.some((item) => values.includes(item)) : values.includes(seen);
    case 'notIn':
      return !none && (items ? !items.some((item) => values.includes(item)) : !values.includes(seen));
    case 'contains':
      return items ? items.includes(wanted) : (text?.includes(String(wanted)) ?? false);
    case 'doesNotContain':
      return items ? !items.includes(wanted) : text !== null && !text.includes(String(wanted));
    case 'startsWith':
      return text?.startsWith(String(wanted)) ?? false;
    case 'endsWith':
      return text?.endsWith(String(wanted)) ?? false;
    case 'under':
      return text !== null && `${text}/`.startsWith(`${String(wanted)}/`);
    case 'regex':
      return text !== null && new RegExp(String(wanted)).test(text);
    case 'lessThan':
      return left < right;
    case 'lessThanInclusive':
      return left <= right;
    case 'greaterThan':
      return left > right;
    case 'greaterThanInclusive':
      return left >= right;
    case 'between':
      return left >= size(values[0], name) && left <= size(values[1], name);
    case 'isEmpty':
    case 'isNotEmpty': {
      const empty = none || text?.trim() === '' || items?.length === 0;
      return (operator === 'isEmpty') === empty ? wanted !== false : wanted === false;
    }
    case 'olderThan':
      return !none && now - Date.parse(text ?? '') >= minutesOf(wanted);
    case 'withinNext': {
      const ahead = Date.parse(text ?? '') - now;
      return !none && ahead >= 0 && ahead <= minutesOf(wanted);
    }
    default:
      throw new Error(`no opinion on ${operator}`);
  }
}

const minutesOf = (duration: unknown): number => Number.parseInt(String(duration), 10) * MINUTE;

function changeOpinion(operator: string, field: string, wanted: unknown, event: RawEvent): boolean {
  const change = event.changes.find((candidate) => candidate.field === field);
  const moved = change !== undefined && JSON.stringify(change.from) !== JSON.stringify(change.to);
  if (operator === 'changed') return moved === (wanted !== false);
  if (!moved) return false;
  const wants = Array.isArray(wanted) ? (wanted as unknown[]) : [wanted];
  const [here, there] = operator === 'changedTo' ? [change.to, change.from] : [change.from, change.to];
  if (Array.isArray(here) && Array.isArray(there)) {
    return wants.some((want) => here.includes(want) && !there.includes(want));
  }
  return wants.includes(here);
}
