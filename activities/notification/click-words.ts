/** What became of a click, in the words of the card. */
import { DateTime } from 'luxon';
import type { CardState, Localized } from '../../feishu';
import { companyZone, snoozedUntil } from '../../intake';
import type { ClickRecord, Docking } from '../../store';

/** By the ticket system's code, or our own: why not, and what to do instead. */
const WHY_NOT: Record<string, Localized> = {
  stale: {
    en: 'somebody was faster, look at the ticket',
    zh: '工单已被他人处理或变更，请查看工单',
  },
  'ticket-closed': { en: 'the ticket is closed', zh: '工单已关闭' },
  'ticket-solved': { en: 'the ticket is solved', zh: '工单已解决' },
  unsupported: {
    en: 'the ticket takes no such change, it may be closed; look at it in the ticket system',
    zh: '该工单不支持此操作（可能已关闭），请在工单系统中查看',
  },
  'not-found': { en: 'the ticket does not exist any more', zh: '工单已不存在' },
  forbidden: {
    en: 'you have no right to do this in the ticket system, ask its admin',
    zh: '您在工单系统中没有此权限，请联系管理员',
  },
  invalid: {
    en: 'the ticket system refuses this, do it there',
    zh: '工单系统拒绝了此操作，请在工单系统中处理',
  },
  'gave-up': {
    en: 'the ticket system did not answer for an hour; click again, or do it there',
    zh: '工单系统一小时内未响应，请重新点击或在工单系统中处理',
  },
  'unknown-outcome': {
    en: 'the answer of the ticket system was lost, look at the ticket before you repeat it',
    zh: '未收到工单系统的结果，重试前请先查看工单',
  },
};
const LOOK: Localized = { en: 'look at the ticket', zh: '请查看工单' };
const WAITS: Localized = {
  en: 'the ticket system does not answer. It is tried again for an hour; you can also do it there',
  zh: '工单系统暂无响应，一小时内将自动重试，也可在工单系统中处理',
};

export function clickState(click: ClickRecord, docking: Docking): CardState {
  const { state, action, reason } = click;
  if (state === 'asked') return { kind: 'waiting', what: WAITS };
  if (state !== 'done') return { kind: 'failed', reason: WHY_NOT[reason ?? ''] ?? LOOK };
  switch (action) {
    case 'claim':
      return { kind: 'claimed' };
    case 'acknowledge':
      return { kind: 'acknowledged' };
    case 'reply':
      return { kind: 'replied' };
    case 'close':
      return { kind: 'closed' };
    case 'snooze':
      return { kind: 'snoozed', until: clock(snoozedUntil(click), docking) };
  }
}

/** In the company's zone, which is where its people are. */
const clock = (at: Date, docking: Docking): string =>
  DateTime.fromJSDate(at, { zone: companyZone(docking) }).toFormat('MM-dd HH:mm');
