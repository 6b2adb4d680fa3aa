/** Refusals of rules name the place as a JSON pointer, such as `/rules/3/conditions/all/0/value`. */
import type { ApiProblem, FieldFault } from '../http/request';

export interface RuleFault extends FieldFault {
  /** A code of the catalogue's `faults`. */
  code?: string;
}

/** Those of the rule at `index`, with what stands after `/rules/<index>`. */
export const faultsOfRule = (problem: ApiProblem | null, index: number): RuleFault[] =>
  (problem?.errors ?? []).flatMap((fault) => {
    const start = `/rules/${index}`;
    if (fault.field !== start && !fault.field.startsWith(`${start}/`)) return [];
    return [{ ...fault, field: fault.field.slice(start.length) }];
  });

export const faultsAt = (faults: readonly RuleFault[], pointer: string): RuleFault[] =>
  faults.filter(({ field }) => field === pointer);

export const faultsUnder = (faults: readonly RuleFault[], pointer: string): RuleFault[] =>
  faults.filter(({ field }) => field === pointer || field.startsWith(`${pointer}/`));

export const faultText = (faults: readonly RuleFault[]): string =>
  faults.map(({ message }) => message).join(' · ');

const valueAt = (root: unknown, steps: readonly string[]): unknown =>
  steps.reduce<unknown>((inner, step) => (inner as Record<string, unknown> | null | undefined)?.[step], root);

/** Those whose place still looks as it did when it was refused: what was changed since is for the API to judge anew. */
export const unchangedSince = (faults: readonly RuleFault[], refused: unknown, draft: unknown): RuleFault[] =>
  faults.filter(({ field }) => {
    const steps = field.split('/').slice(1);
    const around = steps.length > 1 ? steps.slice(0, -1) : steps;
    return JSON.stringify(valueAt(refused, around)) === JSON.stringify(valueAt(draft, around));
  });
