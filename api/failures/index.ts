/** Every refusal of the API in both languages, by its code of docs/failures.md. */
import { ACCESS } from './access';
import type { Failure } from './failure';
import { PEOPLE } from './people';
import { REMINDERS } from './reminders';
import { SET_UP } from './set-up';

export type { Said } from './failure';

export const FAILURES = { ...ACCESS, ...SET_UP, ...PEOPLE, ...REMINDERS };

export type FailureCode = keyof typeof FAILURES;

/** What the sentences of a code carry. */
export type DataOf<Code extends FailureCode> =
  (typeof FAILURES)[Code] extends Failure<infer Data> ? Data : never;

/** Codes whose sentence another part may have said already. */
export type SaidCode = {
  [Code in FailureCode]: { said: string } extends DataOf<Code> ? Code : never;
}[FailureCode];

/** With what the running workflows refuse a person's decision. */
const OF_DECISIONS: readonly SaidCode[] = [
  'Binding.WrongState',
  'Directory.MirrorMovedOn',
  'Directory.NotApplied',
  'Directory.NothingToDecide',
  'Directory.OtherRun',
  'Directory.WrongState',
  'Onboarding.NameMissing',
  'Onboarding.NeedsProof',
  'Onboarding.ReasonMissing',
  'Onboarding.TooLong',
  'Onboarding.UnknownStep',
  'Onboarding.WrongRole',
  'Onboarding.WrongState',
  'Request.Invalid',
  'Run.NotRunning',
];

/** Undefined: no workflow is known to refuse with it. */
export const decisionCode = (type: string): SaidCode | undefined =>
  OF_DECISIONS.find((code) => code === type);
