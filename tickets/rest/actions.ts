import type { TicketActionKind } from '../port';

/** What the contract lets an agent do to a ticket. */
export const ACTIONS = [
  'claim',
  'assign',
  'unassign',
  'reply',
  'note',
  'set_status',
  'set_priority',
  'solve',
  'close',
  'reopen',
  'urge',
] as const satisfies readonly TicketActionKind[];
