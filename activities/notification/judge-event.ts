/** Events that a Node ticket system signals directly: judged like those that come through the API, and on record when they cannot be. */
import { parseEvent, unjudgedRecord, type Intake, type Taken } from '../../intake';
import { refuse } from '../failures';
import type { ActivityPorts } from '../ports';
import { judgedOf, type Judged } from './meet-deadline';
import type { EventToJudge, GivenUp } from './messages';

const REFUSED = 'Event.Refused';

/** Fails with `Event.Refused` when the reference is not understood, or with what the ticket system answers. */
export async function judgeEvent(
  ports: ActivityPorts,
  intake: Intake,
  { dockingId, ticketId, eventId, reference }: EventToJudge,
): Promise<Judged> {
  const { store } = ports;
  const docking = await store.dockings.get(dockingId);
  if (!docking) throw refuse('Docking.NotFound', 'There is no such docking.', 'Check the docking id.');
  const system = await ports.ticketSystem(dockingId);
  const { type, occurredAt, actor, changes, causeId } = reference;
  const ticket = await system.getTicket(ticketId);
  const parsed = parseEvent({ eventId, type, occurredAt, actor, changes, causeId, ticket });
  if (!parsed.ok) {
    const fields = parsed.errors.map(({ field, message }) => `${field} ${message}`).join('; ');
    throw refuse(REFUSED, `The event was not understood: ${fields}.`, 'Correct the reference.');
  }
  const taken: Taken = await intake.take(docking, parsed.event, 'client', { byWorkflow: true });
  await store.events.markHandedOver(dockingId, [eventId]);
  return judgedOf(taken);
}

export async function keepUnread({ store, now }: ActivityPorts, event: EventToJudge): Promise<void> {
  // Of a docking that is gone nothing is kept.
  if (!(await store.dockings.get(event.dockingId))) return;
  await store.events.keepUnjudged(unjudgedRecord(event, 'ticket-unread', now()));
}

export async function giveUpEvent(
  { store, now }: ActivityPorts,
  event: EventToJudge,
  { code, message }: GivenUp,
): Promise<void> {
  if (!(await store.dockings.get(event.dockingId))) return;
  const record =
    code === REFUSED
      ? unjudgedRecord(event, 'event-refused', now(), message)
      : unjudgedRecord(event, 'ticket-unreadable', now());
  await store.events.keepUnjudged(record);
}
