import type { Localized } from '../brands';
import type { CardAction, CardPriority, CardState, ReminderCardModel, Text } from './model';

/** All fixed words of the cards. */
export const WORDS = {
  status: { en: 'Status', zh: '状态' },
  priority: { en: 'Priority', zh: '优先级' },
  customer: { en: 'Customer', zh: '客户' },
  open: { en: 'Open ticket', zh: '查看工单' },
  openAll: { en: 'Show all', zh: '查看全部' },
  why: { en: 'Why you see this', zh: '提醒原因' },
  wordsRefused: {
    en: 'Feishu’s content check refused the text of the ticket: open it to read on',
    zh: '工单内容未通过飞书的内容审核，请打开工单查看',
  },
  notePlaceholder: { en: 'Internal note', zh: '内部备注' },
  noteSend: { en: 'Add note', zh: '添加备注' },
  closeQuestion: { en: 'Close this ticket?', zh: '确认关闭该工单？' },
  closeDetail: {
    en: 'It is closed in the ticket system in your name.',
    zh: '将以你的身份在工单系统中关闭。',
  },
} as const satisfies Record<string, Localized>;

export const PRIORITY_WORDS: Readonly<Record<CardPriority, Localized>> = {
  low: { en: 'Low', zh: '低' },
  normal: { en: 'Normal', zh: '中' },
  high: { en: 'High', zh: '高' },
  urgent: { en: 'Urgent', zh: '紧急' },
};

export const PRIORITY_COLOURS: Readonly<Record<CardPriority, string>> = {
  low: 'neutral',
  normal: 'blue',
  high: 'orange',
  urgent: 'red',
};

export const ACTION_WORDS: Readonly<Record<CardAction, Localized>> = {
  claim: { en: 'Claim', zh: '领取' },
  acknowledge: { en: 'Got it', zh: '知道了' },
  snooze: { en: 'Later', zh: '稍后提醒' },
  reply: { en: 'Add note', zh: '添加备注' },
  close: { en: 'Close', zh: '关闭工单' },
};

/** Header colour: what has become of it, else how urgent it is. */
export function headerColour(
  state: CardState,
  { urgency, priority, isOver = false }: Pick<ReminderCardModel, 'urgency' | 'priority' | 'isOver'>,
): string {
  switch (state.kind) {
    case 'closed':
    case 'reassigned':
      return 'grey';
    case 'claimed':
    case 'acknowledged':
    case 'replied':
      return 'green';
    case 'snoozed':
      return 'wathet';
    case 'failed':
    case 'waiting':
    case 'open':
      if (isOver) return 'grey';
      if (urgency === 'urgent' || priority === 'urgent') return 'red';
      return priority === 'high' ? 'orange' : 'blue';
  }
}

/** The line that says what has become of the reminder; nothing while it is open. */
export function stateLine(state: CardState): Localized | undefined {
  switch (state.kind) {
    case 'open':
      return undefined;
    case 'snoozed':
      return fill(
        state.until,
        (until) => `Reminds again ${until}`,
        (until) => `将于 ${until} 再次提醒`,
      );
    case 'waiting':
      return fill(
        state.what,
        (what) => `Not done yet: ${what}`,
        (what) => `尚未完成：${what}`,
      );
    case 'failed':
      return fill(
        state.reason,
        (reason) => `Not done: ${reason}`,
        (reason) => `未完成：${reason}`,
      );
    case 'claimed':
    case 'acknowledged':
    case 'replied':
    case 'reassigned':
    case 'closed':
      return doneLine(state.kind, state.by);
  }
}

function fill(text: Text, en: (words: string) => string, zh: (words: string) => string): Localized {
  return typeof text === 'string' ? { en: en(text), zh: zh(text) } : { en: en(text.en), zh: zh(text.zh) };
}

function doneLine(
  kind: Exclude<CardState['kind'], 'open' | 'snoozed' | 'waiting' | 'failed'>,
  by: string | undefined,
): Localized {
  const words: Record<typeof kind, Localized> = {
    claimed: { en: 'Claimed', zh: '已领取' },
    acknowledged: { en: 'Acknowledged', zh: '已知晓' },
    replied: { en: 'Note added', zh: '已添加备注' },
    reassigned: { en: 'Now with', zh: '已转交' },
    closed: { en: 'Closed', zh: '已关闭' },
  };
  const { en, zh } = words[kind];
  if (by === undefined) return kind === 'reassigned' ? { en: 'Passed on', zh } : { en, zh };
  return { en: kind === 'reassigned' ? `${en} ${by}` : `${en} by ${by}`, zh: `${zh}（${by}）` };
}
