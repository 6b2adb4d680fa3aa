import type { Deadline } from '../../intake';
import type { Delivery } from '../../store';
import { rule, setRules } from '../intake/desk';
import { HOUR, MINUTE, openDueDesks, type DueDesk, type DueDesks } from './due-desk';

let desks: DueDesks;
beforeAll(async () => {
  desks = await openDueDesks();
});
beforeEach(() => desks.set(new Date('2026-11-25T08:00:00Z')));
afterAll(() => desks?.opened.end());

const after = (ms: number): string => desks.after(ms);
const desk = (): Promise<DueDesk> => desks.desk();
const pass = (ms: number): void => desks.set(new Date(desks.now().getTime() + ms));
const kinds = (deadlines: readonly Deadline[] | null): string[] | null =>
  deadlines && deadlines.map(({ kind }) => kind);
const created = { type: 'ticket.created' } as const;
const moved = (field: string) => ({
  type: 'ticket.field_changed' as const,
  changes: [{ field, from: null, to: null }],
});
const open = { statusType: 'in_progress' };
const BREACH = ['ticket.sla_breached', 'ticket.overdue'];
const NOTHING = { handOver: false, deadlines: null };

async function cardsBy({ cards }: DueDesk): Promise<string[]> {
  return (await cards()).flatMap(({ ruleIds }: Delivery) => [...ruleIds].sort().join(' '));
}

test('a ticket that is due in five minutes is warned of at once, and called breached when it is time', async () => {
  const at = await desk();
  const first = await at.take({ ...open, dueAt: after(5 * MINUTE) }, created);
  expect(first.handOver).toBe(true);
  expect(kinds(first.deadlines)).toEqual(['ticket.sla_warning', ...BREACH]);
  await at.meetAll(first);
  expect(await cardsBy(at)).toEqual(['ready-sla-warning']);
  pass(5 * MINUTE);
  await at.meetAll(first);
  expect(await cardsBy(at)).toEqual(['ready-overdue ready-sla-breached', 'ready-sla-warning']);
});

test.each([
  ['a new ticket that is due since the morning', created, -5 * HOUR],
  ['a ticket whose due time somebody moved to the morning', moved('dueAt'), -5 * HOUR],
  ['a ticket that was due 59 minutes ago, of which nobody told in time', {}, -59 * MINUTE],
])('%s is called breached at once, without a warning', async (_what, fields, ago) => {
  const at = await desk();
  const taken = await at.take({ ...open, dueAt: after(ago) }, fields);
  expect(taken.handOver).toBe(true);
  expect(kinds(taken.deadlines)).toEqual(BREACH);
  await at.meetAll(taken);
  expect(await cardsBy(at)).toEqual(['ready-overdue ready-sla-breached']);
});

test('a due time that is moved from ahead into the past is breached, the old one is not waited for', async () => {
  const at = await desk();
  await at.take({ ...open, dueAt: after(2 * HOUR) });
  const taken = await at.take({ ...open, dueAt: after(-3 * HOUR) }, moved('dueAt'));
  expect(kinds(taken.deadlines)).toEqual(BREACH);
  await at.meetAll(taken);
  expect(await cardsBy(at)).toEqual(['ready-overdue ready-sla-breached']);
});

test('the first response has its own due time: missed it is told, given it is not', async () => {
  const at = await desk();
  const due = { firstResponseDueAt: after(-2 * HOUR), dueAt: after(2 * HOUR) };
  const taken = await at.take({ statusType: 'new', ...due }, moved('firstResponseDueAt'));
  expect(taken.deadlines).toContainEqual({
    kind: 'ticket.sla_breached',
    metric: 'first_response',
    at: desks.now().getTime() - 2 * HOUR,
  });
  await at.meetAll(taken);
  expect(await cardsBy(at)).toEqual(['ready-sla-breached']);

  const other = await desk();
  expect(await other.take({ ...open, firstResponseDueAt: after(-MINUTE) }, created)).toMatchObject(NOTHING);
  // The other due time was moved; that this one is over is an old story.
  const old = { statusType: 'new', firstResponseDueAt: after(-2 * HOUR), dueAt: null };
  expect(await other.take(old, moved('dueAt'))).toMatchObject(NOTHING);
});

test.each([
  ['a new ticket that was due days ago', created, -25 * HOUR],
  ['a ticket whose due time somebody moved to days ago', moved('dueAt'), -25 * HOUR],
  ['a new ticket of an import', { ...created, occurredAt: '2026-11-20T08:00:00Z' }, -5 * HOUR],
])('%s is an old story', async (_what, fields, ago) => {
  expect(await (await desk()).take({ ...open, dueAt: after(ago) }, fields)).toMatchObject(NOTHING);
});

test('old tickets that are heard of for the first time stay silent, and are told of a new due time', async () => {
  const at = await desk();
  const old = { ...open, dueAt: after(-2 * HOUR) };
  expect(await at.take(old)).toMatchObject(NOTHING);
  expect(await at.take(old, { type: 'ticket.status_changed', changes: [] })).toMatchObject(NOTHING);
  expect(await at.take(old)).toMatchObject(NOTHING);
  expect(await cardsBy(at)).toEqual([]);
  const next = await at.take({ ...open, dueAt: after(2 * HOUR) }, moved('dueAt'));
  expect(kinds(next.deadlines)).toEqual(['ticket.sla_warning', ...BREACH]);
});

test('a due time is told of once: events after each of its moments cost nothing and bring no card', async () => {
  const at = await desk();
  const ticket = { ...open, dueAt: after(HOUR) };
  const first = await at.take(ticket, created);
  for (const until of [50 * MINUTE, 20 * MINUTE, 26 * HOUR]) {
    pass(until);
    await at.meetAll(first);
    const before = await cardsBy(at);
    expect(await at.take(ticket)).toMatchObject(NOTHING);
    // Also one that names the field without another time.
    expect(await at.take(ticket, moved('dueAt'))).toMatchObject(NOTHING);
    expect(await cardsBy(at)).toEqual(before);
  }
  expect(await cardsBy(at)).toHaveLength(2);
});

test('what is told late is told once too, before and after it is met', async () => {
  const at = await desk();
  const ticket = { ...open, dueAt: after(-10 * MINUTE) };
  const first = await at.take(ticket, created);
  expect(await at.take(ticket)).toMatchObject(NOTHING);
  await at.meetAll(first);
  pass(3 * HOUR);
  expect(await at.take(ticket)).toMatchObject(NOTHING);
  expect(await cardsBy(at)).toEqual(['ready-overdue ready-sla-breached']);
});

test('a breach that was told but not met yet is not forgotten when another due time moves', async () => {
  const at = await desk();
  const ticket = { statusType: 'new', dueAt: after(-5 * HOUR) };
  const first = await at.take(ticket, created);
  expect(kinds(first.deadlines)).toEqual(BREACH);
  const both = { ...ticket, firstResponseDueAt: after(HOUR) };
  const second = await at.take(both, moved('firstResponseDueAt'));
  expect(kinds(second.deadlines)).toEqual(['ticket.sla_warning', 'ticket.sla_breached', ...BREACH]);
  await at.meetAll(second);
  // Met once more, its reminders would begin anew.
  const third = await at.take({ ...both, firstResponseDueAt: after(2 * HOUR) }, moved('firstResponseDueAt'));
  expect(kinds(third.deadlines)).toEqual(['ticket.sla_warning', 'ticket.sla_breached']);
});

test('a breach that came while an event could not be handed over is in the hand-over', async () => {
  const at = await desk();
  const event = { ...created, eventId: `ev-${at.ticketId}` };
  const ticket = { ...open, dueAt: after(5 * MINUTE) };
  await at.take(ticket, event);
  pass(3 * HOUR);
  const again = await at.take(ticket, event);
  expect(again).toMatchObject({ state: 'duplicate', handOver: true });
  expect(kinds(again.deadlines)).toEqual(BREACH);
});

test('a warning that is met late, after the due time, says nothing beside the breach', async () => {
  const at = await desk();
  const first = await at.take({ ...open, dueAt: after(HOUR) }, created);
  pass(90 * MINUTE);
  await at.meetAll(first);
  expect(await cardsBy(at)).toEqual(['ready-overdue ready-sla-breached']);
});

test.each([['solved'], ['closed'], ['deleted']])(
  'a ticket that is %s has nothing to hear',
  async (statusType) => {
    const at = await desk();
    expect(await at.take({ statusType, dueAt: after(-MINUTE) }, created)).toMatchObject(NOTHING);
    expect(await at.take({ statusType, dueAt: after(MINUTE) }, moved('dueAt'))).toMatchObject(NOTHING);
  },
);

test('a ticket that is solved and opened again hears nothing of what it heard before', async () => {
  const at = await desk();
  const dueAt = after(HOUR);
  await at.meetAll(await at.take({ ...open, dueAt: after(-MINUTE) }, created));
  const first = await at.take({ ...open, dueAt }, moved('dueAt'));
  pass(50 * MINUTE);
  await at.meetAll(first);
  const told = await cardsBy(at);
  await at.take({ statusType: 'solved', dueAt }, { type: 'ticket.solved' });
  const opened = await at.take({ ...open, dueAt }, { type: 'ticket.status_changed' });
  expect(kinds(opened.deadlines)).toEqual(BREACH);
  await at.meetAll(opened);
  expect(await cardsBy(at)).toEqual(told);
});

test('what is told late waits for working time like all that time makes', async () => {
  const at = await desk();
  // 25 November 2026 is a Wednesday, and it is eight in the morning.
  const workingHours: Record<string, [string, string][]> = { '3': [['13:00', '18:00']] };
  const calendar = { timeZone: 'UTC', workingHours, holidays: [] };
  at.docking.calendar = calendar;
  await desks.store.dockings.patch(at.docking.id, { calendar });
  await setRules(desks.store, at.docking.id, [rule({ id: 'calm', triggers: ['ticket.sla_breached'] })]);
  await at.meetAll(await at.take({ ...open, dueAt: after(-MINUTE) }, created));
  expect(await at.cards()).toMatchObject([{ notBefore: new Date('2026-11-25T13:00:00Z') }]);
});

test('a ticket that is closed by an event without a status has no due time ahead any more', async () => {
  const at = await desk();
  const due = { statusType: null, dueAt: after(2 * HOUR) };
  expect(kinds((await at.take(due, created)).deadlines)).toEqual(['ticket.sla_warning', ...BREACH]);
  const closed = await at.take(due, { type: 'ticket.closed' });
  expect(closed).toMatchObject({ handOver: true, settles: 'closed', deadlines: [] });
});
