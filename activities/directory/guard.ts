import type { SyncCounts } from '../../store';

/** Above any of these a change set waits for a person. Shares are of what the mirror knew before. */
export const GUARD_LIMITS = { leaversShare: 0.1, leavers: 50, departmentsShare: 0.2 } as const;

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
export function guardReason(question: GuardQuestion): string | null {
  const { firstSync, counts, knownEmployees, knownDepartments, missingDepartments } = question;
  if (firstSync) return null;
  const reasons: string[] = [];
  if (counts.left > GUARD_LIMITS.leavers || counts.left > knownEmployees * GUARD_LIMITS.leaversShare) {
    reasons.push(`${counts.left} of ${knownEmployees} people would leave`);
  }
  if (missingDepartments > knownDepartments * GUARD_LIMITS.departmentsShare) {
    reasons.push(`${missingDepartments} of ${knownDepartments} departments would vanish`);
  }
  return reasons.length > 0 ? reasons.join('; ') : null;
}
