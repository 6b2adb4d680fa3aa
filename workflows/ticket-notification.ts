import {
  allHandlersFinished,
  condition,
  continueAsNew,
  patched,
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
import type { Deadline, FollowUp } from '../activities';
import { nextDeadline, nextWait, planned } from './deadlines';
import { line } from './narrate';
import { storing } from './proxies';
import { carriedOut, judge, met, patiently, refreshed, tryAtOnce } from './ticket-steps';
import { readChange, readClick, refuseSnooze, type SnoozeWish } from './told';
import { whyOf } from './ticket-why';
import {
  after,
  followed,
  hold,
  isHeld,
  nextStep,
  postponed,
  snoozedFor,
  unseen,
  unsettled,
  watch,
  type Step,
} from './watched-cards';

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
  /** Cards of this run that are out. */
  const out = new Set<string>();
  /** Cards that show the ticket as it was. */
  const outdated = new Set<string>();

  const answer = (): TicketWhy => whyOf(ticketId, state, waitingFor);
  const seen = (id: string): boolean => {
    if (state.seenEventIds.includes(id)) return true;
    state.seenEventIds = [...state.seenEventIds, id].slice(-SEEN);
    return false;
  };
  const stopFollowing = (): void => {
    decisions += 1;
    state.watched = unseen(state.watched);
  };
  const snoozeCards = ({ employeeId, minutes }: SnoozeWish): void => {
    decisions += 1;
    state.watched = snoozedFor(state.watched, employeeId, Date.now() + minutes * MINUTE);
  };

  const note = (change: TicketChange): void => {
    const read = readChange(change);
    if (read && !seen(read.eventId)) changes.push(read);
  };

  // Before the handlers, which get at once what was signalled meanwhile.
  if (input.first) note(input.first);
  setHandler(ticketChanged, note);
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
    (wish) => {
      snoozeCards(wish);
      return answer();
    },
    {
      description: 'Say it again later',
      validator: (wish: SnoozeWish) => refuseSnooze(state.watched, wish),
    },
  );

  for (;;) {
    for (const change of changes.splice(0)) await take(change);
    for (const click of clicks.splice(0)) await beside(carryOut(click));
    if (outdated.size > 0) await beside(refresh());
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
    if (changes.length > 0 || clicks.length > 0 || outdated.size > 0) continue;
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      if (changes.length === 0 && clicks.length === 0 && outdated.size === 0) {
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
    state.watched = unsettled(state.watched, judged.settles);
    for (const id of judged.refreshes ?? []) outdated.add(id);
    await deliver(judged.deliveryIds);
    setCurrentDetails(
      `Event \`${change.eventId}\`: ${judged.deliveryIds.length} due. Sent ${state.sent}, failed ${state.failed}.`,
    );
  }

  /** Once for all that came together: what a card shows is the ticket's newest state anyway. */
  async function refresh(): Promise<void> {
    const deliveryIds = [...outdated];
    outdated.clear();
    await refreshed(dockingId, deliveryIds);
  }

  /** The ticket system hears of it first; only then the reminders are quiet. */
  async function carryOut({ clickId, deliveryId, employeeId, action, minutes }: CardClicked): Promise<void> {
    if ((await carriedOut(clickId)) !== 'done') return;
    if (action !== 'snooze') return stopFollowing();
    if (!state.watched.some((card) => card.deliveryId === deliveryId)) {
      state.watched = watch(state.watched, { deliveryId, employeeId, role: 'snoozed', rounds: 0 });
    }
    snoozeCards({ employeeId, minutes: minutes ?? SNOOZE_MINUTES });
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
    if (failed === 0) count(deliveryIds.filter((id) => !later.includes(id) && !isHeld(held, id)));
    else state.sent += deliveryIds.length - failed - later.length - held.length;
    state.failed += failed;
    state.watched = hold(state.watched, held);
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
    count(later.filter((_id, index) => late[index]?.outcome === 'sent'));
    state.failed += late.filter(({ outcome }) => outcome === 'failed').length;
    state.watched = hold(
      state.watched,
      late.flatMap(({ held }) => held ?? []),
    );
    follow(late.flatMap(({ followUp }) => followUp ?? []));
    return late.flatMap(({ instead }) => instead ?? []);
  }

  /** A card that shows one more event is the same card. */
  function count(ids: readonly string[]): void {
    const fresh = ids.filter((id) => !out.has(id));
    for (const id of fresh) out.add(id);
    state.sent += fresh.length;
  }

  /** An event that joins a card does not begin its waiting anew. */
  function follow(followUps: readonly FollowUp[]): void {
    for (const each of followUps) {
      const isWatched = state.watched.some(({ deliveryId }) => deliveryId === each.deliveryId);
      if (isWatched && patched('joined-cards-keep-their-times')) continue;
      state.watched = watch(state.watched, followed(each, Date.now()));
    }
  }

  /** While the ticket system is away a click takes long: the ticket's cards go out meanwhile. */
  async function beside(work: Promise<void>): Promise<void> {
    let over = false;
    const done = work.finally(() => (over = true));
    for (;;) {
      await condition(() => over || changes.length > 0);
      if (over || !patched('cards-beside-clicks')) return done;
      for (const change of changes.splice(0)) await take(change);
    }
  }
}
