/** Findings about whom the app reaches: its availability and its contact range. Pure. */
import type { AppVersion, ContactsRange } from '../../feishu';
import type { Finding } from './items';

/** Bound agents that were asked for; `outside` = those whom the app does not reach. Null = it could not be asked. */
export interface BoundAgents {
  asked: number;
  /** True when there are more than could be asked for in one check. */
  more: boolean;
  outside: { agentId: string; employeeId: string }[];
}

/** Ids kept in an item; the count is always exact. */
const SHOWN = 100;

export function availabilityFinding(released: AppVersion | undefined, bound: BoundAgents | null): Finding {
  const base = { id: 'availability', expected: 'all members' };
  const visibility = released?.visibility;
  if (visibility?.everybody === undefined) {
    return {
      ...base,
      state: 'unknown',
      message: released
        ? 'Feishu does not tell to whom the app is available.'
        : 'No version is released, so the app is available to nobody yet.',
    };
  }
  const hidden = [visibility.hiddenOpenIds, visibility.hiddenDepartmentIds, visibility.hiddenGroupIds];
  const someHidden = hidden.some((ids) => ids.length > 0);
  if (visibility.everybody && !someHidden) {
    return { ...base, state: 'passed', found: 'all members', message: 'Available to all members.' };
  }
  const found = visibility.everybody
    ? `all members but ${counts(hidden)}`
    : counts([visibility.openIds, visibility.departmentIds, visibility.groupIds]);
  return {
    ...base,
    state: 'failed',
    found,
    message: `Available to a part of the company only: others get no message. ${outsideText(bound)} All members also saves later releases.`,
    detail: outsideDetail(bound),
  };
}

/** `everybodyAvailable` counts only where the range follows the availability; undefined = not told. */
export function contactRangeFinding(
  range: ContactsRange,
  everybodyAvailable: boolean | undefined,
  bound: BoundAgents | null,
): Finding {
  const base = { id: 'contact-range', expected: 'all members' };
  if (range.kind === 'all')
    return { ...base, state: 'passed', found: 'all', message: 'The whole company is visible.' };
  if (range.kind === undefined)
    return { ...base, state: 'unknown', message: 'Feishu does not tell the contact range.' };
  if (range.kind === 'equal_to_availability' && everybodyAvailable !== false) {
    return everybodyAvailable
      ? {
          ...base,
          state: 'passed',
          found: range.kind,
          message: 'As wide as the availability: all members.',
        }
      : {
          ...base,
          state: 'unknown',
          found: range.kind,
          message: 'As wide as the availability, which Feishu does not tell.',
        };
  }
  const follows = range.kind === 'equal_to_availability';
  return {
    ...base,
    state: 'failed',
    found: follows ? range.kind : counts([range.openIds, range.departmentIds, range.groupIds]),
    message: `${follows ? 'As wide as the availability, which is not all members' : 'Only a part of the company is visible'}: others cannot be mirrored or bound. ${outsideText(bound)}`,
    detail: outsideDetail(bound),
  };
}

function counts([people, departments, groups]: readonly (readonly string[])[]): string {
  return `${people?.length ?? 0} people, ${departments?.length ?? 0} departments, ${groups?.length ?? 0} groups`;
}

function outsideText(bound: BoundAgents | null): string {
  if (!bound) return 'Which bound agents fall outside could not be read.';
  if (bound.asked === 0) return 'No agent is bound yet.';
  const of = `${bound.asked}${bound.more ? ' first' : ''}`;
  return bound.outside.length === 0
    ? `All of the ${of} bound agents are inside.`
    : `${bound.outside.length} of the ${of} bound agents are outside.`;
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
