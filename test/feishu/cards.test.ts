import fc from 'fast-check';
import { NOTE_FIELD, PLATFORM_LIMITS, cardBytes, clickAnswer, reminderCard } from '../../feishu';
import type { CardState, ReminderCardModel } from '../../feishu';
import { MODEL, allText, callbacks, nodes, tagged } from './card-nodes';

describe('the reminder card', () => {
  it('says number, title, status, priority, customer, excerpt and why, in both languages', () => {
    const text = allText(reminderCard(MODEL));
    for (const part of [
      '#20260012',
      'Printer does not print',
      'Status: New',
      '状态：新建',
      'Priority: High',
      '优先级：高',
      'Customer: Acme',
      'Group: Hardware',
      'It only hums.',
      'you are the assignee',
      '你是受理人',
    ])
      expect(text).toContain(part);
  });

  it('keeps to the rules of schema 2.0', () => {
    const card = reminderCard(MODEL);
    expect(card.schema).toBe('2.0');
    expect(card.config).toMatchObject({ update_multi: true, enable_forward: false });
    expect(tagged(card, 'action')).toEqual([]);
    expect(nodes(card).some((node) => 'i18n_elements' in node)).toBe(false);
    expect(nodes(card).filter((node) => 'tag' in node).length).toBeLessThanOrEqual(200);
    expect((card.header as { text_tag_list: unknown[] }).text_tag_list.length).toBeLessThanOrEqual(3);
    const ids = nodes(card).flatMap((node) =>
      typeof node['element_id'] === 'string' ? [node['element_id']] : [],
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const button of tagged(card, 'button')) {
      const text = button['text'] as { content: string };
      expect(text.content.length).toBeLessThanOrEqual(100);
    }
  });

  it('never uses markdown, so that no user text can be interpreted', () => {
    const card = reminderCard({ ...MODEL, title: '<at id=all></at> **x** [a](https://evil.example)' });
    expect(tagged(card, 'markdown')).toEqual([]);
    expect(tagged(card, 'lark_md')).toEqual([]);
  });

  it('gives every button action, docking, ticket and nonce, and a snooze its minutes', () => {
    expect(callbacks(reminderCard({ ...MODEL, snoozeMinutes: 30 }))).toEqual([
      { a: 'claim', d: 'd1', t: 't12', n: 'n-1' },
      { a: 'acknowledge', d: 'd1', t: 't12', n: 'n-1' },
      { a: 'snooze', d: 'd1', t: 't12', n: 'n-1', m: 30 },
      { a: 'close', d: 'd1', t: 't12', n: 'n-1' },
      { a: 'reply', d: 'd1', t: 't12', n: 'n-1' },
    ]);
  });

  it.each<[CardState, string[]]>([
    [{ kind: 'claimed' }, ['acknowledge', 'snooze', 'close', 'reply']],
    [{ kind: 'acknowledged' }, ['claim', 'close', 'reply']],
    [{ kind: 'closed' }, []],
  ])('offers in the state %j what is left to do', (state, actions) => {
    expect(callbacks(reminderCard({ ...MODEL, state })).map((value) => value['a'])).toEqual(actions);
  });

  it('asks for the note in a form and before closing for a second click', () => {
    const card = reminderCard(MODEL);
    expect(tagged(card, 'form')).toHaveLength(1);
    expect(tagged(card, 'input')[0]).toMatchObject({ name: NOTE_FIELD, required: true });
    const close = tagged(card, 'button').find((button) => button['element_id'] === 'b_close');
    expect(close).toHaveProperty('confirm');
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'not a url',
    `https://x.example/${'a'.repeat(3_000)}`,
  ])('has no button for an address that does not open safely: %.30s', (url) => {
    const card = reminderCard({ ...MODEL, url });
    expect(nodes(card).filter((node) => node['type'] === 'open_url')).toEqual([]);
  });

  it.each<[CardState, string, string, number]>([
    [{ kind: 'open' }, 'orange', 'Why', 5],
    [{ kind: 'claimed', by: 'Li' }, 'green', 'Claimed by Li', 4],
    [{ kind: 'snoozed', until: { en: 'at 15:00', zh: '15:00' } }, 'wathet', 'Reminds again at 15:00', 5],
    [{ kind: 'waiting', what: 'it takes longer' }, 'orange', 'Not done yet: it takes longer', 5],
    [{ kind: 'failed', reason: 'the ticket is locked' }, 'orange', 'Not done: the ticket is locked', 5],
    [{ kind: 'reassigned', by: 'Wang' }, 'grey', 'Now with Wang', 0],
    [{ kind: 'closed' }, 'grey', 'Closed', 0],
  ])('shows what has become of it: %j', (state, colour, line, buttons) => {
    const card = reminderCard({ ...MODEL, state });
    expect(card.header).toMatchObject({ template: colour });
    expect(allText(card)).toContain(line);
    expect(callbacks(card)).toHaveLength(buttons);
  });

  it('says beside who has the ticket now what became of a click before', () => {
    const state = { kind: 'reassigned', by: 'Wang' } as const;
    const card = reminderCard({ ...MODEL, state, told: { kind: 'replied' } });
    expect(card.header).toMatchObject({ template: 'grey' });
    expect(allText(card)).toContain('Note added');
    expect(allText(card)).toContain('已转交（Wang）');
    expect(callbacks(card)).toEqual([]);
  });

  it('says in its headline and its first line that it comes again, and who has the ticket', () => {
    const mark = { en: 'Escalation', zh: '升级提醒' };
    const because = { en: 'Nobody has reacted.', zh: '尚无人响应。' };
    const card = reminderCard({ ...MODEL, occasion: { mark, because, holder: 'Wang' } });
    expect(card.header).toMatchObject({ title: { content: '升级提醒：已分配给你' } });
    expect(allText(card)).toContain('Escalation: Assigned to you');
    expect(allText(card)).toContain('Nobody has reacted. The ticket is with Wang.');
    expect(allText(reminderCard({ ...MODEL, occasion: { mark, because, holder: null } }))).toContain(
      '尚无人响应。工单暂无受理人。',
    );
    expect(allText(reminderCard({ ...MODEL, occasion: { mark, because } }))).not.toContain(
      'The ticket is with',
    );
  });

  it('is grey when the ticket is over, however urgent it was', () => {
    const card = reminderCard({ ...MODEL, urgency: 'urgent', priority: 'urgent', isOver: true });
    expect(card.header).toMatchObject({ template: 'grey' });
  });

  it('turns red when urgent', () => {
    expect(reminderCard({ ...MODEL, urgency: 'urgent' }).header).toMatchObject({ template: 'red' });
  });

  it('does without status, priority, customer, excerpt and link', () => {
    const card = reminderCard({
      dockingId: 'd1',
      ticketId: 't1',
      nonce: 'n',
      headline: 'Reopened',
      ticketNumber: '7',
      title: '',
      urgency: 'routine',
      why: 'Reopened tickets',
    });
    expect(allText(card)).not.toContain('undefined');
    expect(tagged(card, 'button')).toEqual([]);
  });

  it('stays within 30 KB and the same for the same model, whatever people write', () => {
    const wild = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4_000 }),
      fc.constantFrom('\u0001', '"', '\\', '😀', '👩‍👩‍👧‍👦', '界', '\uD800').map((unit) => unit.repeat(5_000)),
    );
    fc.assert(
      fc.property(wild, wild, wild, fc.array(wild, { maxLength: 40 }), (title, excerpt, name, values) => {
        const model: ReminderCardModel = {
          ...MODEL,
          title,
          excerpt,
          customer: name,
          headline: { en: name, zh: title },
          status: name,
          why: { en: excerpt, zh: title },
          ticketNumber: title,
          facts: values.map((value) => ({ label: { en: value, zh: name }, value })),
        };
        const card = reminderCard(model);
        expect(cardBytes(card)).toBeLessThanOrEqual(PLATFORM_LIMITS.cardBytes);
        expect(reminderCard(model)).toEqual(card);
        expect(JSON.stringify(card)).not.toMatch(/\\ud[89a-f][0-9a-f]{2}/i);
      }),
      { numRuns: 25 },
    );
  });

  it('cuts a long text where a person would, never inside an emoji', () => {
    const card = reminderCard({ ...MODEL, title: '👩‍👩‍👧‍👦'.repeat(300) });
    const heading = tagged(card, 'plain_text').find((node) => String(node['content']).endsWith('…'));
    expect(String(heading?.['content'])).toMatch(/^(?:#20260012 )?(?:👩‍👩‍👧‍👦)+…$/u);
  });

  it('drops characters that could turn text around or hide it', () => {
    const text = allText(reminderCard({ ...MODEL, title: 'invoice\u202Efdp.exe\u0007' }));
    expect(text).toContain('invoicefdp.exe');
  });
});

describe('the answer to a click', () => {
  it('shows a message in both languages and replaces the card', () => {
    const card = reminderCard({ ...MODEL, state: { kind: 'claimed' } });
    expect(clickAnswer('success', { en: 'Claimed', zh: '已领取' }, card)).toEqual({
      toast: { type: 'success', content: 'Claimed', i18n: { zh_cn: '已领取', en_us: 'Claimed' } },
      card: { type: 'raw', data: card },
    });
    expect(clickAnswer('info', { en: 'Already done', zh: '已处理' })).not.toHaveProperty('card');
  });
});
