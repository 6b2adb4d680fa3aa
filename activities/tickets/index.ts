import { createIntake, type Taken } from '../../intake';
import type { TicketSnapshot } from '../../tickets';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { TicketSystemError } from '../../tickets';

const PUSHES_AT_ONCE = 50;

/** The ticket system's side: its pushes become events. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the inferred type is the contract that workflows import
export function createTicketActivities(ports: ActivityPorts) {
  const { store, now } = ports;
  const intake = createIntake(store, now);

  return {
    /**
     * Reads stored pushes, oldest first: a push is a hint, the ticket is read back and compared with its last snapshot.
     * Repeats safely: event ids follow from what changed, and the intake takes each once.
     */
    readStoredPushes: (dockingId: string) =>
      withFailures(async () => {
        const docking = await store.dockings.require(dockingId);
        const system = await ports.ticketSystem(dockingId);
        const pushes = await store.pushes.next(dockingId, PUSHES_AT_ONCE);
        let events = 0;
        for (const push of pushes) {
          try {
            for (const hint of system.parsePush(push.body, {}, { verified: true })) {
              const known = (await store.tickets.getRaw(dockingId, hint.ticketId)) as TicketSnapshot | null;
              const { events: found, snapshot } = await system.hydrate(hint, known);
              const taken: Taken[] = [];
              for (const event of found) taken.push(await intake.take(docking, event, 'adapter'));
              await store.tickets.setRaw(dockingId, hint.ticketId, snapshot);
              for (const one of taken.filter((candidate) => candidate.handOver)) {
                await ports.tellTicket(dockingId, one);
                await store.events.markHandedOver(dockingId, [one.eventId]);
              }
              events += found.length;
            }
            await store.pushes.settle(push.id, { state: 'done' });
          } catch (error) {
            // A push that can never be read must not hold up the ones behind it.
            if (!(error instanceof TicketSystemError) || error.retryClass !== 'never') throw error;
            await store.pushes.settle(push.id, { state: 'refused', reason: error.code });
          }
        }
        return { events, more: pushes.length === PUSHES_AT_ONCE };
      }),
  };
}
