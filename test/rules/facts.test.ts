import { compileRules, evaluate, FACTS, factsFor, fillTemplate, findFact, type RuleEvent } from '../../rules';
import { parseTicketEvent } from '../../tickets';
import { rule, ticketEvent } from './fixtures';

const now = new Date('2026-07-20T10:00:00.000Z');
const calendar = {
  timeZone: 'Asia/Shanghai',
  workingHours: { 1: [['09:00', '18:00']] },
  holidays: [],
} as const;

/** An event that has everything there is. */
const full: RuleEvent = {
  eventId: 'e1',
  type: 'ticket.urged',
  occurredAt: '2026-07-20T10:00:00.000Z',
  receivedAt: '2026-07-20T10:00:01.000Z',
  causeId: 'cause',
  actor: { type: 'agent', id: 'a1', name: 'Li' },
  ticket: {
    id: 't1',
    code: 'T1',
    version: 7,
    title: 'title',
    contentExcerpt: 'content',
    statusCode: '2',
    statusType: 'waiting',
    statusName: 'Waiting',
    priority: 'urgent',
    categoryPath: 'a/b',
    source: 'mail',
    createdAt: '2026-07-20T09:00:00.000Z',
    updatedAt: '2026-07-20T10:00:00.000Z',
    firstResponseDueAt: '2026-07-20T11:00:00.000Z',
    dueAt: '2026-07-20T12:00:00.000Z',
    closedAt: '2026-07-20T13:00:00.000Z',
    creator: { id: 'a2', type: 'agent', name: 'Wu' },
    customer: { id: 'c1', name: 'Wang', vip: false, organization: 'Org' },
    assigneeId: 'a1',
    assigneeName: 'Li',
    previousAssigneeId: 'a2',
    groupId: 'g1',
    groupName: 'Group',
    followerIds: ['a3'],
    ccAgentIds: ['a4'],
    tags: ['vip'],
    customFields: { amount: 5 },
    reopenCount: 0,
    urgeCount: 2,
    rating: { score: 3, remark: 'fine' },
    url: 'https://tickets.example/t1',
  },
  changes: [{ field: 'priority', from: 'low', to: 'urgent' }],
  reply: {
    id: 'r1',
    public: false,
    excerpt: 'note',
    attachments: [{ name: 'a.png' }],
    mentionedAgentIds: ['a5'],
  },
  sla: { metric: 'solution', dueAt: '2026-07-20T12:00:00.000Z', state: 'warning' },
  urge: { byAgentId: 'a6', remark: 'hurry' },
};

describe('facts of an event', () => {
  it('fill the whole catalogue when the event has everything, each of its documented type', () => {
    const facts = factsFor(full, { now, calendar });
    for (const { name, type, values } of FACTS) {
      const value = facts[name];
      expect([name, value]).not.toEqual([name, undefined]);
      if (type === 'list') expect(Array.isArray(value)).toBe(true);
      else if (type === 'time') expect(new Date(value as string).toISOString()).toBe(value);
      else if (type === 'choice') expect(values).toContain(value);
      else if (type === 'text') expect(typeof value).toBe('string');
      else if (type !== 'any') expect(typeof value).toBe(type);
    }
  });

  it('have no name that the catalogue does not know', () => {
    for (const name of Object.keys(factsFor(full, { now, calendar }))) {
      expect([name, findFact(name)?.name]).toEqual([name, name]);
    }
  });

  it('are flat, without a prototype, and keep hostile field names as mere names', () => {
    const customFields = JSON.parse('{"__proto__": "x", "constructor": 1, "amount": 5}') as Record<
      string,
      string
    >;
    const changes = [{ field: '__proto__', from: 'a', to: 'b' }];
    const facts = factsFor(ticketEvent({ changes }, { customFields }), { now });
    expect(Object.getPrototypeOf(facts)).toBeNull();
    expect(facts['constructor']).toBeUndefined();
    expect(facts['ticket.customFields.amount']).toBe(5);
    expect(({} as Record<string, unknown>)['from']).toBeUndefined();
  });

  it('leave out what the event does not have; lists are there and empty', () => {
    const facts = factsFor(
      {
        eventId: 'e',
        type: 'ticket.created',
        occurredAt: now.toISOString(),
        ticket: { id: 't', assigneeId: null, title: '' },
      },
      { now },
    );
    expect(Object.keys(facts).sort()).toEqual([
      'event.changedFields',
      'event.id',
      'event.occurredAt',
      'event.type',
      'reply.attachmentNames',
      'reply.mentionedAgentIds',
      'ticket.ccAgentIds',
      'ticket.followerIds',
      'ticket.id',
      'ticket.tags',
    ]);
  });

  it('name a change by its field, once from the first to the last value', () => {
    const changes = [
      { field: 'priority', from: null, to: 'low' },
      { field: 'priority', from: 'low', to: 'high' },
      { field: 'customFields.amount', from: 1, to: 2 },
    ];
    const facts = factsFor(ticketEvent({ changes }), { now });
    expect(facts['changes.priority']).toEqual({ from: null, to: 'high' });
    expect(facts['changes.priority.from']).toBeUndefined();
    expect(facts['changes.priority.to']).toBe('high');
    expect(facts['changes.customFields.amount.to']).toBe(2);
    expect(facts['event.changedFields']).toEqual(['priority', 'customFields.amount']);
  });

  it('take events exactly as the ticket side parses them', () => {
    const parsed = parseTicketEvent({ ...full, eventId: 'e2' });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    expect(factsFor(parsed.event, { now })['ticket.priority']).toBe('urgent');
  });
});

describe('the catalogue', () => {
  it('has each name once, described in both languages', () => {
    expect(new Set(FACTS.map(({ name }) => name)).size).toBe(FACTS.length);
    for (const { label } of FACTS) expect(Math.min(label.en.length, label.zh.length)).toBeGreaterThan(0);
  });

  it('is open for custom fields and for changes of every ticket field, and for nothing else', () => {
    expect(findFact('ticket.customFields.x')).toMatchObject({ type: 'any' });
    expect(findFact('changes.priority')).toMatchObject({ type: 'change' });
    expect(findFact('changes.priority.from')).toMatchObject({ type: 'choice', ordered: true });
    expect(findFact('changes.customFields.x.to')).toMatchObject({ type: 'any' });
    const unknown = [
      'ticket',
      'ticket.customFields.',
      'ticket.customFields.__proto__',
      'changes.nope',
      'changes.priority.x',
      'changes.event.type',
      'changes.changes.priority',
      '__proto__',
      '',
    ];
    for (const name of unknown) expect([name, findFact(name)]).toEqual([name, null]);
  });
});

describe('working time', () => {
  const shanghai = {
    timeZone: 'Asia/Shanghai',
    workingHours: {
      1: [
        ['09:00', '12:00'],
        ['13:00', '18:00'],
      ],
      5: [['22:00', '06:00']],
      7: [['00:00', '24:00']],
    },
    holidays: ['2026-07-27'],
  } as const;
  const at = (local: string): string => new Date(`${local}+08:00`).toISOString();
  const facts = (local: string) => factsFor(ticketEvent(), { now: new Date(at(local)), calendar: shanghai });

  it.each([
    ['2026-07-20T08:59:59', false, true, false],
    ['2026-07-20T09:00:00', true, true, false],
    ['2026-07-20T12:00:00', false, true, false],
    ['2026-07-20T17:59:59', true, true, false],
    ['2026-07-20T18:00:00', false, true, false],
    ['2026-07-21T10:00:00', false, false, false],
    ['2026-07-24T21:59:00', false, true, false],
    ['2026-07-24T23:00:00', true, true, false],
    ['2026-07-25T05:59:00', true, false, false],
    ['2026-07-25T06:00:00', false, false, false],
    ['2026-07-26T23:59:59', true, true, false],
    ['2026-07-27T10:00:00', false, false, true],
  ])('at %s in Shanghai: working hours %s, working day %s, holiday %s', (local, hours, day, holiday) => {
    expect(facts(local)).toMatchObject({
      'calendar.workingHours': hours,
      'calendar.workingDay': day,
      'calendar.holiday': holiday,
    });
  });

  it('tells weekday, hour and date in the local time of the calendar', () => {
    expect(facts('2026-07-26T00:30:00')).toMatchObject({
      'calendar.weekday': 7,
      'calendar.hour': 0,
      'calendar.date': '2026-07-26',
    });
  });

  it.each([
    ['workingHours', '2026-07-20T10:00:00', true],
    ['workingHours', '2026-07-20T20:00:00', false],
    ['outsideWorkingHours', '2026-07-20T20:00:00', true],
    ['workingDay', '2026-07-20T20:00:00', true],
    ['holiday', '2026-07-27T10:00:00', true],
  ])('lets a rule ask whether a time falls into %s: %s %s', async (value, created, expected) => {
    const inWindow = rule({ all: [{ fact: 'ticket.createdAt', operator: 'inCalendar', value }] });
    const event = ticketEvent({}, { createdAt: at(created) });
    const judged = async (context: Parameters<typeof factsFor>[1]) =>
      (await evaluate(compileRules({ version: 1, rules: [inWindow] }), factsFor(event, context))).rules[0]
        ?.matched;
    expect(await judged({ now, calendar: shanghai })).toBe(expected);
    expect(await judged({ now })).toBe(false);
  });

  it('is unknown without a calendar, and in a time zone that does not exist', () => {
    const names = FACTS.map(({ name }) => name).filter((name) => name.startsWith('calendar.'));
    const nowhere = { ...shanghai, timeZone: 'Mars/Olympus' };
    for (const context of [{ now }, { now, calendar: nowhere }]) {
      const known = factsFor(ticketEvent(), context);
      expect(names.map((name) => known[name])).toEqual(names.map(() => undefined));
    }
  });
});

describe('a text with places', () => {
  it('is filled with facts, and with nothing where the event has none', () => {
    const facts = factsFor(full, { now });
    expect(
      fillTemplate('{ticket.code}: {changes.priority}, {ticket.tags}{ticket.customFields.none}!', facts),
    ).toBe('T1: low → urgent, vip!');
  });

  it('leaves everything else alone, and does not fill in twice', () => {
    const facts = factsFor(ticketEvent({}, { title: '{ticket.code} $& {x}' }), { now });
    expect(fillTemplate('{nope} {constructor} {} {{ticket.title}}', facts)).toBe(
      '{nope} {constructor} {} {{ticket.code} $& {x}}',
    );
  });
});
