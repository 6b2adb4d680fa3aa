/** One finding per permission: granted, approved but not in force, requested, or never requested. Pure. */
import {
  judgePermission,
  requiredPermissions,
  type AppVersion,
  type Permission,
  type ScopeGrant,
} from '../../feishu';
import type { Docking } from '../../store';
import type { Finding } from './items';

export type GrantState =
  | 'granted'
  | 'approved-not-released'
  | 'in-review'
  | 'requested'
  | 'never-requested'
  | 'granted-without-data';

/** Fields that never came although their permission is granted, and of how many people that was seen. */
export interface FieldEvidence {
  people: number;
  /** Scope keys. */
  without: ReadonlySet<string>;
}

/** `versions` newest first, or null when they cannot be read: then the finer states are not told apart. */
export function permissionFindings(
  grants: readonly ScopeGrant[],
  versions: readonly AppVersion[] | null,
  evidence: FieldEvidence,
  docking: Docking,
): Finding[] {
  return requiredPermissions(docking.brand, docking.employeePhoneScope).map((permission) => {
    const { state, by } = judge(permission, grants, versions, evidence);
    const name = permission.label.en;
    return {
      id: `permission:${permission.key}`,
      expected: permission.key,
      found: state === 'granted' ? by : WORDS[state].found,
      state: WORDS[state].item,
      message:
        state === 'granted'
          ? `${name}: granted${by === permission.key ? '' : ` through ${by}`}.`
          : `${name}: ${WORDS[state].text(evidence.people)}`,
      detail: {
        grant: state,
        no: permission.no,
        chineseName: permission.chineseName,
        satisfiedBy: state === 'granted' ? by : null,
        alternatives: [...permission.alternatives],
        fields: [...permission.fields],
      },
    };
  });
}

const WORDS: Record<GrantState, { item: Finding['state']; found: string; text: (people: number) => string }> =
  {
    granted: { item: 'passed', found: 'granted', text: () => 'granted.' },
    'approved-not-released': {
      item: 'waiting',
      found: 'approved, not in force',
      text: () => 'approved with a version, but not in force. Release that version in the developer console.',
    },
    'in-review': {
      item: 'waiting',
      found: 'requested, waits for approval',
      text: () =>
        'requested with the version under review. The company admin approves it in the admin console.',
    },
    requested: {
      item: 'waiting',
      found: 'requested, not submitted',
      text: () =>
        'requested, but in no version that was submitted. Create a version, submit it, have it approved.',
    },
    'never-requested': {
      item: 'failed',
      found: 'never requested',
      text: () => 'never requested. Open the link, add it, release a version.',
    },
    'granted-without-data': {
      item: 'failed',
      found: 'granted by the list, but its fields never come',
      text: (people) =>
        `granted by the list, but none of ${people} employees came with its fields. Release a version that holds it, and look at its data range.`,
    },
  };

function judge(
  permission: Permission,
  grants: readonly ScopeGrant[],
  versions: readonly AppVersion[] | null,
  evidence: FieldEvidence,
): { state: GrantState; by: string } {
  const { key } = permission;
  const verdict = judgePermission(permission, grants);
  if (verdict.state === 'granted') {
    return { state: evidence.without.has(key) ? 'granted-without-data' : 'granted', by: verdict.by ?? key };
  }
  if (verdict.state === 'absent') return { state: 'never-requested', by: key };
  const holder = versions?.find(({ scopes }) => scopes?.includes(key));
  if (holder?.status === 'in-review') return { state: 'in-review', by: key };
  if (holder?.status === 'released') return { state: 'approved-not-released', by: key };
  return { state: 'requested', by: key };
}
