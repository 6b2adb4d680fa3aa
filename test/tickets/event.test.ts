import fc from 'fast-check';
import { EVENT_TYPES, parseTicketEvent, ticketOrder, ticketSchema } from '../../tickets';

const minimal = {
  eventId: 'e-1',
  type: 'ticket.created',
  occurredAt: '2026-07-20T10:00:00+08:00',
  ticket: { id: 't-1' },
};

function refusedFields(input: unknown): string[] {
  const parsed = parseTicketEvent(input);
  return parsed.ok ? [] : parsed.errors.map((error) => error.field);
}

test('an event with nothing but what rules cannot live without is complete', () => {
  const parsed = parseTicketEvent(minimal);
  expect(parsed).toEqual({
    ok: true,
    event: {
      ...minimal,
      occurredAt: '2026-07-20T02:00:00.000Z',
      actor: { type: 'system' },
      ticket: { id: 't-1', followerIds: [], ccAgentIds: [], tags: [], customFields: {} },
      changes: [],
      schemaVersion: 1,
    },
  });
});

test.each([
  ['a missing event id', { ...minimal, eventId: undefined }, 'eventId'],
  ['a number as event id', { ...minimal, eventId: 17 }, 'eventId'],
  ['half a character as event id', { ...minimal, eventId: '\ud800x' }, 'eventId'],
  ['two dots as event id', { ...minimal, eventId: '..' }, 'eventId'],
  ['an event id of 201 characters', { ...minimal, eventId: 'x'.repeat(201) }, 'eventId'],
  ['an unknown type', { ...minimal, type: 'ticket.exploded' }, 'type'],
  ['a time without zone', { ...minimal, occurredAt: '2026-07-20T10:00:00' }, 'occurredAt'],
  ['a day that does not exist', { ...minimal, occurredAt: '2026-02-30T10:00:00Z' }, 'occurredAt'],
  ['no ticket', { ...minimal, ticket: undefined }, 'ticket'],
  ['a number as ticket id', { ...minimal, ticket: { id: 5 } }, 'ticket.id'],
  ['a number as assignee', { ...minimal, ticket: { id: 't', assigneeId: 5 } }, 'ticket.assigneeId'],
  ['an unknown priority', { ...minimal, ticket: { id: 't', priority: 'asap' } }, 'ticket.priority'],
  ['an unknown status type', { ...minimal, ticket: { id: 't', statusType: 'open' } }, 'ticket.statusType'],
  [
    'a follower that is no text',
    { ...minimal, ticket: { id: 't', followerIds: [3] } },
    'ticket.followerIds[0]',
  ],
  [
    'a nested custom field',
    { ...minimal, ticket: { id: 't', customFields: { a: {} } } },
    'ticket.customFields.a',
  ],
  ['a change without a field', { ...minimal, changes: [{ field: 'a' }, { from: 1 }] }, 'changes[1].field'],
  ['an unknown actor type', { ...minimal, actor: { type: 'robot' } }, 'actor.type'],
  ['a later schema', { ...minimal, schemaVersion: 2 }, 'schemaVersion'],
  ['a version that is no number', { ...minimal, ticket: { id: 't', version: 'v7' } }, 'ticket.version'],
  ['nothing at all', null, ''],
])('%s is refused by the path of the field', (_what, input, field) => {
  expect(refusedFields(input)).toEqual([field]);
});

test('a ticket with very many custom fields still reminds: the first are kept', () => {
  const customFields = Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`f${i}`, i]));
  const named = { ['x'.repeat(201)]: 1, ...customFields };
  const parsed = parseTicketEvent({ ...minimal, ticket: { id: 't', customFields: named } });
  if (!parsed.ok) throw new Error('refused');
  expect(Object.keys(parsed.event.ticket.customFields)).toHaveLength(500);
  expect(parsed.event.ticket.customFields).toMatchObject({ f0: 0, f499: 499 });
});

test('lists over their limits are refused by name', () => {
  const changes = Array.from({ length: 101 }, () => ({ field: 'priority' }));
  expect(refusedFields({ ...minimal, changes })).toEqual(['changes']);
});

test('a refusal never repeats what was sent', () => {
  const parsed = parseTicketEvent({ ...minimal, ticket: { id: 't', priority: 'secret-word', title: 7 } });
  expect(JSON.stringify(parsed)).not.toContain('secret-word');
});

test('null means none, unknown fields are dropped and a numeric status code becomes text', () => {
  const parsed = parseTicketEvent({
    ...minimal,
    causeId: null,
    actor: null,
    changes: null,
    reply: null,
    fromTheFuture: true,
    ticket: { id: 't-1', title: null, tags: null, customFields: null, statusCode: 3, mood: 'sunny' },
  });
  expect(parsed).toMatchObject({ ok: true, event: { actor: { type: 'system' }, changes: [] } });
  if (!parsed.ok) return;
  expect(parsed.event).not.toHaveProperty('fromTheFuture');
  expect(parsed.event.ticket).toMatchObject({ statusCode: '3', tags: [], customFields: {} });
  expect(parsed.event.ticket).not.toHaveProperty('mood');
});

test('long texts are shortened without tearing a character apart', () => {
  const parsed = parseTicketEvent({
    ...minimal,
    ticket: { id: 't', contentExcerpt: `${'x'.repeat(1999)}😀 and more`, title: 'y'.repeat(900) },
  });
  if (!parsed.ok) throw new Error('refused');
  expect(parsed.event.ticket.contentExcerpt).toBe('x'.repeat(1999));
  expect(parsed.event.ticket.title).toHaveLength(500);
});

const LONG = `https://desk.example.com/tickets/12?state=${'s'.repeat(2000)}`;

test.each([
  ['that is too long', LONG, { url: null, urlLeftOut: 'too-long' }],
  ['of 2,000 characters', LONG.slice(0, 2000), { url: LONG.slice(0, 2000) }],
  ['that is empty', '', { url: null }],
  ['that is none', null, { url: null }],
])(
  'an event with a link %s is taken, and its ticket says what became of the link',
  (_what, url, expected) => {
    const parsed = parseTicketEvent({ ...minimal, ticket: { id: 't', title: 'Printer', url } });
    if (!parsed.ok) throw new Error('refused');
    const { url: link, urlLeftOut, title } = parsed.event.ticket;
    expect({ url: link, ...(urlLeftOut ? { urlLeftOut } : {}) }).toEqual(expected);
    expect(title).toBe('Printer');
    expect(parseTicketEvent(parsed.event)).toEqual(parsed);
  },
);

test('an attachment with a link that is too long stays, without it', () => {
  const attachments = [
    { name: 'a.png', url: LONG },
    { name: 'b.png', url: 'https://files.example.com/b' },
  ];
  const parsed = parseTicketEvent({ ...minimal, reply: { attachments } });
  if (!parsed.ok) throw new Error('refused');
  expect(parsed.event.reply?.attachments).toEqual([{ name: 'a.png', url: null }, attachments[1]]);
});

test.each(['not a url', '/tickets/12', 'javascript:alert(1)', 'ftp://desk.example.com/12', 12, {}])(
  'a link that is no web address is refused by its field, with what it must be: %j',
  (url) => {
    const parsed = parseTicketEvent({ ...minimal, ticket: { id: 't', url } });
    expect(parsed).toMatchObject({ ok: false, errors: [{ field: 'ticket.url' }] });
    if (typeof url === 'string') expect(JSON.stringify(parsed)).toMatch(/must be an http\(s\) address/);
  },
);

test('a ticket that was read from its system keeps its reminders whatever its link is', () => {
  const { url, urlLeftOut } = ticketSchema.parse({ id: 't', url: 'tickets/12' });
  expect({ url, urlLeftOut }).toEqual({ url: null, urlLeftOut: 'no-web-address' });
});

test('parsing a parsed event changes nothing, whatever its type', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...EVENT_TYPES),
      fc.string({ minLength: 1, maxLength: 200 }).filter((text) => !/^\.{1,2}$/.test(text)),
      fc.dictionary(fc.string({ maxLength: 20 }), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
      (type, eventId, customFields) => {
        const once = parseTicketEvent({ ...minimal, type, eventId, ticket: { id: 't', customFields } });
        expect(once.ok && parseTicketEvent(once.event)).toEqual(once);
      },
    ),
  );
});

test.each([
  ['versions decide', { version: 2, updatedAt: '2026-01-01T00:00:00Z' }, { version: 10 }, -1],
  ['texts of digits compare as numbers', { version: '9' }, { version: '10' }, -1],
  [
    'versions beyond safe integers compare',
    { version: '90071992547409930' },
    { version: '90071992547409931' },
    -1,
  ],
  [
    'equal versions fall back to the time',
    { version: 1, updatedAt: '2026-01-02T00:00:00Z' },
    { version: 1, updatedAt: '2026-01-01T00:00:00Z' },
    1,
  ],
  [
    'times compare across zones',
    { updatedAt: '2026-01-01T10:00:00+08:00' },
    { updatedAt: '2026-01-01T03:00:00Z' },
    -1,
  ],
  ['nothing to compare is no order', { version: 4 }, { updatedAt: '2026-01-01T00:00:00Z' }, 0],
])('the order of two tickets: %s', (_what, a, b, order) => {
  expect(ticketOrder(a, b)).toBe(order);
  expect(ticketOrder(b, a)).toBe(order === 0 ? 0 : -order);
});

const statusOf = (event: object): unknown => {
  const parsed = parseTicketEvent({ ...minimal, ...event });
  return parsed.ok ? parsed.event.ticket.statusType : parsed.errors;
};

test.each([
  ['ticket.solved', 'solved'],
  ['ticket.closed', 'closed'],
  ['ticket.deleted', 'deleted'],
  ['ticket.reopened', 'in_progress'],
  ['ticket.rated', null],
])('%s tells the status where the ticket does not', (type, status) => {
  expect(statusOf({ type, ticket: { id: 't-1', statusType: null } })).toBe(status);
});

test('a status that the ticket or a change names is believed', () => {
  expect(statusOf({ type: 'ticket.closed', ticket: { id: 't-1', statusType: 'waiting' } })).toBe('waiting');
  const change = { field: 'statusType', from: 'new' };
  const type = 'ticket.status_changed';
  expect(statusOf({ type, changes: [{ ...change, to: 'closed' }] })).toBe('closed');
  expect(statusOf({ type, changes: [{ ...change, to: 'Erledigt' }] })).toBeUndefined();
});
