import type { EventType, FieldValue, Ticket, TicketChange } from '../event';

/** Fields whose change is told; all others follow from these or are texts of the same thing. */
const COMPARED = [
  'statusCode',
  'statusType',
  'priority',
  'assigneeId',
  'groupId',
  'categoryPath',
  'title',
  'contentExcerpt',
  'closedAt',
  'firstResponseDueAt',
  'dueAt',
] as const satisfies readonly (keyof Ticket)[];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Everything that differs between two looks at a ticket, in a fixed order. */
export function differences(before: Ticket, after: Ticket): TicketChange[] {
  const changes: TicketChange[] = [];
  const compare = (field: string, from: FieldValue | undefined, to: FieldValue | undefined): void => {
    if (!same(from, to)) changes.push({ field, from: from ?? null, to: to ?? null });
  };
  for (const field of COMPARED) compare(field, before[field], after[field]);
  compare('followerIds', before.followerIds, after.followerIds);
  compare('customer.id', before.customer?.id, after.customer?.id);
  const names = new Set([...Object.keys(before.customFields), ...Object.keys(after.customFields)]);
  for (const name of [...names].sort()) {
    compare(`customFields.${name}`, before.customFields[name], after.customFields[name]);
  }
  compare('rating', before.rating?.score, after.rating?.score);
  return changes.slice(0, 100);
}

/** The event types that a set of changes means, in the order people would tell them. */
export function eventTypes(before: Ticket, after: Ticket, changes: TicketChange[]): EventType[] {
  const types: EventType[] = [];
  const changed = new Map(changes.map((change) => [change.field, change]));
  if (changed.has('assigneeId')) types.push(after.assigneeId ? 'ticket.assigned_agent' : 'ticket.unassigned');
  if (changed.has('groupId') && after.groupId) types.push('ticket.assigned_group');
  if (before.statusType === 'new' && after.statusType === 'in_progress') types.push('ticket.accepted');
  if (changed.has('statusCode')) types.push(statusEvent(before.statusType, after.statusType));
  if (changed.has('rating') && after.rating) types.push('ticket.rated');
  if (changed.has('priority')) types.push('ticket.priority_changed');
  if (changed.has('categoryPath')) types.push('ticket.category_changed');
  if (changed.has('followerIds')) {
    const isNew = after.followerIds.some((id) => !before.followerIds.includes(id));
    types.push(isNew ? 'ticket.followed' : 'ticket.unfollowed');
  }
  const texts = ['title', 'contentExcerpt', 'customer.id'];
  if (changes.some(({ field }) => texts.includes(field) || field.startsWith('customFields.'))) {
    types.push('ticket.field_changed');
  }
  return types;
}

/** Due times follow from other changes, whose events tell them too; what changes nothing else is told by itself, or nobody would wait for it. */
export const movesDueTimes = (changes: readonly TicketChange[]): boolean =>
  changes.some(({ field }) => field === 'firstResponseDueAt' || field === 'dueAt');

const isEnded = (type: Ticket['statusType']): boolean => type === 'solved' || type === 'closed';

/** Decided by what statuses mean, never by their names or codes. */
function statusEvent(was: Ticket['statusType'], is: Ticket['statusType']): EventType {
  if (was !== is) {
    if (is === 'deleted') return 'ticket.deleted';
    if (was === 'deleted') return 'ticket.restored';
    if (is === 'solved') return 'ticket.solved';
    if (is === 'closed') return 'ticket.closed';
    if (isEnded(was) && (is === 'new' || is === 'in_progress')) return 'ticket.reopened';
  }
  return 'ticket.status_changed';
}
