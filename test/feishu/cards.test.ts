import fc from 'fast-check';
import {
  NOTE_FIELD,
  PLATFORM_LIMITS,
  cardBytes,
  clickAnswer,
  digestCard,
  digestText,
  maskedDigest,
  escapeMarkdown,
  escapeTextMessage,
  maskSensitive,
  maskedReminder,
  plainTextFallback,
  reminderCard,
} from '../../feishu';
import type { CardState, ReminderCardModel } from '../../feishu';

const MODEL: ReminderCardModel = {
  dockingId: 'd1',
  ticketId: 't12',
  nonce: 'n-1',
  headline: { en: 'Assigned to you', zh: '已分配给你' },
  ticketNumber: '20260012',
  title: 'Printer does not print',
  status: { en: 'New', zh: '新建' },
  priority: 'high',
  urgency: 'routine',
  customer: 'Acme',
  facts: [{ label: { en: 'Group', zh: '受理组' }, value: 'Hardware' }],
  excerpt: 'It only hums.',
  why: { en: 'Rule "High priority": you are the assignee', zh: '规则“高优先级”：你是受理人' },
  url: 'https://desk.example.com/tickets/12',
  actions: ['claim', 'acknowledge', 'snooze', 'reply', 'close'],
};

type Node = Record<string, unknown>;

/** Every object of the card, wherever it sits. */
function nodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodes);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodes)];
}

const tagged = (card: object, tag: string): Node[] => nodes(card).filter((node) => node['tag'] === tag);
const callbacks = (card: object): Node[] =>
  nodes(card)
    .filter((node) => node['type'] === 'callback')
    .map((node) => node['value'] as Node);
const allText = (card: object): string => JSON.stringify(card);

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

describe('the digest card', () => {
  it('shows what fits and counts the rest', () => {
    const lines = Array.from({ length: 100 }, (_, index) => ({
      ticketNumber: String(index),
      title: '界'.repeat(500),
      headline: { en: 'Overdue', zh: '已逾期' },
      priority: 'normal' as const,
      url: `https://desk.example.com/tickets/${index}`,
    }));
    const card = digestCard({ headline: 'Your morning', lines, why: 'You asked for a digest' });
    expect(cardBytes(card)).toBeLessThanOrEqual(PLATFORM_LIMITS.cardBytes);
    const left = /and (\d+) more/.exec(allText(card))?.[1];
    const shown = nodes(card).filter((node) => node['type'] === 'open_url').length;
    expect(Number(left) + shown).toBe(100);
  });
});

describe('the digest as text, and with contact data hidden', () => {
  const model = {
    language: 'en' as const,
    headline: 'Your reminders',
    lines: [
      {
        ticketNumber: '7',
        title: '<at user_id="all">call 13800138000</at>',
        headline: { en: 'Overdue', zh: '已逾期' },
        status: { en: 'Closed', zh: '已关闭' },
      },
    ],
    why: 'You asked for a digest',
  };

  it('mentions nobody, and tells how each ticket stands', () => {
    expect(digestText(model).split('\n')).toEqual([
      'Your reminders',
      '#7 ＜at user_id="all"＞call 13800138000＜/at＞ · Overdue · Closed',
      'Why you see this: You asked for a digest',
    ]);
  });

  it('keeps the number of the ticket and hides that of the customer', () => {
    const text = allText(digestCard({ ...maskedDigest(model), marker: 'd_0123456789abcdef01' }));
    expect(text).toContain('#7');
    expect(text).not.toContain('13800138000');
  });
});

describe('user text', () => {
  it.each(['*', '_', '~', '<', '>', '[', ']', '(', ')', '`', '#', '&'])(
    'loses the power of %s in markdown',
    (sign) => {
      const escaped = escapeMarkdown(`a${sign}b`);
      expect(escaped).toBe(`a&#${sign.charCodeAt(0)};b`);
    },
  );

  it('comes back unchanged when a client decodes the entities', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const decoded = escapeMarkdown(text).replace(/&#(\d+);/g, (_, code: string) =>
          String.fromCharCode(Number(code)),
        );
        // eslint-disable-next-line no-control-regex -- control characters are dropped on purpose
        expect(decoded).toBe(text.replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, ''));
      }),
    );
  });

  it('cannot mention anybody in a text message', () => {
    expect(escapeTextMessage('<at user_id="all">x</at>[x](https://x.example)')).not.toMatch(/[<>[\]]/);
  });

  it('hides numbers and mailboxes, and leaves short numbers, addresses and words', () => {
    expect(maskSensitive('Call +86 138-0013-8000 or 13800138000, mail zhang.san@corp.example.com')).toBe(
      'Call +86****00 or 13****00, mail z***@***',
    );
    expect(maskSensitive('Ticket 12345, IP 203.0.113.10, cli_0123456789abcdef')).toBe(
      'Ticket 12345, IP 203.0.113.10, cli_0123456789abcdef',
    );
    expect(maskSensitive('１３８００１３８０００')).toBe('１３****００');
  });

  it('is masked in time that grows no faster than the text', () => {
    const hostile = `${'1 '.repeat(50_000)}${'a.'.repeat(50_000)}@${'b.'.repeat(50_000)}`;
    expect(maskSensitive(hostile).length).toBeGreaterThan(0);
  });
});

describe('the fallbacks', () => {
  it('say the same as the card in plain text', () => {
    const text = plainTextFallback({ ...MODEL, language: 'en', title: '<at user_id="all">hi</at>' });
    expect(text.split('\n')).toEqual([
      '#20260012 Assigned to you',
      '＜at user_id="all"＞hi＜/at＞',
      'Status: New',
      'Priority: High',
      'Customer: Acme',
      'Group: Hardware',
      'It only hums.',
      'Why you see this: Rule "High priority": you are the assignee',
      'https://desk.example.com/tickets/12',
    ]);
  });

  it('hide contact data after a refusal by data-loss prevention, but keep ids, number and link', () => {
    const masked = maskedReminder({
      ...MODEL,
      title: 'Call 13800138000',
      excerpt: 'or zhang@example.com',
      facts: [{ label: { en: 'Phone', zh: '电话' }, value: '+8613800138000' }],
    });
    const text = allText(reminderCard(masked));
    expect(text).not.toMatch(/13800138000|zhang@/);
    expect(text).toContain('#20260012');
    expect(masked).toMatchObject({ ticketId: 't12', nonce: 'n-1', url: MODEL.url });
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
