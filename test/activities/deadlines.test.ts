import type { Store } from '../../store';
import { rule, setRules } from '../intake/desk';
import { HOUR, openDueDesks, type DueDesk, type DueDesks } from './due-desk';

let desks: DueDesks;
let store: Store;
beforeAll(async () => {
  desks = await openDueDesks();
  ({ store } = desks);
});
beforeEach(() => desks.set(new Date('2026-11-25T08:00:00Z')));
afterAll(() => desks?.opened.end());

const after = (ms: number): string => desks.after(ms);
const desk = (): Promise<DueDesk> => desks.desk();

test('a due time gives a warning, a breach and an overdue, and an event that changes nothing is silent', async () => {
  const { take } = await desk();
  const first = await take({ dueAt: after(HOUR), statusType: 'in_progress' });
  const at = desks.now().getTime() + HOUR;
  expect(first).toMatchObject({ handOver: true, deliveryIds: [] });
  expect(first.deadlines).toEqual([
    { kind: 'ticket.sla_warning', metric: 'solution', at: at - 15 * 60_000 },
    { kind: 'ticket.sla_breached', metric: 'solution', at },
    { kind: 'ticket.overdue', at },
  ]);
  expect(await take({ dueAt: after(HOUR), statusType: 'in_progress' })).toMatchObject({
    handOver: false,
    deadlines: null,
  });
  expect(await take({ dueAt: after(2 * HOUR), statusType: 'in_progress' })).toMatchObject({ handOver: true });
  expect(await take({ dueAt: after(2 * HOUR), statusType: 'solved' })).toMatchObject({
    handOver: true,
    settles: 'closed',
    deadlines: [],
  });
});

test('a breach that has come is one event with one card, however often it is met', async () => {
  const { docking, take, meet, cards } = await desk();
  const { deadlines } = await take({ dueAt: after(HOUR), statusType: 'in_progress' });
  desks.set(new Date(desks.now().getTime() + HOUR));
  const breach = deadlines?.find(({ kind }) => kind === 'ticket.sla_breached');
  if (!breach) throw new Error('no breach lies ahead');
  const [once, again] = [await meet(breach), await meet(breach)];
  expect(once.deliveryIds).toHaveLength(1);
  expect(again.deliveryIds).toEqual(once.deliveryIds);
  expect(await cards()).toHaveLength(1);
  const [card] = await cards();
  const event = await store.events.get(docking.id, card?.eventIds[0] ?? '');
  expect(event).toMatchObject({ type: 'ticket.sla_breached', entrance: 'timer', state: 'handed-over' });
});

test.each([
  ['was solved', { statusType: 'solved' }],
  ['got more time', { statusType: 'in_progress', dueAt: '2026-12-24T08:00:00Z' }],
])('a ticket that %s meanwhile is not warned of', async (_what, ticket) => {
  const { take, meet, cards } = await desk();
  const { deadlines } = await take({ dueAt: after(HOUR), statusType: 'in_progress', version: 1 });
  await take({ version: 2, ...ticket });
  desks.set(new Date(desks.now().getTime() + HOUR));
  for (const deadline of deadlines ?? []) expect((await meet(deadline)).deliveryIds).toEqual([]);
  expect(await cards()).toEqual([]);
});

test('a breach that the ticket system told itself is not told twice', async () => {
  const { take, meet, cards } = await desk();
  const due = after(HOUR);
  const { deadlines } = await take({ dueAt: due, statusType: 'in_progress' });
  desks.set(new Date(desks.now().getTime() + HOUR));
  await take(
    { dueAt: due, statusType: 'in_progress' },
    { type: 'ticket.sla_breached', sla: { metric: 'solution', dueAt: due, state: 'breached' } },
  );
  const told = await cards();
  expect(told).toHaveLength(1);
  const breach = deadlines?.find(({ kind }) => kind === 'ticket.sla_breached');
  if (breach) await meet(breach);
  expect(await cards()).toHaveLength(1);
});

test('a ticket that nobody takes for ten minutes is told to its group; one that somebody took is not', async () => {
  for (const taken of [false, true]) {
    const { take, meet, cards } = await desk();
    const first = await take({ assigneeId: null, version: 1 }, { type: 'ticket.created' });
    expect(first).toMatchObject({ handOver: true, deliveryIds: [] });
    const [recheck] = first.rechecks;
    expect(recheck).toMatchObject({ kind: 'recheck', ruleId: 'ready-unassigned-too-long' });
    if (!recheck) throw new Error('no rule waits');
    if (taken) await take({ assigneeId: 'a1', version: 2 });
    desks.set(new Date(recheck.at));
    await meet(recheck);
    await meet(recheck);
    const due = await cards();
    expect(due.filter(({ ruleIds }) => ruleIds.includes('ready-unassigned-too-long'))).toHaveLength(
      taken ? 0 : 2,
    );
  }
});

test('a rule that waits for one moment because of several events of a ticket is one card for each person', async () => {
  const { docking, take, meet, cards } = await desk();
  const waits = { fact: 'ticket.createdAt', operator: 'olderThan', value: '10m' };
  const triggers = ['ticket.created', 'ticket.assigned_group', 'ticket.replied_by_customer'] as const;
  const receivers = [{ role: 'group-members' }] as const;
  await setRules(store, docking.id, [
    rule({
      id: 'waits',
      triggers: [...triggers],
      receivers: [...receivers],
      conditions: { all: [waits, { fact: 'ticket.assigneeId', operator: 'isEmpty' }] },
    }),
  ]);
  const createdAt = after(0);
  const rechecks = [];
  for (const [version, type] of triggers.entries()) {
    const taken = await take({ assigneeId: null, createdAt, version }, { type });
    rechecks.push(...taken.rechecks);
  }
  expect(rechecks).toHaveLength(3);
  desks.set(new Date(rechecks[0]?.at ?? 0));
  for (const recheck of rechecks) await meet(recheck);
  const told = (await cards()).map(({ employeeId, eventIds }) => `${employeeId} ${eventIds.length}`);
  expect(told.sort()).toEqual([...new Set(told)]);
  expect(told).toHaveLength(2);
});

test('a rule that waits goes on waiting when something else moved the time that it waits for', async () => {
  const { docking, take, meet, cards } = await desk();
  const untouched = { fact: 'ticket.updatedAt', operator: 'olderThan', value: '10m' };
  await setRules(store, docking.id, [
    rule({ id: 'waits', triggers: ['ticket.created'], conditions: { all: [untouched] } }),
  ]);
  const { rechecks } = await take({ version: 1, updatedAt: after(0) }, { type: 'ticket.created' });
  desks.set(new Date(desks.now().getTime() + 4 * 60_000));
  await take({ version: 2, updatedAt: after(0) });
  const [first] = rechecks;
  if (!first) throw new Error('no rule waits');
  desks.set(new Date(first.at));
  const judged = await meet(first);
  expect(await cards()).toEqual([]);
  const [next] = judged.rechecks ?? [];
  expect(next).toMatchObject({ kind: 'recheck', ruleId: 'waits', at: first.at + 4 * 60_000 });
  if (!next) throw new Error('it does not wait on');
  desks.set(new Date(next.at));
  await meet(next);
  expect(await cards()).toHaveLength(1);
});

test('an event was received when it was taken in, unless its source says when, and still so when it is judged again', async () => {
  const { docking, take, meet, cards } = await desk();
  const received = { fact: 'event.receivedAt', operator: 'olderThan', value: '10m' };
  await setRules(store, docking.id, [
    rule({ id: 'waits', triggers: ['ticket.created'], conditions: { all: [received] } }),
  ]);
  const { rechecks } = await take(
    { version: 1 },
    { type: 'ticket.created', occurredAt: '2026-11-01T00:00:00Z' },
  );
  expect(rechecks.map(({ at }) => at)).toEqual([desks.now().getTime() + 10 * 60_000]);
  for (const recheck of rechecks) {
    desks.set(new Date(recheck.at));
    await meet(recheck);
  }
  expect(await cards()).toHaveLength(1);
});

test('each rule is warned as early as its timing says, once, and a due time that moved moves or ends the warnings', async () => {
  const { docking, take, meet, cards } = await desk();
  const warned = (id: string, warnBeforeMinutes?: number) =>
    rule({
      id,
      triggers: ['ticket.sla_warning'],
      ...(warnBeforeMinutes === undefined ? {} : { timing: { warnBeforeMinutes } }),
    });
  await setRules(store, docking.id, [warned('early', 120), warned('usual'), warned('same', 15)]);
  const dueAt = after(4 * HOUR);
  const { deadlines } = await take({ version: 1, dueAt, statusType: 'in_progress' });
  const [early, usual, ...more] = deadlines ?? [];
  if (!early || !usual) throw new Error('no warning lies ahead');
  expect(more).toEqual([]);
  expect([early, usual].map(({ at }) => (Date.parse(dueAt) - at) / 60_000)).toEqual([120, 15]);

  desks.set(new Date(early.at));
  await meet(early);
  await meet(early);
  expect((await cards()).map(({ ruleIds }) => ruleIds)).toEqual([['early']]);
  desks.set(new Date(usual.at));
  await meet(usual);
  expect((await cards()).map(({ ruleIds }) => [...ruleIds].sort())).toEqual([['same', 'usual'], ['early']]);

  const moved = await take({ version: 2, dueAt: after(9 * HOUR), statusType: 'in_progress' });
  expect(moved.deadlines).toHaveLength(2);
  const [next] = moved.deadlines ?? [];
  const over = await take({ version: 3, dueAt: after(9 * HOUR), statusType: 'solved' });
  expect(over).toMatchObject({ deadlines: [], settles: 'closed' });
  if (next) expect(await meet(next)).toEqual({ deliveryIds: [] });
});
