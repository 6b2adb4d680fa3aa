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
