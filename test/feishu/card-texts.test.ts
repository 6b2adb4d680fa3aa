import fc from 'fast-check';
import {
  PLATFORM_LIMITS,
  cardBytes,
  digestCard,
  digestText,
  digestWithoutWords,
  maskedDigest,
  escapeMarkdown,
  escapeTextMessage,
  maskSensitive,
  maskedReminder,
  plainTextFallback,
  textWithoutWords,
  reminderCard,
} from '../../feishu';
import { MODEL, allText, nodes } from './card-nodes';

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

  it('says which tickets without their titles, once these were refused', () => {
    const [line] = model.lines;
    const stock = { headline: { en: 'Overdue', zh: '已逾期' }, status: { en: 'Closed', zh: '已关闭' } };
    const lines = [
      ...model.lines.map((one) => ({ ...one, stock })),
      { ...line, ticketNumber: '8', title: 'Bad', headline: 'Bad thing', status: 'Bad', stock },
      { ...line, ticketNumber: '9', title: 'Bad', headline: 'Bad thing', status: 'Bad' },
    ];
    expect(digestWithoutWords({ ...model, lines }).split('\n')).toEqual([
      'Your reminders',
      '#7 · Overdue · Closed',
      '#8 · Overdue · Closed',
      '#9',
      'Feishu’s content check refused the text of the ticket: open it to read on',
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

  const stock = {
    headline: { en: 'Ticket assigned', zh: '工单已分配' },
    status: { en: 'New', zh: '未受理' },
  };

  it('say in our own words what happened to it, once the ticket’s were refused', () => {
    const text = textWithoutWords({ ...MODEL, stock, language: 'en' });
    expect(text.split('\n')).toEqual([
      '#20260012 Ticket assigned',
      'Status: New',
      'Priority: High',
      'Feishu’s content check refused the text of the ticket: open it to read on',
      'Why you see this: Rule "High priority": you are the assignee',
      'https://desk.example.com/tickets/12',
    ]);
    expect(textWithoutWords(MODEL)).toContain('工单内容未通过飞书的内容审核，请打开工单查看');
  });

  it('leave out whatever of the ticket a rule or its own status may have brought in', () => {
    const bad = 'Bad word';
    const text = textWithoutWords({
      ...MODEL,
      ...{ headline: `New: ${bad}`, title: bad, status: bad, customer: bad, excerpt: bad },
      ...{ facts: [{ label: { en: bad, zh: bad }, value: bad }], state: { kind: 'reassigned', by: bad } },
      occasion: { mark: { en: 'Escalation', zh: '升级提醒' }, because: { en: 'B', zh: 'B' }, holder: bad },
      ...{ stock, language: 'en' },
    });
    expect(text).not.toContain(bad);
    expect(text.split('\n').slice(0, 3)).toEqual([
      '#20260012 Escalation: Ticket assigned',
      'B',
      'Status: New',
    ]);
    expect(textWithoutWords({ ...MODEL, headline: bad, status: bad })).not.toContain(bad);
  });

  it('say that the card is an escalation, and who has the ticket', () => {
    const occasion = {
      mark: { en: 'Escalation', zh: '升级提醒' },
      because: { en: 'Nobody has reacted.', zh: '尚无人响应。' },
    };
    const text = plainTextFallback({ ...MODEL, occasion: { ...occasion, holder: 'Wang' }, language: 'en' });
    expect(text.split('\n').slice(0, 2)).toEqual([
      '#20260012 Escalation: Assigned to you',
      'Nobody has reacted. The ticket is with Wang.',
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
