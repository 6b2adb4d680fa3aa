import type { Intake } from '../../intake';
import { isJudged, type Docking, type Store } from '../../store';
import { TicketSystemError, type TicketHint, type TicketSnapshot, type TicketSystem } from '../../tickets';
import type { ActivityPorts } from '../ports';

export type TakeHint = (docking: Docking, system: TicketSystem, hint: TicketHint) => Promise<number>;

/** Reads the ticket behind a hint and takes in what happened since the last look; gives the number of events. */
export function hintTaker(ports: ActivityPorts, intake: Intake): TakeHint {
  const { store } = ports;
  return async (docking, system, hint) => {
    const known = (await store.tickets.getRaw(docking.id, hint.ticketId)) as TicketSnapshot | null;
    let hydrated: Awaited<ReturnType<TicketSystem['hydrate']>>;
    try {
      hydrated = await system.hydrate(hint, known);
    } catch (error) {
      // Gone since the list was made: nobody can be told about it any more.
      if (hint.source !== 'push' && error instanceof TicketSystemError && error.code === 'not-found')
        return 0;
      throw error;
    }
    const { events, snapshot } = hydrated;
    const taken = [];
    for (const event of events) taken.push(await intake.take(docking, event, 'adapter'));
    await store.tickets.setRaw(docking.id, hint.ticketId, snapshot);
    for (const one of taken.filter(({ handOver }) => handOver)) {
      await ports.tellTicket(docking.id, one);
      await store.events.markHandedOver(docking.id, [one.eventId]);
    }
    return events.length;
  };
}

/** Times have a grain of one second: what happened later in that second shows only to a look after it. */
const GRAIN_MS = 2000;

/** Has this change been looked at already, e.g. because its push came? Saves the call that reads the ticket. */
export async function isSeen(store: Store, dockingId: string, hint: TicketHint): Promise<boolean> {
  if (hint.event) {
    const record = await store.events.get(dockingId, hint.event.eventId);
    return record !== null && isJudged(record);
  }
  if (hint.urge || !hint.updatedAt) return false;
  const known = (await store.tickets.getRaw(dockingId, hint.ticketId)) as TicketSnapshot | null;
  return (
    known?.ticket.updatedAt === hint.updatedAt &&
    Date.parse(known.takenAt) > Date.parse(hint.updatedAt) + GRAIN_MS
  );
}
