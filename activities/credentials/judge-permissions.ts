/** One finding per permission: granted, approved but not in force, requested, or never requested. Pure. */
import {
  judgePermission,
  requiredPermissions,
  type AppVersion,
  type Localized,
  type Permission,
  type ScopeGrant,
} from '../../feishu';
import type { Docking } from '../../store';
import { verbatim, type Finding } from './finding';

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
    const { label, key } = permission;
    const { item, found, text } = WORDS[state];
    const said = text(evidence.people);
    const through = by === key ? { en: '', zh: '' } : { en: ` through ${by}`, zh: `（通过 ${by}）` };
    return {
      id: `permission:${key}`,
      expected: verbatim(key),
      found: state === 'granted' ? verbatim(by) : found,
      state: item,
      message:
        state === 'granted'
          ? { en: `${label.en}: granted${through.en}.`, zh: `${label.zh}：已开通${through.zh}。` }
          : { en: `${label.en}: ${said.en}`, zh: `${label.zh}：${said.zh}` },
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

interface GrantWords {
  item: Finding['state'];
  found: Localized;
  text: (people: number) => Localized;
}

const WORDS: Record<GrantState, GrantWords> = {
  granted: {
    item: 'passed',
    found: { en: 'granted', zh: '已开通' },
    text: () => ({ en: 'granted.', zh: '已开通。' }),
  },
  'approved-not-released': {
    item: 'waiting',
    found: { en: 'approved, not in force', zh: '已审核，未生效' },
    text: () => ({
      en: 'approved with a version, but not in force. Release that version in the developer console.',
      zh: '已随版本审核通过，但未生效。请在开发者后台发布该版本。',
    }),
  },
  'in-review': {
    item: 'waiting',
    found: { en: 'requested, waits for approval', zh: '已申请，等待审核' },
    text: () => ({
      en: 'requested with the version under review. The company admin approves it in the admin console.',
      zh: '已随审核中的版本申请，由企业管理员在管理后台审批。',
    }),
  },
  requested: {
    item: 'waiting',
    found: { en: 'requested, not submitted', zh: '已申请，未提交' },
    text: () => ({
      en: 'requested, but in no version that was submitted. Create a version, submit it, have it approved.',
      zh: '已申请，但尚未随版本提交。请创建版本、提交并通过审核。',
    }),
  },
  'never-requested': {
    item: 'failed',
    found: { en: 'never requested', zh: '从未申请' },
    text: () => ({
      en: 'never requested. Open the link, add it, release a version.',
      zh: '从未申请。请打开链接添加，并发布版本。',
    }),
  },
  'granted-without-data': {
    item: 'failed',
    found: { en: 'granted by the list, but its fields never come', zh: '列表显示已开通，但从未返回相应字段' },
    text: (people) => ({
      en: `granted by the list, but none of ${people} employees came with its fields. Release a version that holds it, and look at its data range.`,
      zh: `列表显示已开通，但 ${people} 名员工都没有返回相应字段。请发布包含该权限的版本，并检查其数据范围。`,
    }),
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
