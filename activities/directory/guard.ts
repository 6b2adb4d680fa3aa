import type { DirectoryGuard, SyncCounts } from '../../store';

export interface GuardQuestion {
  /** True when the mirror was empty: there is nothing to lose. */
  firstSync: boolean;
  counts: Pick<SyncCounts, 'left'>;
  /** People of the mirror who had not left. */
  knownEmployees: number;
  knownDepartments: number;
  missingDepartments: number;
}

/** Why a person should look before this is applied, in one line; null = nothing unusual. */
export function guardReason(question: GuardQuestion, limits: DirectoryGuard): string | null {
  const { firstSync, counts, knownEmployees, knownDepartments, missingDepartments } = question;
  if (firstSync) return null;
  const reasons: string[] = [];
  if (counts.left > limits.leavers || isAbove(counts.left, knownEmployees, limits.leaversPercent)) {
    reasons.push(`${counts.left} of ${knownEmployees} people would leave`);
  }
  if (isAbove(missingDepartments, knownDepartments, limits.departmentsPercent)) {
    reasons.push(`${missingDepartments} of ${knownDepartments} departments would vanish`);
  }
  return reasons.length > 0 ? reasons.join('; ') : null;
}

/** In whole numbers: 10 % of 30 is 3, not a little more. */
function isAbove(part: number, whole: number, percent: number): boolean {
  return part * 100 > whole * percent;
}
