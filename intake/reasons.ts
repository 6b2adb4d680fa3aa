/**
 * Why somebody got no card. One catalogue: the plan writes the code, the "why" answer and the docs explain it.
 * Gates run in this order; the first that says no is the reason.
 */
export const REASONS = {
  'ticket-unread': {
    en: 'The ticket could not be read from its ticket system yet; it is tried again for a day.',
    zh: '暂时无法从工单系统读取该工单，将在一天内重试。',
  },
  'ticket-unreadable': {
    en: 'The ticket could not be read from its ticket system: tell the event once more when it can.',
    zh: '无法从工单系统读取该工单，恢复后请重新发送该事件。',
  },
  'event-refused': {
    en: 'The event was not understood: tell it once more, corrected.',
    zh: '无法识别该事件，请更正后重新发送。',
  },
  'docking-off': { en: 'The docking is not live.', zh: '对接未启用。' },
  'reminders-off': { en: 'Feishu reminders are switched off for this docking.', zh: '飞书提醒开关已关闭。' },
  'rule-off': { en: 'Its rules have been switched off or deleted since.', zh: '对应规则已停用或删除。' },
  stale: {
    en: 'A newer state of the ticket is known, in which they have this role no more.',
    zh: '工单已更新，该角色已变更。',
  },
  'no-receiver': {
    en: 'Neither the ticket nor the settings name anybody for this role.',
    zh: '工单和设置中均没有该角色的接收人。',
  },
  actor: { en: 'This agent did it themselves.', zh: '该操作由本人完成。' },
  'agent-inactive': { en: 'The agent is not active in the ticket system.', zh: '客服账号未激活或已停用。' },
  unbound: { en: 'The agent is bound to no Feishu employee.', zh: '客服未绑定飞书员工。' },
  'binding-suspended': { en: 'The binding is suspended.', zh: '绑定已暂停。' },
  'employee-unknown': { en: 'The employee is not in the mirrored directory.', zh: '通讯录中没有该员工。' },
  'employee-left': { en: 'The employee has left.', zh: '员工已离职。' },
  'employee-frozen': { en: 'The employee is frozen in Feishu.', zh: '员工账号已冻结。' },
  'employee-not-activated': { en: 'The employee has not activated Feishu yet.', zh: '员工尚未激活飞书。' },
  'out-of-availability': { en: 'The app is not available to this employee.', zh: '员工不在应用可用范围内。' },
  'quiet-hours': {
    en: 'It is a quiet time for them: a routine repetition or escalation waits for its end.',
    zh: '当前为免打扰时段，普通重复提醒或升级提醒将顺延。',
  },
  preference: { en: 'The employee switched this kind of reminder off.', zh: '员工关闭了此类提醒。' },
  'too-late': {
    en: 'The due time is over before they may be told: the breach is told instead of the warning.',
    zh: '可提醒时已超过截止时间，不再发送预警，超时后另行提醒。',
  },
} as const;

export type ReasonCode = keyof typeof REASONS;

/** Reasons for which somebody else is asked: this person cannot be told at all, now or in ten minutes. */
export const UNREACHABLE: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'agent-inactive',
  'unbound',
  'binding-suspended',
  'employee-unknown',
  'employee-left',
  'employee-frozen',
  'employee-not-activated',
  'out-of-availability',
]);
