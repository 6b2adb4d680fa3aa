import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  acknowledge,
  cardClicked,
  snooze,
  ticketChanged,
  why,
  type CardClicked,
  type TicketChange,
  type TicketNotificationInput,
  type TicketNotificationState,
  type TicketResult,
  type TicketWhy,
} from './messages';
import type { Deadline, FollowUp, HeldCard } from '../activities';
import { nextDeadline, nextWait, planned } from './deadlines';
import { line } from './narrate';
import { storing } from './proxies';
import { carriedOut, judge, met, patiently, tryAtOnce } from './ticket-steps';
import { isSnooze, readChange, readClick } from './told';
import { after, followed, nextStep, postponed, snoozed, watch, type Step } from './watched-cards';

/** Enough to recognise repeats between continue-as-new; the delivery and click records have the last word. */
const SEEN = 200;
const SNOOZE_MINUTES = 60;
const MINUTE = 60_000;

/** Brings every due card of one ticket to its receiver, once; ends when nothing is waited for. */
export async function ticketNotification(input: TicketNotificationInput): Promise<TicketResult> {
  const { dockingId, ticketId } = input;
  const state: TicketNotificationState = input.carried ?? {
    seenEventIds: [],
    sent: 0,
    failed: 0,
    watched: [],
  };
  const changes: TicketChange[] = [];
  const clicks: CardClicked[] = [];
  let waitingFor: string | null = null;
  /** Grows with every decision of a person, so that a wait looks at its deadline anew. */
  let decisions = 0;

  const answer = (): TicketWhy => {
    const next = nextWait(nextStep(state.watched), nextDeadline(state.deadlines ?? []));
    return {
      ticketId,
      sent: state.sent,
      failed: state.failed,
      waitingFor: waitingFor ?? next?.what ?? null,
      nextAt: next ? new Date(next.at).toISOString() : null,
      recentEventIds: state.seenEventIds.slice(-20),
    };
  };
  const seen = (id: string): boolean => {
    if (state.seenEventIds.includes(id)) return true;
    state.seenEventIds = [...state.seenEventIds, id].slice(-SEEN);
    return false;
  };
  /** Cards held back for quiet hours were not seen by anybody yet: they stay. */
  const stopFollowing = (): void => {
    decisions += 1;
    state.watched = state.watched.filter(({ heldUntil }) => heldUntil !== undefined);
  };
  const snoozeCards = (employeeId: string, minutes: number): void => {
    decisions += 1;
    const until = Date.now() + minutes * MINUTE;
    state.watched = state.watched.map((card) =>
      card.employeeId === employeeId && card.heldUntil === undefined ? snoozed(card, until) : card,
    );
  };

  setHandler(ticketChanged, (change) => {
    const read = readChange(change);
    if (read && !seen(read.eventId)) changes.push(read);
  });
  setHandler(cardClicked, (click) => {
    const read = readClick(click);
    if (read) clicks.push(read);
  });
  setHandler(why, answer, { description: 'What was sent for this ticket and what it waits for' });
  setHandler(
    acknowledge,
    () => {
      stopFollowing();
      return answer();
    },
    { description: 'Somebody takes care of it: stop repeating and escalating' },
  );
  setHandler(
    snooze,
    ({ employeeId, minutes }) => {
      snoozeCards(employeeId, minutes);
      return answer();
    },
    {
      description: 'Say it again later',
      validator: ({ employeeId, minutes }) => {
        if (!isSnooze(minutes))
          throw ApplicationFailure.nonRetryable(
            'minutes must be above 0 and within a week',
            'Request.Invalid',
          );
        if (!state.watched.some((card) => card.employeeId === employeeId)) {
          throw ApplicationFailure.nonRetryable('No card of this employee is waited on.', 'Run.NotRunning');
        }
      },
    },
  );

  for (;;) {
    for (const change of changes.splice(0)) await take(change);
    for (const click of clicks.splice(0)) await carryOut(click);
    const step = nextStep(state.watched);
    if (step && step.at <= Date.now()) {
      await advance(step);
      continue;
    }
    const deadline = nextDeadline(state.deadlines ?? []);
    if (deadline && deadline.at <= Date.now()) {
      await meet(deadline);
      continue;
    }
    if (changes.length > 0 || clicks.length > 0) continue;
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      if (changes.length === 0 && clicks.length === 0) {
        await continueAsNew<typeof ticketNotification>({ dockingId, ticketId, carried: state });
      }
      continue;
    }
    const wake = nextWait(step, deadline);
    if (!wake) break;
    const decided = decisions;
    await condition(
      () => changes.length > 0 || clicks.length > 0 || decisions > decided,
      Math.max(1, wake.at - Date.now()),
      { summary: line(wake.what) },
    );
  }
  await condition(allHandlersFinished);
  return { sent: state.sent, failed: state.failed };

  async function take(change: TicketChange): Promise<void> {
    const judged = change.deliveryIds
      ? { ...change, deliveryIds: change.deliveryIds }
      : await judge(dockingId, ticketId, change);
    if (!judged) {
      state.failed += 1;
      setCurrentDetails(`Event \`${change.eventId}\` could not be judged.`);
      return;
    }
    state.deadlines = planned(state.deadlines ?? [], judged);
    if (judged.settles === 'closed') {
      state.watched = state.watched.filter(({ heldUntil }) => heldUntil !== undefined);
    } else if (judged.settles === 'reassigned') {
      state.watched = state.watched.filter(
        ({ role, heldUntil }) => role !== 'assignee' || heldUntil !== undefined,
      );
    }
    await deliver(judged.deliveryIds);
    setCurrentDetails(
      `Event \`${change.eventId}\`: ${judged.deliveryIds.length} due. Sent ${state.sent}, failed ${state.failed}.`,
    );
  }

  /** The ticket system hears of it first; only then the reminders are quiet. */
  async function carryOut({ clickId, deliveryId, employeeId, action, minutes }: CardClicked): Promise<void> {
    if ((await carriedOut(clickId)) !== 'done') return;
    if (action !== 'snooze') return stopFollowing();
    if (!state.watched.some((card) => card.deliveryId === deliveryId)) {
      state.watched = watch(state.watched, { deliveryId, employeeId, role: 'snoozed', rounds: 0 });
    }
    snoozeCards(employeeId, minutes ?? SNOOZE_MINUTES);
  }

  async function meet(deadline: Deadline): Promise<void> {
    state.deadlines = (state.deadlines ?? []).filter((one) => one !== deadline);
    const judged = await met(dockingId, ticketId, deadline);
    if (!judged) return;
    state.deadlines = planned(state.deadlines, judged);
    await deliver(judged.deliveryIds);
  }

  async function advance({ kind, card }: Step): Promise<void> {
    const left = after(card, kind, Date.now());
    state.watched = state.watched.filter(({ deliveryId }) => deliveryId !== card.deliveryId);
    if (kind === 'held') {
      await deliver([card.deliveryId]);
      return;
    }
    const decided = decisions;
    const round = card.rounds + 1;
    const next = await storing.planFollowUp.executeWithOptions(
      { summary: line(`Plan ${kind} ${round} of ${card.deliveryId}`) },
      [card.deliveryId, kind, round],
    );
    if (next.over || decisions > decided) return;
    if (next.quietUntil !== undefined) {
      state.watched = watch(state.watched, postponed(card, kind, next.quietUntil));
      return;
    }
    if (left) state.watched = watch(state.watched, left);
    await deliver(next.deliveryIds);
  }

  async function deliver(deliveryIds: string[]): Promise<void> {
    if (deliveryIds.length === 0) return;
    const tried = await tryAtOnce(dockingId, deliveryIds);
    const { failed = 0, later = [], held = [], instead = [] } = tried;
    state.sent += deliveryIds.length - failed - later.length - held.length;
    state.failed += failed;
    hold(held);
    follow(tried.followUps ?? []);
    if (later.length > 0) instead.push(...(await deliverLate(later)));
    // The chain gets shorter with each step, so this ends.
    await deliver(instead);
  }

  /** Gives the cards that go out instead of some that failed. */
  async function deliverLate(later: readonly string[]): Promise<string[]> {
    waitingFor = `platform: ${later.length} cards`;
    const late = await Promise.all(later.map((id) => patiently(dockingId, id)));
    waitingFor = null;
    state.sent += late.filter(({ outcome }) => outcome === 'sent').length;
    state.failed += late.filter(({ outcome }) => outcome === 'failed').length;
    hold(late.flatMap(({ held }) => held ?? []));
    follow(late.flatMap(({ followUp }) => followUp ?? []));
    return late.flatMap(({ instead }) => instead ?? []);
  }

  function hold(cards: readonly HeldCard[]): void {
    for (const { at, ...card } of cards) {
      state.watched = watch(state.watched, { ...card, rounds: 0, heldUntil: at });
    }
  }

  function follow(followUps: readonly FollowUp[]): void {
    for (const each of followUps) state.watched = watch(state.watched, followed(each, Date.now()));
  }
}
