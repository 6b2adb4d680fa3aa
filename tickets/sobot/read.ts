import { TicketSystemError } from '../failure';
import type { SobotCalls } from './call';
import { given, type Wire } from './wire';

/** The full item of one ticket; fails with `not-found` when there is none. */
export async function readDetail(calls: SobotCalls, ticketId: string): Promise<Wire> {
  const { item } = await calls.read('/api/ws/5/ticket/get_ticket_by_id', { ticketid: ticketId });
  if (given(item.ticketid) !== undefined) return item;
  throw new TicketSystemError('get_ticket_by_id: an answer without a ticket', {
    code: 'not-found',
    retryClass: 'never',
    nextStep: 'The ticket does not exist any more.',
  });
}
