/** Whatever people write into tickets: the platform takes the card, and the text stays text. */
import { deliverOnce } from '../../activities/notification/deliver';
import { createIntake, parseEvent } from '../../intake';
import { rule, seat, setRules } from '../intake/desk';
import { uniqueId } from '../store/fixture';
import type { Company } from '../workflows/company';
import { notifiedCompany, spoilSends, type SentMessage } from './notified-company';

let company: Company;
let nobodyElse = 0;
notifiedCompany((opened) => (company = opened));

const MOST_BYTES = 30 * 1024;
const MOST_TEXT_BYTES = 150 * 1024;
const LONG = 200_000;

/** One hostile text in every place that a ticket has for texts. */
function ticketOf(text: string): Record<string, unknown> {
  return {
    code: text,
    title: text,
    contentExcerpt: text,
    statusName: text,
    categoryPath: text,
    source: text,
    priority: 'urgent',
    statusType: 'in_progress',
    assigneeId: 'a1',
    assigneeName: text,
    groupName: text,
    customer: { name: text, organization: text },
    tags: [text],
    customFields: Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, text])),
    url: `https://desk.example/t?q=${text.slice(0, 300)}`,
  };
}

const hostile: [string, string][] = [
  ['markdown', '**bold** _it_ ~~gone~~ `code` # head\n- item\n> quote\n![i](https://evil.example/x.png)'],
  ['a mention of everybody', '<at id=all></at> <at user_id="all">all</at> <at email=x@y.example></at>'],
  ['a mention of somebody', '<at user_id="ou_0123456789abcdef0123456789abcdef"></at><person id="x"/>'],
  ['links', '[pay here](https://evil.example) <a href="https://evil.example">x</a> https://evil.example'],
  ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)><font color="red">x</font>&lt;at&gt;'],
  ['control characters', 'a\u0000b\u0007c\u001b[31md\u007fe\u0085f\r\ng\u2028h\u2029i'],
  ['text turned around', 'invoice\u202Egpj.exe \u2066x\u2069 \u202Aa\u202C'],
  ['emoji', '👩‍👩‍👧‍👦🇨🇳👍🏽'.repeat(400)],
  ['half characters', '\uD83D x \uDE00 \uD800'],
  ['places of templates', '{{title}} {ticket.title} ${x} {{#each}} <%= x %>'],
  ['card JSON', '","tag":"markdown","content":"<at id=all></at>"},{"tag":"x'],
  ['an endless line', 'x'.repeat(LONG)],
  ['an endless line of wide characters', '界'.repeat(LONG)],
  ['an endless line of escapes', '"\\\u0001'.repeat(LONG / 3)],
  ['endless combining marks', `e${'\u0301'.repeat(LONG)}`],
];

const HARMFUL = new RegExp(
  [
    '[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u202A-\\u202E\\u2066-\\u2069]',
    '[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])',
    '(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]',
  ].join('|'),
);

type Node = Record<string, unknown>;
function nodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodes);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodes)];
}
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** A card about such a ticket, by a rule whose template shows all of it. */
async function dueFor(text: string) {
  const { store, ports } = company;
  const dockingId = await company.freshDocking();
  const active = (await company.people()).filter(({ status }) => status === 'active');
  const somebody = active[nobodyElse % active.length];
  nobodyElse += 1;
  if (!somebody) throw new Error('the company has nobody');
  await seat(store, dockingId, [somebody.openId]);
  const fields = [
    'ticket.customerName',
    'ticket.tags',
    ...Array.from({ length: 17 }, (_, i) => `ticket.customFields.f${i}`),
  ];
  await setRules(store, dockingId, [
    rule({
      triggers: ['ticket.replied_by_customer'],
      template: { title: { en: 'Reply: {ticket.title}' }, text: { zh: '{ticket.title}' }, fields },
    }),
  ]);
  const docking = await store.dockings.require(dockingId);
  const intake = createIntake(store, () => new Date());
  const ticketId = uniqueId('t');
  const happens = async (version: number): Promise<string> => {
    const parsed = parseEvent({
      eventId: uniqueId('ev'),
      type: 'ticket.replied_by_customer',
      occurredAt: new Date().toISOString(),
      causeId: 'one',
      actor: { type: 'customer', id: 'c1', name: text },
      ticket: { id: ticketId, version, ...ticketOf(text) },
      reply: { excerpt: text },
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    return (await intake.take(docking, parsed.event, 'api')).deliveryIds[0] ?? '';
  };
  const deliver = (id: string) => deliverOnce(ports, dockingId, id, { pace: 'wait' });
  const message = async (deliveryId: string): Promise<SentMessage> => {
    const sent = await store.deliveries.get(deliveryId);
    if (!sent?.messageId) throw new Error(`nothing was sent: ${sent?.reason}`);
    return company.control<SentMessage>('GET', `/messages/${sent.messageId}`);
  };
  return { dockingId, ticketId, happens, deliver, message };
}

function expectHarmless(content: string, about: { d: string; t: string; n: string }): void {
  expect(Buffer.byteLength(content)).toBeLessThanOrEqual(MOST_BYTES);
  const card = JSON.parse(content) as Node;
  expect(card).toMatchObject({ schema: '2.0', config: { enable_forward: false } });
  const all = nodes(card);
  const tags = new Set(all.flatMap(({ tag }) => (typeof tag === 'string' ? [tag] : [])));
  for (const tag of ['markdown', 'lark_md', 'at', 'a', 'person', 'img', 'x']) expect(tags).not.toContain(tag);
  expect(texts(card).filter((text) => HARMFUL.test(text))).toEqual([]);
  for (const { type, value, default_url: url } of all) {
    if (type === 'callback') expect(value).toMatchObject(about);
    if (type === 'open_url') expect(url).toMatch(/^https:\/\/desk\.example\/t\?q=[^<>\s]*$/);
  }
  // What we say ourselves is there in both languages.
  const titles = all.flatMap(({ i18n_content: both }) => (both ? [both as Node] : []));
  expect(titles.length).toBeGreaterThan(3);
  for (const both of titles) expect(Object.keys(both).sort()).toEqual(['en_us', 'zh_cn']);
}

describe.each(hostile)('%s in every text of a ticket', (_what, text) => {
  test('arrives as a card that shows it as text, also when the card is changed', async () => {
    const { dockingId, ticketId, happens, deliver, message } = await dueFor(text);
    const id = await happens(1);
    expect((await deliver(id)).outcome).toBe('sent');
    expect(await happens(2)).toBe(id);
    await deliver(id);
    const { msgType, content, updates } = await message(id);
    expect(msgType).toBe('interactive');
    expect(updates).toHaveLength(1);
    expectHarmless(content, { d: dockingId, t: ticketId, n: id });
  });

  test('mentions and links nothing in the plain text either', async () => {
    const { happens, deliver, message } = await dueFor(text);
    const id = await happens(1);
    await spoilSends(company, { effect: 'code', code: 230099 });
    expect((await deliver(id)).outcome).toBe('sent');
    const { msgType, content } = await message(id);
    expect(msgType).toBe('text');
    const said = (JSON.parse(content) as { text: string }).text;
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(MOST_TEXT_BYTES);
    expect(said).not.toMatch(/[<>]|\]\(/);
    const addresses = said.match(/\w+:\/\/\S*/g) ?? [];
    expect(addresses.filter((address) => !address.startsWith('https://desk.example/t?q='))).toEqual([]);
  });
});
