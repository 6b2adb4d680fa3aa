/** The "why" in one sentence says what became of the cards, not what was planned. */
import { whyShape } from '../../api/shapes';
import type { Delivery, EventRecord } from '../../store';
import { delivery, event } from '../store/fixture';

type Receiver = EventRecord['receivers'][number];
const RULE = { ruleId: 'r1', name: 'One', matched: true };

/** An event whose rule matched, with a receiver for each delivery, and one who gets no card for each reason. */
function why(became: (Partial<Delivery> | string)[], language: 'en' | 'zh' = 'en', rules: object[] = [RULE]) {
  const deliveries = became.flatMap((one) => (typeof one === 'string' ? [] : [delivery(one)]));
  const due = [...deliveries];
  const receivers = became.map((one): Receiver => ({
    ...{ role: 'assignee', agentId: 'a1', employeeId: 'ou_1', ruleIds: ['r1'] },
    ...(typeof one === 'string'
      ? { deliveryId: null, suppressedBy: one, detail: 'Because.' }
      : { deliveryId: due.shift()?.id ?? null, suppressedBy: null, detail: 'A card is due.' }),
  }));
  const verdict = { rulesVersion: 1, rules } as EventRecord['verdict'];
  const record = event({ eventId: 'ev-1', receivers, verdict });
  const known = new Map(deliveries.map((one) => [one.id, one]));
  return whyShape(record, known, undefined, language) as {
    summary: string;
    receivers: { outcome: string; detail: string }[];
  };
}

test.each<[(Partial<Delivery> | string)[], string, string]>([
  [
    [{ state: 'failed', reason: 'feishu:230022' }],
    '1 of 1 rule matched; receivers: 1 failed.',
    '1 条规则中命中 1 条；接收人：失败 1。',
  ],
  [[{ state: 'sent' }], '1 of 1 rule matched; receivers: 1 told.', '1 条规则中命中 1 条；接收人：已提醒 1。'],
  [
    [{ state: 'planned' }, { state: 'sending' }, { state: 'needs-attention' }, 'unbound', 'actor'],
    '1 of 1 rule matched; receivers: 2 wait, 1 failed, 2 get no card.',
    '1 条规则中命中 1 条；接收人：待提醒 2，失败 1，不提醒 2。',
  ],
  [
    [{ state: 'sent' }, { state: 'sent', carriedBy: 'digest' }, { state: 'unknown' }, 'unbound'],
    '1 of 1 rule matched; receivers: 2 told, 1 waits, 1 gets no card.',
    '1 条规则中命中 1 条；接收人：已提醒 2，待提醒 1，不提醒 1。',
  ],
  [[], '1 of 1 rule matched; nobody is to be told.', '1 条规则中命中 1 条；没有接收人。'],
])('of %j it counts what became of each', (became, en, zh) => {
  expect(why(became).summary).toBe(en);
  expect(why(became, 'zh').summary).toBe(zh);
});

test('it says which of several rules matched, and that none did', () => {
  const other = { ...RULE, ruleId: 'r2', matched: false };
  expect(why([{ state: 'sent' }], 'en', [RULE, other]).summary).toMatch(/^1 of 2 rules matched; /);
  expect(why([], 'en', [other]).summary).toBe("Rules listen, but no rule's conditions are met.");
  expect(why([], 'zh', []).summary).toBe('没有规则监听该事件。');
});

test('it says that the rules that listen are switched off, which is not that their conditions are not met', () => {
  const off = { ...RULE, matched: false, off: true };
  expect(why([], 'en', [off]).summary).toBe('The rules that listen to this event are switched off.');
  expect(why([], 'zh', [off]).summary).toBe('监听该事件的规则均已关闭。');
  const other = { ...RULE, ruleId: 'r2', matched: false };
  expect(why([], 'en', [off, other]).summary).toBe("Rules listen, but no rule's conditions are met.");
});

test('the detail of a receiver says whether the card went out, and why there is none', () => {
  const became = [
    { state: 'failed', reason: 'feishu:230022' } as const,
    { state: 'sent' } as const,
    { state: 'planned' } as const,
    'unbound',
  ];
  const details = (language: 'en' | 'zh') => why(became, language).receivers.map(({ detail }) => detail);
  expect(details('en')).toEqual([
    'The card could not be sent (feishu:230022).',
    'A card was sent.',
    'A card is due.',
    'Because.',
  ]);
  expect(details('zh')).toEqual([
    '发送失败 (feishu:230022)。',
    '已发送。',
    '待发送。',
    '客服未绑定飞书员工。',
  ]);
});

test('it says why somebody is told whom the event itself does not mean', () => {
  const told = delivery({ state: 'sent' });
  const follow = (kind: 'repeat' | 'escalate' | 'unread', fields: Partial<Receiver> = {}): Receiver => ({
    ...{ role: 'agents', agentId: 'a2', employeeId: 'ou_2', ruleIds: ['r1'], deliveryId: told.id },
    ...{ suppressedBy: null, detail: `${kind} 2 of dl-0, a2: A card is due.` },
    followUp: { kind, round: 2, of: 'dl-0' },
    ...fields,
  });
  const quiet = 'repeat 2 of dl-0, a2: quiet until 08:00 (Asia/Shanghai)';
  const receivers = [
    follow('repeat'),
    follow('escalate'),
    follow('unread'),
    follow('repeat', { deliveryId: null, suppressedBy: 'quiet-hours', detail: quiet }),
    follow('escalate', { deliveryId: null, suppressedBy: 'unbound', detail: 'escalate 2 of dl-0, a2: …' }),
    { ...follow('repeat'), followUp: undefined, role: 'fallback:duty' },
  ] as Receiver[];
  const verdict = { rulesVersion: 1, rules: [RULE] } as EventRecord['verdict'];
  const record = event({ eventId: 'ev-1', receivers, verdict });
  const shaped = (language: 'en' | 'zh') =>
    whyShape(record, new Map([[told.id, told]]), undefined, language) as {
      receivers: { detail: string }[];
      explanation: Record<'en' | 'zh', string[]>;
    };
  expect(shaped('en').receivers.map(({ detail }) => detail)).toEqual([
    'Nobody reacted to dl-0, reminder 2 of the same person: a card was sent.',
    'Nobody reacted to dl-0, so the next person: a card was sent.',
    'The card dl-0 was not read, so the next person: a card was sent.',
    'Nobody reacted to dl-0, reminder 2 of the same person: quiet until 08:00 (Asia/Shanghai).',
    'Nobody reacted to dl-0, so the next person: The agent is bound to no Feishu employee.',
    'Instead of somebody who cannot be told: a card was sent.',
  ]);
  expect(shaped('zh').receivers[3]?.detail).toBe(
    'Dl-0 无人处理，第 2 次重复提醒：免打扰至 08:00 (Asia/Shanghai)。',
  );
  expect(shaped('zh').explanation.zh).toContain('agents a2（dl-0 未读，转至下一人）: 已发送。');
});
