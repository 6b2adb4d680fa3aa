import {
  allHandlersFinished,
  condition,
  continueAsNew,
  log,
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
import type { Deadline, Judged } from '../activities';
import { beside } from './beside';
import { bringsOut } from './cards-out';
import { nextDeadline, nextWait, planned } from './deadlines';
import { line } from './narrate';
import { carriedOut, followedUp, judgedAtOnce, judgedInLine, met, recorded, refreshed } from './ticket-steps';
import {
  readChange,
  readClick,
  refuseAcknowledgement,
  refuseSnooze,
  type Decision,
  type SnoozeWish,
} from './told';
import { whyOf } from './ticket-why';
import { unreadEvents } from './unread-events';
import {
  after,
  nextStep,
  postponed,
  seenBy,
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
  /** Records of decisions that the cards do not show yet. */
  const decided: string[] = [];
  const isChanged = (): boolean => changes.length > 0;
  const isTold = (): boolean =>
    changes.length > 0 || clicks.length > 0 || decided.length > 0 || outdated.size > 0;
  let waitingFor: string | null = null;
  /** Grows with every decision of a person, so that a wait looks at its deadline anew. */
  let decisions = 0;
  /** Cards that show the ticket as it was. */
  const outdated = new Set<string>();
  const deliver = bringsOut(dockingId, state, (what) => (waitingFor = what));
  const unread = unreadEvents({ dockingId, ticketId }, state, {
    judged: (change) => void changes.push(change),
    gaveUp,
  });
  const isIdle = (): boolean => allHandlersFinished() && unread.isIdle();

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
  const snoozeCards = ({ employeeId, minutes }: Omit<SnoozeWish, 'by'>, tells: readonly string[]): void => {
    decisions += 1;
    state.watched = snoozedFor(state.watched, employeeId, Date.now() + minutes * MINUTE, tells);
  };

  const note = (change: TicketChange): void => {
    const read = readChange(change);
    if (!read) log.warn('a signal without a usable eventId was dropped');
    else if (!seen(read.eventId)) changes.push(read);
  };

  // Before the handlers, which get at once what was signalled meanwhile.
  if (input.first) note(input.first);
  setHandler(ticketChanged, note);
  setHandler(cardClicked, (click) => {
    const read = readClick(click);
    if (read) clicks.push(read);
    else log.warn('a click that names no card, employee or action was dropped');
  });
  setHandler(why, answer, { description: 'What was sent for this ticket and what it waits for' });
  setHandler(
    acknowledge,
    async (decision: Decision) => {
      const ended = seenBy(state.watched);
      stopFollowing();
      decided.push(...(await recorded({ dockingId, ticketId }, 'acknowledge', decision, ended)));
      return answer();
    },
    {
      description: 'Somebody takes care of it: stop repeating and escalating',
      validator: (decision: Decision) => refuseAcknowledgement(state.watched, decision),
    },
  );
  setHandler(
    snooze,
    async (wish: SnoozeWish) => {
      const moved = seenBy(state.watched, wish.employeeId);
      snoozeCards(wish, moved);
      decided.push(...(await recorded({ dockingId, ticketId }, 'snooze', wish, moved)));
      return answer();
    },
    {
      description: 'Say it again later',
      validator: (wish: SnoozeWish) => refuseSnooze(state.watched, wish),
    },
  );

  for (;;) {
    await takeAll();
    for (const click of clicks.splice(0)) await beside(carryOut(click), isChanged, takeAll);
    for (const id of decided.splice(0)) await beside(show(id), isChanged, takeAll);
    if (outdated.size > 0) await beside(refresh(), isChanged, takeAll);
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
    if (isTold()) continue;
    if (workflowInfo().continueAsNewSuggested) {
      await condition(() => allHandlersFinished() && unread.isTried());
      if (!isTold()) {
        await continueAsNew<typeof ticketNotification>({ dockingId, ticketId, carried: state });
      }
      continue;
    }
    const wake = nextWait(step, deadline);
    if (!wake) {
      if (isIdle()) break;
      // What comes while a decision is being recorded, or a ticket cannot be read, is not left behind.
      await condition(() => isIdle() || isTold());
      continue;
    }
    const before = decisions;
    await condition(() => isTold() || decisions > before, Math.max(1, wake.at - Date.now()), {
      summary: line(wake.what),
    });
  }
  return { sent: state.sent, failed: state.failed };

  async function takeAll(): Promise<void> {
    for (const change of changes.splice(0)) await take(change);
  }

  async function take(change: TicketChange): Promise<void> {
    const { eventId, deliveryIds, reference } = change;
    if (deliveryIds) return heed({ ...change, deliveryIds });
    if (!reference) return heed({ eventId, deliveryIds: [] });
    if (patched('first-tries-beside')) return unread.take({ eventId, reference });
    const event = { dockingId, ticketId, eventId, reference };
    const judged = await judgedAtOnce(event);
    if (!('failure' in judged)) return heed({ eventId, ...judged });
    if (patched('unread-events')) return unread.keep({ eventId, reference }, judged.failure);
    const late = await judgedInLine(event);
    return late ? heed({ eventId, ...late }) : gaveUp(eventId);
  }

  function gaveUp(eventId: string): void {
    state.failed += 1;
    setCurrentDetails(`Event \`${eventId}\` could not be judged.`);
  }

  async function heed({ eventId, ...judged }: Judged & { eventId: string }): Promise<void> {
    state.deadlines = planned(state.deadlines ?? [], judged);
    state.watched = unsettled(state.watched, judged.settles);
    for (const id of judged.refreshes ?? []) outdated.add(id);
    await deliver(judged.deliveryIds);
    setCurrentDetails(
      `Event \`${eventId}\`: ${judged.deliveryIds.length} due. Sent ${state.sent}, failed ${state.failed}.`,
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
    snoozeCards({ employeeId, minutes: minutes ?? SNOOZE_MINUTES }, [deliveryId]);
  }

  /** It has taken effect: its card says so, as after a click. */
  async function show(clickId: string): Promise<void> {
    await carriedOut(clickId);
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
    const before = decisions;
    const round = card.rounds + 1;
    const next = await followedUp(card.deliveryId, kind, round);
    // After the reminder, which must not wait for it: the card still says that the reminder is to come.
    if (card.snoozed && kind === 'repeat' && patched('snoozes-end-on-their-card'))
      outdated.add(card.deliveryId);
    if (next.over || decisions > before) return;
    if (next.quietUntil !== undefined) {
      state.watched = watch(state.watched, postponed(card, kind, next.quietUntil));
      return;
    }
    if (left) state.watched = watch(state.watched, left);
    await deliver(next.deliveryIds);
  }
}
