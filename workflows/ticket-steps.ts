/** The steps of a ticket's workflow that the world answers: what goes wrong in one of them never ends the run. */
import { isCancellation, patched, uuid4 } from '@temporalio/workflow';
import type {
  Activities,
  Deadline,
  DeliveredLate,
  EventToJudge,
  Judged,
  ToldDigest,
  TriedAtOnce,
} from '../activities';
import { line } from './narrate';
import { atOnce, briefly, reading, sending, storing } from './proxies';
import type { Decision } from './told';

/** Whatever goes wrong in the quick try is no reason to give up: the patient way decides. */
export async function tryAtOnce(dockingId: string, deliveryIds: string[]): Promise<TriedAtOnce> {
  try {
    return await atOnce.deliverAtOnce(dockingId, deliveryIds);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { later: deliveryIds };
  }
}

/** A card that never got out stays in the dead-letter list; the ticket's other cards are not held up by it. */
export async function patiently(dockingId: string, deliveryId: string): Promise<DeliveredLate> {
  try {
    return await sending.deliver.executeWithOptions({ summary: line(`Send ${deliveryId}`) }, [
      dockingId,
      deliveryId,
    ]);
  } catch (error) {
    if (isCancellation(error)) throw error;
    await storing.parkDelivery.executeWithOptions({ summary: line(`Park ${deliveryId}`) }, [deliveryId]);
    return { outcome: 'failed' };
  }
}

/** A card that keeps what it showed before misleads nobody for long: its buttons answer with the ticket as it is. */
export async function refreshed(dockingId: string, deliveryIds: string[]): Promise<void> {
  const cards = deliveryIds.length === 1 ? 'a card that is' : `${deliveryIds.length} cards that are`;
  try {
    await reading.refreshCards.executeWithOptions({ summary: line(`Bring ${cards} out up to date`) }, [
      dockingId,
      deliveryIds,
    ]);
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}

export async function carriedOut(clickId: string): Promise<'done' | 'noted' | 'refused' | 'unknown'> {
  try {
    return await reading.carryOutClick.executeWithOptions({ summary: line(`Carry out ${clickId}`) }, [
      clickId,
    ]);
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
  try {
    // Runs of before were told nothing.
    const outcome: 'done' | 'noted' | 'refused' | 'unknown' | undefined =
      await storing.parkClick.executeWithOptions({ summary: line(`Give up ${clickId}`) }, [clickId]);
    return outcome ?? 'refused';
  } catch (error) {
    if (isCancellation(error)) throw error;
    return 'refused';
  }
}

/**
 * What an operator decided without a click, for the proof: who, when, and which cards' reminders it ended or moved. Gives the
 * records, whose cards are to show it. Fails only when the database could not be asked for half a day; the operator is told.
 */
export async function recorded(
  ticket: { dockingId: string; ticketId: string },
  kind: 'acknowledge' | 'snooze',
  { by, employeeId, minutes }: Decision & { minutes?: number },
  deliveryIds: string[],
): Promise<string[]> {
  if (!patched('decisions-on-record')) return [];
  const { clickIds } = await storing.recordDecision.executeWithOptions({ summary: line(`Record ${kind}`) }, [
    {
      ...ticket,
      ...{ decisionId: uuid4(), kind, by, employeeId, at: Date.now(), deliveryIds },
      ...(minutes === undefined ? {} : { minutes }),
    },
  ]);
  return clickIds;
}

type FollowUpKind = Parameters<Activities['planFollowUp']>[1];
type FollowedUp = Awaited<ReturnType<Activities['planFollowUp']>>;

/**
 * A ticket system signalled directly: the same intake judges the event, in a local activity. Gives what it failed with when the
 * ticket cannot be read at once.
 */
export async function judgedAtOnce(event: EventToJudge): Promise<Judged | { failure: unknown }> {
  try {
    return await briefly.judgeEvent(event);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { failure: error };
  }
}

/** Runs of before wait for it in line. Null when it could not be judged for an hour. */
export async function judgedInLine(event: EventToJudge): Promise<Judged | null> {
  try {
    return await reading.judgeEvent.executeWithOptions({ summary: line(`Judge ${event.eventId}`) }, [event]);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return null;
  }
}

/**
 * Who is told next. What cannot be found out for half a day is over with that step, not with the run: other cards of the ticket wait
 * in it.
 */
export async function followedUp(deliveryId: string, kind: FollowUpKind, round: number): Promise<FollowedUp> {
  try {
    return await storing.planFollowUp.executeWithOptions(
      { summary: line(`Plan ${kind} ${round} of ${deliveryId}`) },
      [deliveryId, kind, round],
    );
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { over: false, deliveryIds: [] };
  }
}

/** Null when the database could not be asked for half a day: the deadline is long over. */
export async function met(dockingId: string, ticketId: string, deadline: Deadline): Promise<Judged | null> {
  try {
    return await storing.meetDeadline.executeWithOptions({ summary: line(`Judge ${deadline.kind}`) }, [
      dockingId,
      ticketId,
      deadline,
    ]);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return null;
  }
}

/** A digest that never got out is parked with all it should have carried. */
export async function told(
  dockingId: string,
  digestId: string,
  replay: string | null,
): Promise<Pick<ToldDigest, 'sent' | 'failed'>> {
  const before: ToldDigest = await tried(() => atOnce.tellDigestAtOnce(dockingId, digestId, replay));
  if (!before.later) return before;
  try {
    const after = await sending.tellDigest.executeWithOptions({ summary: line(`Send digest ${digestId}`) }, [
      dockingId,
      digestId,
      replay,
    ]);
    return { sent: before.sent + after.sent, failed: before.failed + after.failed };
  } catch (error) {
    if (isCancellation(error)) throw error;
    await storing.parkDigest.executeWithOptions({ summary: line(`Park digest ${digestId}`) }, [
      dockingId,
      digestId,
      replay,
    ]);
    return { sent: before.sent, failed: before.failed + 1 };
  }
}

async function tried(quick: () => Promise<ToldDigest>): Promise<ToldDigest> {
  try {
    return await quick();
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { sent: 0, failed: 0, later: true };
  }
}
