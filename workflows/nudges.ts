/** When the owners of what waits are reminded. Pure. */
import type { OnboardingState, StepOwner, StepView } from './messages';
import { undone, waitsOn } from './onboarding-steps';

const DAY_MS = 86_400_000;
/** After these many days of waiting, then again each time; the last one repeats. */
const PAUSES_DAYS = [3, 6, 12, 14];

export interface DueNudge {
  owner: StepOwner;
  /** 1 = the first. */
  number: number;
  steps: StepView[];
}

/** Owners who have been waited for long enough by now. */
export function dueNudges(state: OnboardingState, nowMs: number): DueNudge[] {
  const waiting = undone(state);
  return [...new Set(waiting.map(waitsOn))].flatMap((owner) => {
    const steps = waiting.filter((step) => waitsOn(step) === owner);
    const last = state.nudges.find((nudge) => nudge.owner === owner);
    const since = Math.min(...steps.map((step) => Date.parse(step.since)));
    const count = last?.count ?? 0;
    const pauseDays = PAUSES_DAYS[Math.min(count, PAUSES_DAYS.length - 1)] ?? 14;
    const from = last ? Date.parse(last.lastAt) : since;
    return nowMs - from >= pauseDays * DAY_MS ? [{ owner, number: count + 1, steps }] : [];
  });
}

export function noteNudge(state: OnboardingState, { owner, number }: DueNudge, now: string): void {
  state.nudges = [
    ...state.nudges.filter((nudge) => nudge.owner !== owner),
    { owner, count: number, lastAt: now },
  ];
}

/** An owner who has nothing left to do starts from the beginning the next time. */
export function forgetNudges(state: OnboardingState): void {
  const owners = new Set(undone(state).map(waitsOn));
  state.nudges = state.nudges.filter((nudge) => owners.has(nudge.owner));
}
