/**
 * What a ticket's workflow is told, read with suspicion: Node ticket systems signal it directly, and a handler that throws
 * would stop the ticket for good. What cannot be read is dropped; ids of others are found out when they are used.
 */
import { ApplicationFailure } from '@temporalio/workflow';
import type { Deadline } from '../activities';
import type { CardClicked, TicketChange, WatchedCard } from './messages';
import { isId } from './names';

const MOST_CARDS = 500;
const MOST_DEADLINES = 60;
const LONGEST_SNOOZE_MINUTES = 10_080;
const KINDS = new Set(['ticket.sla_warning', 'ticket.sla_breached', 'ticket.overdue', 'recheck']);
const ACTIONS = new Set(['claim', 'acknowledge', 'snooze', 'reply', 'close']);

export function readChange(told: unknown): TicketChange | null {
  if (!isRecord(told) || !isId(told['eventId'])) return null;
  const { eventId, deliveryIds, settles, deadlines, rechecks, refreshes, reference } = told;
  return {
    eventId,
    ...(Array.isArray(deliveryIds) ? { deliveryIds: deliveryIds.filter(isId).slice(0, MOST_CARDS) } : {}),
    ...(settles === 'closed' || settles === 'reassigned' ? { settles } : {}),
    ...(Array.isArray(deadlines) ? { deadlines: readDeadlines(deadlines) } : {}),
    ...(Array.isArray(rechecks) ? { rechecks: readDeadlines(rechecks) } : {}),
    ...(Array.isArray(refreshes) ? { refreshes: refreshes.filter(isId).slice(0, MOST_CARDS) } : {}),
    // Its content is checked by the activity that judges it, like any event that comes in.
    ...(isRecord(reference)
      ? { reference: reference as unknown as NonNullable<TicketChange['reference']> }
      : {}),
  };
}

export function readClick(told: unknown): CardClicked | null {
  if (!isRecord(told)) return null;
  const { clickId, deliveryId, employeeId, action, minutes } = told;
  if (!isId(clickId) || !isId(deliveryId) || !isId(employeeId)) return null;
  if (typeof action !== 'string' || !ACTIONS.has(action)) return null;
  return {
    clickId,
    deliveryId,
    employeeId,
    action: action as CardClicked['action'],
    ...(isSnooze(minutes) ? { minutes } : {}),
  };
}

/** Id of the card that is to go out after all; null when the signal brings none. */
export function readReplay(told: unknown): string | null {
  return isRecord(told) && isId(told['replay']) ? told['replay'] : null;
}

/** What an operator decides in an employee's place; `by` is the operator's account. */
export interface Decision {
  by: string;
  employeeId: string;
}
export interface SnoozeWish extends Decision {
  minutes: number;
}

/** Throws what the person who asked is told; nothing is written to the history then. */
function refuseUnnamed(wish: unknown): void {
  if (!isRecord(wish) || !isId(wish['by']) || !isId(wish['employeeId'])) {
    throw ApplicationFailure.nonRetryable(
      'by (the account that decides) and employeeId are needed: the audit trail names both',
      'Request.Invalid',
    );
  }
}

/** The same for an acknowledgement. Runs of before took it for anybody; a replay asks no validator. */
export function refuseAcknowledgement(watched: readonly WatchedCard[], decision: Decision): void {
  refuseUnnamed(decision);
  refuseUnwatched(watched, decision);
}

/** The same for a snooze. */
export function refuseSnooze(watched: readonly WatchedCard[], wish: SnoozeWish): void {
  refuseUnnamed(wish);
  if (!isSnooze(wish.minutes)) {
    throw ApplicationFailure.nonRetryable('minutes must be above 0 and within a week', 'Request.Invalid');
  }
  refuseUnwatched(watched, wish);
}

/** A mistyped employee must not silence a ticket that others wait for. */
function refuseUnwatched(watched: readonly WatchedCard[], { employeeId }: Decision): void {
  if (!watched.some((card) => card.employeeId === employeeId)) {
    throw ApplicationFailure.nonRetryable('No card of this employee is waited on.', 'Run.NotRunning');
  }
}

function isSnooze(minutes: unknown): minutes is number {
  return typeof minutes === 'number' && minutes > 0 && minutes <= LONGEST_SNOOZE_MINUTES;
}

function readDeadlines(told: readonly unknown[]): Deadline[] {
  return told
    .filter(
      (one): one is Record<string, unknown> =>
        isRecord(one) && Number.isSafeInteger(one['at']) && KINDS.has(String(one['kind'])),
    )
    .slice(0, MOST_DEADLINES) as unknown as Deadline[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
