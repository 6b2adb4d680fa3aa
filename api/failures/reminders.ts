/** Events, rules and cards. */
import type { Delivery } from '../../store';
import { failure } from './failure';

const CARD_STATES: Readonly<Record<Delivery['state'], string>> = {
  planned: '待发送',
  sending: '发送中',
  sent: '已发送',
  failed: '发送失败',
  unknown: '未确认',
  'needs-attention': '待处理',
};

export const REMINDERS = {
  'Event.Refused': failure(400, {
    en: 'No event was accepted; nothing was stored.',
    zh: '没有接受任何事件，未保存任何内容。',
  }),
  'Reminders.VersionMoved': failure<{ saved: number; expected: number }>(
    412,
    ({ saved, expected }) => ({
      en: `The rules are at version ${saved}, not ${expected}.`,
      zh: `规则已是版本 ${saved}，而不是 ${expected}。`,
    }),
    {
      en: 'Read them again, merge, and save with the new version in If-Match.',
      zh: '请重新读取、合并后，以新版本保存。',
    },
  ),
  'Delivery.NotReplayable': failure<{ state: Delivery['state'] }>(
    409,
    ({ state }) => ({
      en: `A delivery that is ${state} is not sent again.`,
      zh: `卡片${CARD_STATES[state]}，不能重发。`,
    }),
    {
      en: 'Only failed deliveries and those that need attention can be replayed.',
      zh: '只有失败或待处理的卡片可以重发。',
    },
  ),
};
