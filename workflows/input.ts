/** What a run is started with, looked at before it does anything: runs are started by hand, too, from the Temporal UI or another program. */
import { ApplicationFailure } from '@temporalio/workflow';
import { isId, LONGEST_ID } from './names';

/** `id`: a text of 1 to 400 characters. `ids`: a list of them. A list of words: one of these. */
type Wanted = 'id' | 'ids' | 'moment' | readonly string[];

/**
 * The workflow `run`, which fails with `Request.Invalid` before its first step when a field of its input is missing or wrong. Other fields are
 * not looked at. Adds no event and no turn of the event loop, so that histories of before replay.
 */
export function startedWith<Input, Result>(
  wanted: Readonly<Partial<Record<keyof Input & string, Wanted>>>,
  run: (input: Input) => Promise<Result>,
): (input: Input) => Promise<Result> {
  return (input) => {
    const given: Record<string, unknown> = typeof input === 'object' && input !== null ? { ...input } : {};
    for (const [field, want] of Object.entries(wanted) as [string, Wanted][]) {
      const fault = faultOf(given[field], want);
      if (fault) return Promise.reject(refusal(field, fault));
    }
    return run(input);
  };
}

function faultOf(value: unknown, wanted: Wanted): string | null {
  switch (wanted) {
    case 'id':
      return isId(value) ? null : `must be a text of 1 to ${LONGEST_ID} characters`;
    case 'ids':
      return Array.isArray(value) && value.every(isId) ? null : 'must be a list of ids';
    case 'moment':
      return Number.isSafeInteger(value) ? null : 'must be a time in Unix milliseconds';
    default:
      return wanted.some((one) => one === value) ? null : `must be one of ${wanted.join(', ')}`;
  }
}

function refusal(field: string, fault: string): ApplicationFailure {
  const nextStep = `Start it again with ${field}.`;
  return ApplicationFailure.create({
    type: 'Request.Invalid',
    message: `${field} ${fault}. Next: ${nextStep}`,
    nonRetryable: true,
    details: [{ code: 'Request.Invalid', nextStep, refused: true, field }],
  });
}
