import { createIntake } from '../../intake';
import type { Docking, PushRecord } from '../../store';
import { TicketSystemError, type TicketSystem, type TicketSystemErrorCode } from '../../tickets';
import { readAgents } from '../binding/refresh-agents';
import { beating, type Beat } from '../directory/beat';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { hintTaker, isSeen } from './take-hint';

const PUSHES_AT_ONCE = 50;
/** How often changes that no push told are looked for. */
const PULL_EVERY_MS = 5 * 60_000;
/** A look that is repeated, or comes right after an admin's, does not read the agents again. */
const AGENTS_FRESH_MS = 60_000;

/** The ticket system's side: what it did becomes events. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the inferred type is the contract that workflows import
export function createTicketActivities(ports: ActivityPorts) {
  const { store, now } = ports;
  const takeHint = hintTaker(ports, createIntake(store, now));

  return {
    /**
     * Reads stored pushes, oldest first: a push is a hint, the ticket is read back and compared with its last snapshot.
     * Repeats safely: event ids follow from what changed, and the intake takes each once.
     */
    readStoredPushes: (dockingId: string) =>
      withFailures(() =>
        beating(async (beat) => {
          const docking = await store.dockings.require(dockingId);
          const system = await ports.ticketSystem(dockingId);
          const pushes = await store.pushes.next(dockingId, PUSHES_AT_ONCE);
          let events = 0;
          for (const [index, push] of pushes.entries()) {
            beat.signal.throwIfAborted();
            beat.at({ push: index + 1, of: pushes.length });
            events += await takePush(docking, system, push);
          }
          return { events, more: pushes.length === PUSHES_AT_ONCE };
        }),
      ),

    /**
     * The safety net under the pushes: those the ticket system could not deliver, and tickets that changed since the
     * last look. It keeps the list of agents fresh, too: who is not active there any more is told nothing. The mark moves only when everything was taken, so an interrupted look is repeated.
     */
    pullChanges: (dockingId: string) =>
      withFailures(() =>
        beating(async (beat) => {
          const docking = await store.dockings.require(dockingId);
          const system = await ports.ticketSystem(dockingId);
          const since = (await store.pullMarks.get(dockingId))?.since ?? docking.createdAt.toISOString();
          // First, so that nobody is told of what is found who may not work any more.
          await keepAgentsFresh(dockingId, beat);
          try {
            return await changesSince(docking, system, since, beat);
          } catch (error) {
            // What only a person can heal is tried again at the pace of the looks, not at once.
            if (error instanceof TicketSystemError && error.retryClass === 'never') {
              await store.pullMarks.put(dockingId, { since, pulledAt: now() });
            }
            throw error;
          }
        }),
      ),

    /** Wakes the pull of every docking that has stored pushes nobody reads, or that was not looked at for a while. */
    wakePulls: () =>
      withFailures(async () => {
        let woken = 0;
        for (const id of await store.dockings.ids()) {
          const docking = await store.dockings.get(id);
          if (!docking) continue;
          const [waiting] = await store.pushes.next(id, 1);
          if (waiting) await ports.wakePull(id, 'pushes');
          const pulledAt = (await store.pullMarks.get(id))?.pulledAt.getTime() ?? 0;
          const due = docking.state === 'live' && now().getTime() - pulledAt >= PULL_EVERY_MS;
          if (due) await ports.wakePull(id, 'changes');
          if (waiting || due) woken += 1;
        }
        return { woken };
      }),
  };

  /** What can never be read holds up nothing behind it, nor the other tickets of its push; a docking that may not read does. */
  async function takePush(docking: Docking, system: TicketSystem, { id, body }: PushRecord): Promise<number> {
    const refusals: TicketSystemErrorCode[] = [];
    const unlessRefused = async <T>(work: () => T | Promise<T>, otherwise: T): Promise<T> => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof TicketSystemError) || !isOfOnePush(error)) throw error;
        refusals.push(error.code);
        return otherwise;
      }
    };
    const hints = await unlessRefused(() => system.parsePush(body, {}, { verified: true }), []);
    let events = 0;
    for (const hint of hints) events += await unlessRefused(() => takeHint(docking, system, hint), 0);
    const [reason = null] = refusals;
    const isRefused = reason !== null && refusals.length >= hints.length;
    await store.pushes.settle(id, { state: isRefused ? 'refused' : 'done', reason });
    return events;
  }

  /** A list that cannot be read is read the next time: changes of tickets do not wait for it. */
  async function keepAgentsFresh(dockingId: string, beat: Beat): Promise<void> {
    const readAt = (await store.agents.refreshedAt(dockingId))?.getTime() ?? 0;
    if (now().getTime() - readAt < AGENTS_FRESH_MS) return;
    try {
      await readAgents(ports, dockingId, beat);
    } catch (error) {
      if (!(error instanceof TicketSystemError)) throw error;
      ports.log.warn({ dockingId, code: error.code }, 'the agents could not be read');
    }
  }

  async function changesSince(
    docking: Docking,
    system: TicketSystem,
    since: string,
    beat: Beat,
  ): Promise<{ looked: number; events: number }> {
    const missed = await missedPushes(system, since);
    // A REST system's own record of events tells better what happened than a comparison could.
    const changed = docking.ticketSystem.kind === 'sobot' ? await system.listChangedTickets(since) : missed;
    const hints = [...new Set([...missed.hints, ...changed.hints])];
    let events = 0;
    for (const [index, hint] of hints.entries()) {
      beat.signal.throwIfAborted();
      beat.at({ ticket: index + 1, of: hints.length });
      if (await isSeen(store, docking.id, hint)) continue;
      events += await takeHint(docking, system, hint);
    }
    await store.pullMarks.put(docking.id, {
      since: missed.nextSince < changed.nextSince ? missed.nextSince : changed.nextSince,
      pulledAt: now(),
    });
    return { looked: hints.length, events };
  }
}

/** What a person has to set right first concerns all pushes: they stay stored until then. */
const OF_THE_DOCKING: readonly TicketSystemErrorCode[] = [
  'credentials-refused',
  'edition-without-api',
  'forbidden',
];

const isOfOnePush = ({ retryClass, code }: TicketSystemError): boolean =>
  retryClass === 'never' && !OF_THE_DOCKING.includes(code);

/** Systems that keep no such list have nothing to tell. */
async function missedPushes(
  system: TicketSystem,
  since: string,
): Promise<Awaited<ReturnType<TicketSystem['listMissedPushes']>>> {
  try {
    return await system.listMissedPushes(since);
  } catch (error) {
    const hasNone = error instanceof TicketSystemError && ['not-found', 'unsupported'].includes(error.code);
    if (!hasNone) throw error;
    return { hints: [], nextSince: new Date().toISOString() };
  }
}
