import { createHash } from 'node:crypto';
import { createIntake } from '../../intake';
import type { Docking, PushRecord } from '../../store';
import { TicketSystemError, type TicketHint, type TicketSystem } from '../../tickets';
import { readAgents } from '../binding/refresh-agents';
import { beating, type Beat } from '../directory/beat';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { concernOf, followStreak, nextTry, reasonOf, type Streak } from './set-aside';
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
     * Repeats safely: event ids follow from what changed, and the intake takes each once. What cannot be read is left
     * for later and the others are read; it fails afterwards for those that are worth a try at once.
     */
    readStoredPushes: (dockingId: string) =>
      withFailures(() =>
        beating(async (beat) => {
          const docking = await store.dockings.require(dockingId);
          const system = await ports.ticketSystem(dockingId);
          const pushes = await store.pushes.next(dockingId, PUSHES_AT_ONCE, now());
          const streak = followStreak();
          const worthATry: unknown[] = [];
          let events = 0;
          for (const [index, push] of pushes.entries()) {
            beat.signal.throwIfAborted();
            beat.at({ push: index + 1, of: pushes.length });
            const taken = await takePush(docking, system, push, streak);
            events += taken.events;
            if (taken.failure !== undefined && !(await setAside(push, taken.failure))) {
              worthATry.push(taken.failure);
            }
          }
          if (worthATry.length > 0) throw worthATry[0];
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
          const [waiting] = await store.pushes.next(id, 1, now());
          if (waiting) await ports.wakePull(id, 'pushes');
          const pulledAt = (await store.pullMarks.get(id))?.pulledAt.getTime() ?? 0;
          const due = docking.state === 'live' && now().getTime() - pulledAt >= PULL_EVERY_MS;
          if (due) await ports.wakePull(id, 'changes');
          if (waiting || due) woken += 1;
        }
        return { woken };
      }),
  };

  /** `failure`: one of its tickets could not be read for now; the push stays stored. */
  async function takePush(
    docking: Docking,
    system: TicketSystem,
    push: PushRecord,
    streak: Streak,
  ): Promise<{ events: number; failure?: unknown }> {
    let hints: TicketHint[] = [];
    const refusals: unknown[] = [];
    let [events, failure]: [number, unknown] = [0, undefined];
    const failed = (ticketId: string, error: unknown): void => {
      streak.failed(ticketId, error);
      if (concernOf(error) === 'for-good') refusals.push(error);
      else failure = error;
    };
    try {
      hints = hintsOf(push, system);
    } catch (error) {
      failed(push.id, error);
    }
    for (const hint of hints) {
      try {
        events += await takeHint(docking, system, hint);
        streak.wasTaken();
      } catch (error) {
        failed(hint.ticketId, error);
      }
    }
    if (failure !== undefined) return { events, failure };
    const [refusal = null] = refusals;
    const isRefused = refusal !== null && refusals.length >= hints.length;
    const reason = refusal === null ? null : reasonOf(refusal);
    await store.pushes.settle(push.id, { state: isRefused ? 'refused' : 'done', reason });
    return { events };
  }

  /** False when it is to be tried again at once. */
  async function setAside(
    { id, dockingId, tries = 0, receivedAt }: PushRecord,
    failure: unknown,
  ): Promise<boolean> {
    const { again, isGivenUp } = nextTry({ tries, since: receivedAt }, now());
    const reason = reasonOf(failure);
    if (isGivenUp) await store.pushes.settle(id, { state: 'refused', reason });
    else await store.pushes.setAside(id, { tries: tries + 1, nextTryAt: again });
    if (again)
      ports.log.warn({ dockingId, push: id, reason, tries: tries + 1, isGivenUp }, 'a ticket cannot be read');
    return again !== null;
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

  async function keepHint(dockingId: string, hint: TicketHint): Promise<void> {
    const body = JSON.stringify(hint);
    const id = `hint-${createHash('sha256').update(`${dockingId} ${body}`).digest('hex').slice(0, 32)}`;
    await store.pushes.put({
      id,
      dockingId,
      kind: 'hint',
      body,
      receivedAt: now(),
      state: 'stored',
      reason: null,
    });
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
    const streak = followStreak();
    let events = 0;
    for (const [index, hint] of hints.entries()) {
      beat.signal.throwIfAborted();
      beat.at({ ticket: index + 1, of: hints.length });
      if (await isSeen(store, docking.id, hint)) continue;
      try {
        events += await takeHint(docking, system, hint);
        streak.wasTaken();
      } catch (error) {
        streak.failed(hint.ticketId, error);
        await keepHint(docking.id, hint);
      }
    }
    await store.pullMarks.put(docking.id, {
      since: missed.nextSince < changed.nextSince ? missed.nextSince : changed.nextSince,
      pulledAt: now(),
    });
    return { looked: hints.length, events };
  }
}

/** A hint that a look found waits among the pushes when its ticket could not be read. */
const hintsOf = ({ kind, body }: PushRecord, system: TicketSystem): TicketHint[] =>
  kind === 'hint' ? [JSON.parse(body) as TicketHint] : system.parsePush(body, {}, { verified: true });

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
