import type { TicketEvent } from '../event';
import { TicketSystemError } from '../failure';
import type { PushedBody, RestConfig, TicketHint } from '../port';
import { eventOf } from './mapping';
import { verifySignature } from './signature';

const MAX_BODY = 1024 * 1024;
const MOST_EVENTS = 100;

/** Hints in a signed push: one event of the contract, or `{events: []}` of at most 100. */
export function restHints(
  { webhookSecret }: Pick<RestConfig, 'webhookSecret'>,
  { body, headers, receivedAt, verified }: PushedBody,
): TicketHint[] {
  if (!verified) {
    const header = headers['x-signature'] ?? headers['X-Signature'];
    const secrets = [webhookSecret ?? []].flat();
    verifySignature(Array.isArray(header) ? header[0] : header, body, secrets, receivedAt);
  }
  if (body.length > MAX_BODY) throw unreadable('the push is larger than 1 MB');
  let told: unknown;
  try {
    told = JSON.parse(body.toString('utf8'));
  } catch {
    throw unreadable('the push is not JSON');
  }
  const events = Array.isArray((told as { events?: unknown } | null)?.events)
    ? (told as { events: unknown[] }).events
    : [told];
  if (events.length > MOST_EVENTS) throw unreadable(`a push may hold at most ${MOST_EVENTS} events`);
  try {
    return events.map((event) => hintOf(eventOf(event), 'push'));
  } catch (error) {
    if (error instanceof TicketSystemError) throw unreadable(error.message);
    throw error;
  }
}

export function hintOf(event: TicketEvent, source: TicketHint['source']): TicketHint {
  const updatedAt = event.ticket.updatedAt ?? event.occurredAt;
  return { ticketId: event.ticket.id, source, updatedAt, event };
}

function unreadable(message: string): TicketSystemError {
  return new TicketSystemError(message, {
    code: 'push-malformed',
    retryClass: 'never',
    nextStep: 'Check what is sent to this address: it must be an event of the contract.',
  });
}
