/**
 * Events that a ticket system signalled: judged one after the other, never in the way of what else happens to the ticket. Those whose
 * ticket cannot be read now are on record at once, and judged as soon as it can be.
 */
import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow';
import type { EventToJudge, GivenUp, Judged } from '../activities';
import type { TicketChange, TicketNotificationState, UnreadEvent } from './messages';
import { line } from './narrate';
import { judging, storing } from './proxies';
import { judgedAtOnce } from './ticket-steps';

/** So many wait at most; what comes then is given up on record at once. */
const MOST_UNREAD = 200;

export interface UnreadEvents {
  /** Tried once, after those that came before; kept when its ticket cannot be read. */
  take(event: UnreadEvent): void;
  /** Resolves when it is on record. What no repetition can heal is given up at once. */
  keep(event: UnreadEvent, failure: unknown): Promise<void>;
  /** Nothing waits for its first try, which a run that is continued would not know of. */
  isTried(): boolean;
  isIdle(): boolean;
}

export function unreadEvents(
  ticket: { dockingId: string; ticketId: string },
  state: TicketNotificationState,
  heard: { judged(change: TicketChange): void; gaveUp(eventId: string): void },
): UnreadEvents {
  let isAtWork = false;
  let isTrying = false;
  const untried: UnreadEvent[] = [];
  start();

  return {
    take(event) {
      untried.push(event);
      if (!isTrying) void tryAll();
    },
    keep,
    isTried: () => !isTrying,
    isIdle: () => !isAtWork && !isTrying,
  };

  /** Ends with the run when that is cancelled. */
  async function tryAll(): Promise<void> {
    isTrying = true;
    try {
      for (let event = untried.shift(); event; event = untried.shift()) await tryOne(event);
    } catch (error) {
      if (!isCancellation(error)) throw error;
    } finally {
      isTrying = false;
    }
  }

  async function tryOne(event: UnreadEvent): Promise<void> {
    // It waits for its turn behind those, and a ticket that cannot be read is not asked for in vain with each event.
    if (state.unread?.length) return keep(event, null);
    const judged = await judgedAtOnce(toJudge(event));
    if ('failure' in judged) return keep(event, judged.failure);
    heard.judged({ eventId: event.eventId, ...judged });
  }

  async function keep(event: UnreadEvent, failure: unknown): Promise<void> {
    const { length } = state.unread ?? [];
    if (length >= MOST_UNREAD || isFinal(failure)) return giveUp(event, failure);
    await tolerated(() =>
      storing.keepUnread.executeWithOptions({ summary: line(`Keep ${event.eventId}`) }, [toJudge(event)]),
    );
    state.unread = [...(state.unread ?? []), event];
    start();
  }

  function start(): void {
    if (isAtWork || !state.unread?.length) return;
    isAtWork = true;
    void work();
  }

  /** Ends with the run when that is cancelled. */
  async function work(): Promise<void> {
    try {
      for (let event = state.unread?.[0]; event; event = state.unread?.[0]) {
        const judged = await judgedPatiently(event);
        state.unread = (state.unread ?? []).slice(1);
        if (judged) heard.judged({ eventId: event.eventId, ...judged });
      }
      delete state.unread;
    } catch (error) {
      if (!isCancellation(error)) throw error;
    } finally {
      isAtWork = false;
    }
  }

  async function judgedPatiently(event: UnreadEvent): Promise<Judged | null> {
    try {
      return await judging.judgeEvent.executeWithOptions({ summary: line(`Judge ${event.eventId}`) }, [
        toJudge(event),
      ]);
    } catch (error) {
      if (isCancellation(error)) throw error;
      await giveUp(event, error);
      return null;
    }
  }

  async function giveUp(event: UnreadEvent, failure: unknown): Promise<void> {
    heard.gaveUp(event.eventId);
    await tolerated(() =>
      storing.giveUpEvent.executeWithOptions({ summary: line(`Give up ${event.eventId}`) }, [
        toJudge(event),
        saidBy(failure),
      ]),
    );
  }

  function toJudge({ eventId, reference }: UnreadEvent): EventToJudge {
    return { ...ticket, eventId, reference };
  }
}

const causeOf = (failure: unknown): unknown => (failure instanceof ActivityFailure ? failure.cause : failure);

function isFinal(failure: unknown): boolean {
  const cause = causeOf(failure);
  return cause instanceof ApplicationFailure && cause.nonRetryable === true;
}

function saidBy(failure: unknown): GivenUp {
  const cause = causeOf(failure);
  return {
    code: (cause instanceof ApplicationFailure ? cause.type : undefined) ?? 'Unknown',
    message: cause instanceof Error ? cause.message : '',
  };
}

/** A database that could not be asked for half a day is no reason to end the run of a ticket. */
async function tolerated(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}
