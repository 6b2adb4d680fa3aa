/** Findings about whom the app reaches: its availability and its contact range. Pure. */
import type { AppVersion, ContactsRange, Localized } from '../../feishu';
import type { Finding } from './finding';

/** Bound agents that were asked for; `outside` = those whom the app does not reach. Null = it could not be asked. */
export interface BoundAgents {
  asked: number;
  /** True when there are more than could be asked for in one check. */
  more: boolean;
  outside: { agentId: string; employeeId: string }[];
}

const ALL_MEMBERS: Localized = { en: 'all members', zh: '全部成员' };
const AS_AVAILABILITY: Localized = { en: 'equal_to_availability', zh: '与可用范围一致' };

/** Ids kept in an item; the count is always exact. */
const SHOWN = 100;

export function availabilityFinding(released: AppVersion | undefined, bound: BoundAgents | null): Finding {
  const base = { id: 'availability', expected: ALL_MEMBERS };
  const visibility = released?.visibility;
  if (visibility?.everybody === undefined) {
    return {
      ...base,
      state: 'unknown',
      message: released
        ? { en: 'Feishu does not tell to whom the app is available.', zh: '飞书未返回应用的可用范围。' }
        : {
            en: 'No version is released, so the app is available to nobody yet.',
            zh: '尚未发布版本，应用对任何人都不可用。',
          },
    };
  }
  const hidden = [visibility.hiddenOpenIds, visibility.hiddenDepartmentIds, visibility.hiddenGroupIds];
  const someHidden = hidden.some((ids) => ids.length > 0);
  if (visibility.everybody && !someHidden) {
    return {
      ...base,
      state: 'passed',
      found: ALL_MEMBERS,
      message: { en: 'Available to all members.', zh: '对全部成员可用。' },
    };
  }
  const outside = outsideText(bound);
  const hiddenCounts = counts(hidden);
  const found = visibility.everybody
    ? { en: `all members but ${hiddenCounts.en}`, zh: `全部成员，除 ${hiddenCounts.zh}` }
    : counts([visibility.openIds, visibility.departmentIds, visibility.groupIds]);
  return {
    ...base,
    state: 'failed',
    found,
    message: {
      en: `Available to a part of the company only: others get no message. ${outside.en} All members also saves later releases.`,
      zh: `仅对部分成员可用，其他人收不到消息。${outside.zh}设为全部成员还可省去日后再发布版本。`,
    },
    detail: outsideDetail(bound),
  };
}

/** `everybodyAvailable` counts only where the range follows the availability; undefined = not told. */
export function contactRangeFinding(
  range: ContactsRange,
  everybodyAvailable: boolean | undefined,
  bound: BoundAgents | null,
): Finding {
  const base = { id: 'contact-range', expected: ALL_MEMBERS };
  if (range.kind === 'all')
    return {
      ...base,
      state: 'passed',
      found: { en: 'all', zh: '全部成员' },
      message: { en: 'The whole company is visible.', zh: '整个企业均可见。' },
    };
  if (range.kind === undefined)
    return {
      ...base,
      state: 'unknown',
      message: { en: 'Feishu does not tell the contact range.', zh: '飞书未返回通讯录权限范围。' },
    };
  if (range.kind === 'equal_to_availability' && everybodyAvailable !== false) {
    return everybodyAvailable
      ? {
          ...base,
          state: 'passed',
          found: AS_AVAILABILITY,
          message: { en: 'As wide as the availability: all members.', zh: '与可用范围一致：全部成员。' },
        }
      : {
          ...base,
          state: 'unknown',
          found: AS_AVAILABILITY,
          message: {
            en: 'As wide as the availability, which Feishu does not tell.',
            zh: '与可用范围一致，但飞书未返回可用范围。',
          },
        };
  }
  const outside = outsideText(bound);
  const follows = range.kind === 'equal_to_availability';
  return {
    ...base,
    state: 'failed',
    found: follows ? AS_AVAILABILITY : counts([range.openIds, range.departmentIds, range.groupIds]),
    message: {
      en: `${follows ? 'As wide as the availability, which is not all members' : 'Only a part of the company is visible'}: others cannot be mirrored or bound. ${outside.en}`,
      zh: `${follows ? '与可用范围一致，但可用范围不是全部成员' : '仅企业的一部分可见'}：其他人无法同步或绑定。${outside.zh}`,
    },
    detail: outsideDetail(bound),
  };
}

function counts([people, departments, groups]: readonly (readonly string[])[]): Localized {
  const [p, d, g] = [people?.length ?? 0, departments?.length ?? 0, groups?.length ?? 0];
  return {
    en: `${p} people, ${d} departments, ${g} groups`,
    zh: `${p} 名成员、${d} 个部门、${g} 个用户组`,
  };
}

function outsideText(bound: BoundAgents | null): Localized {
  if (!bound) {
    return {
      en: 'Which bound agents fall outside could not be read.',
      zh: '无法读取哪些已绑定客服不在范围内。',
    };
  }
  if (bound.asked === 0) return { en: 'No agent is bound yet.', zh: '尚未绑定客服。' };
  const of = {
    en: `${bound.asked}${bound.more ? ' first' : ''} bound agents`,
    zh: `${bound.more ? '前 ' : ''}${bound.asked} 名已绑定客服`,
  };
  return bound.outside.length === 0
    ? { en: `All of the ${of.en} are inside.`, zh: `${of.zh}均在范围内。` }
    : {
        en: `${bound.outside.length} of the ${of.en} are outside.`,
        zh: `${of.zh}中有 ${bound.outside.length} 名不在范围内。`,
      };
}

function outsideDetail(bound: BoundAgents | null): Record<string, unknown> {
  return bound
    ? {
        boundAgents: bound.asked,
        outsideCount: bound.outside.length,
        outside: bound.outside.slice(0, SHOWN),
      }
    : { outside: null };
}
