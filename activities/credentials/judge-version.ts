/** Findings about versions and their review. Pure; "not told" is `unknown`, never `passed`. */
import type { AppVersion, Localized } from '../../feishu';
import type { Docking } from '../../store';
import { difference, differenceText } from './differences';
import { verbatim, type Finding } from './finding';

const STATUSES: Readonly<Record<AppVersion['status'], Localized>> = {
  released: { en: 'released', zh: '已发布' },
  rejected: { en: 'rejected', zh: '已驳回' },
  'in-review': { en: 'in-review', zh: '审核中' },
  'not-submitted': { en: 'not-submitted', zh: '未提交' },
  unknown: { en: 'unknown', zh: '未知' },
};
const APPROVED: Localized = { en: 'approved', zh: '审核通过' };
const ON: Localized = { en: 'on', zh: '开启' };

/** What is in force: of versions with the newest first, the first that is released. */
export const inForce = (versions: readonly AppVersion[]): AppVersion | undefined =>
  versions.find((version) => version.status === 'released');

/** `versions` newest first. */
export function versionFindings(versions: readonly AppVersion[], docking: Docking): Finding[] {
  const released = inForce(versions);
  const newest = versions[0];
  return [
    versionFinding(newest, released),
    reviewFinding(newest, released, docking),
    ...abilityFindings(released, docking),
  ];
}

function versionFinding(newest: AppVersion | undefined, released: AppVersion | undefined): Finding {
  const base = {
    id: 'version',
    expected: { en: 'a released version', zh: '有已发布的版本' },
    detail: { released: released ? facts(released) : null, newest: newest ? facts(newest) : null },
  };
  if (released) {
    return {
      ...base,
      state: 'passed',
      found: describe(released),
      message: {
        en: `Version ${nameOf(released)} is released.`,
        zh: `版本 ${nameOf(released)} 已发布。`,
      },
    };
  }
  if (newest?.status === 'unknown') {
    return {
      ...base,
      state: 'unknown',
      found: describe(newest),
      message: {
        en: 'Feishu does not tell the state of the newest version.',
        zh: '飞书未返回最新版本的状态。',
      },
    };
  }
  return {
    ...base,
    state: newest?.status === 'in-review' ? 'waiting' : 'failed',
    found: newest ? describe(newest) : null,
    message: newest
      ? {
          en: 'No version is released yet. Submit it, and have the company admin approve it.',
          zh: '尚无已发布的版本。请提交版本，并由企业管理员审核通过。',
        }
      : {
          en: 'There is no version. Create one, such as 1.0.1, and submit it.',
          zh: '没有版本。请创建一个（如 1.0.1）并提交。',
        },
  };
}

function reviewFinding(
  newest: AppVersion | undefined,
  released: AppVersion | undefined,
  { lastAudit }: Docking,
): Finding {
  const base = { id: 'review', expected: APPROVED, found: newest ? STATUSES[newest.status] : null };
  if (!newest)
    return {
      ...base,
      state: 'failed',
      message: { en: 'Nothing was submitted for review.', zh: '尚未提交审核。' },
    };
  const name = nameOf(newest);
  const detail = { ...facts(newest), rejectReason: null as string | null };
  switch (newest.status) {
    case 'released':
      return {
        ...base,
        state: 'passed',
        found: APPROVED,
        message: { en: `Version ${name} is approved.`, zh: `版本 ${name} 已审核通过。` },
        detail,
      };
    case 'in-review': {
      const since = dateOf(newest.createdAtMs);
      return {
        ...base,
        state: 'waiting',
        message: {
          en: `Version ${name} waits for the company admin${since ? `, created ${since}` : ''}.`,
          zh: `版本 ${name} 等待企业管理员审核${since ? `，创建于 ${since}` : ''}。`,
        },
        detail,
      };
    }
    case 'rejected': {
      // The list of versions does not hold the reviewer's words; only the review event brings them.
      const reason = lastAudit?.versionId === newest.versionId ? lastAudit.remark : null;
      return {
        ...base,
        state: 'failed',
        message: {
          en: `Version ${name} was rejected${reason ? `: ${reason}` : ''}. Mend it and submit it again.`,
          zh: `版本 ${name} 被驳回${reason ? `：${reason}` : ''}。请修改后重新提交。`,
        },
        detail: { ...detail, rejectReason: reason, rejected: true },
      };
    }
    case 'not-submitted':
      return released
        ? {
            ...base,
            state: 'passed',
            found: APPROVED,
            message: {
              en: `Version ${nameOf(released)} is in force; ${name} is a draft.`,
              zh: `版本 ${nameOf(released)} 已生效；${name} 为草稿。`,
            },
            detail: facts(released),
          }
        : {
            ...base,
            state: 'failed',
            message: {
              en: `Version ${name} was not submitted for review.`,
              zh: `版本 ${name} 尚未提交审核。`,
            },
            detail,
          };
    case 'unknown':
      return {
        ...base,
        state: 'unknown',
        message: { en: 'Feishu does not tell the state of the review.', zh: '飞书未返回审核状态。' },
        detail,
      };
  }
}

function abilityFindings(released: AppVersion | undefined, docking: Docking): Finding[] {
  const wanted = docking.homepageUrl;
  const expected = verbatim(wanted);
  const unread = (message: Localized): Finding[] => [
    { id: 'web-app', state: released ? 'unknown' : 'failed', expected: ON, message },
    { id: 'homepage-url', state: released ? 'unknown' : 'failed', expected, message },
  ];
  if (!released) {
    return unread({
      en: 'No version is released, so the web app is not in force.',
      zh: '尚未发布版本，网页应用未生效。',
    });
  }
  if (!released.abilities) {
    return unread({
      en: 'Feishu does not tell the abilities of the version.',
      zh: '飞书未返回该版本的应用能力。',
    });
  }
  const { webApp } = released.abilities;
  if (!webApp) {
    const message = {
      en: 'The web app is off in the released version. Add it and release again.',
      zh: '已发布的版本未开启网页应用。请添加后重新发布。',
    };
    return [
      { id: 'web-app', state: 'failed', expected: ON, found: { en: 'off', zh: '关闭' }, message },
      { id: 'homepage-url', state: 'failed', expected, found: null, message },
    ];
  }
  const { pcUrl, mobileUrl } = webApp;
  const differs = differenceText(wanted, pcUrl);
  const detail = { pcUrl: pcUrl ?? null, mobileUrl: mobileUrl ?? null };
  return [
    {
      id: 'web-app',
      state: 'passed',
      expected: ON,
      found: ON,
      message: { en: 'The web app is on.', zh: '网页应用已开启。' },
      detail,
    },
    {
      id: 'homepage-url',
      state: pcUrl === wanted ? 'passed' : pcUrl === undefined ? 'unknown' : 'failed',
      expected,
      found: pcUrl === undefined ? null : verbatim(pcUrl),
      message:
        pcUrl === undefined
          ? { en: 'Feishu does not tell the homepage URL.', zh: '飞书未返回主页地址。' }
          : pcUrl === wanted
            ? {
                en: 'The homepage URL is the expected one, byte for byte.',
                zh: '主页地址与期望逐字节一致。',
              }
            : { en: `The homepage URL differs. ${differs.en}`, zh: `主页地址不一致。${differs.zh}` },
      detail: { ...detail, difference: pcUrl === undefined ? null : difference(wanted, pcUrl) },
    },
  ];
}

const nameOf = (version: AppVersion): string => version.version ?? version.versionId;
const dateOf = (ms: number | undefined): string | null =>
  ms === undefined ? null : new Date(ms).toISOString().slice(0, 10);

function describe(version: AppVersion): Localized {
  const when = dateOf(version.publishedAtMs ?? version.createdAtMs);
  const status = STATUSES[version.status];
  return {
    en: `${nameOf(version)}, ${status.en}${when ? ` (${when})` : ''}`,
    zh: `${nameOf(version)}，${status.zh}${when ? `（${when}）` : ''}`,
  };
}

function facts(version: AppVersion): Record<string, unknown> {
  const time = (ms: number | undefined): string | null =>
    ms === undefined ? null : new Date(ms).toISOString();
  return {
    versionId: version.versionId,
    version: version.version ?? null,
    status: version.status,
    changelog: version.changelog ?? null,
    remark: version.remark ?? null,
    createdAt: time(version.createdAtMs),
    publishedAt: time(version.publishedAtMs),
  };
}
