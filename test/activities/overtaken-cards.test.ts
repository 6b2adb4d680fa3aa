/** The world moves on while a card waits to be sent: its ticket, its docking, or whom it is for. */
import { createNotificationActivities } from '../../activities/notification';
import { deliverOnce } from '../../activities/notification/deliver';
import { whyShape } from '../../api/shapes';
import { createIntake, type Taken } from '../../intake';
import { rule, setRules, ticketEvent } from '../intake/desk';
import type { Company } from '../workflows/company';
import { dueCard, notifiedCompany, spoilSends, type Due } from './notified-company';

let company: Company;
notifiedCompany((opened) => (company = opened));

const MINUTE = 60_000;

async function attempt({ dockingId, deliveryId }: Due, { afterMs = 0 } = {}): Promise<string> {
  const ports = { ...company.ports, now: () => new Date(Date.now() + afterMs) };
  return (await deliverOnce(ports, dockingId, deliveryId, { pace: 'wait', timeoutMs: 8000 })).outcome;
}

/** The next thing that happens to ticket `t1`. */
async function happens(
  { dockingId }: Due,
  ticket: Parameters<typeof ticketEvent>[0],
  about: Parameters<typeof ticketEvent>[1],
): Promise<Taken> {
  const docking = await company.store.dockings.require(dockingId);
  const event = ticketEvent({ version: 2, ...ticket }, about);
  return createIntake(company.store, () => new Date()).take(docking, event, 'api');
}
const closes = (due: Due): Promise<Taken> =>
  happens(due, { statusType: 'closed' }, { type: 'ticket.closed' });
const refresh = ({ dockingId }: Due, { refreshes }: Taken) =>
  createNotificationActivities(company.ports).refreshCards(dockingId, refreshes);

/** Removes the binding of `a1`. */
async function unbind({ dockingId, employeeId }: Due): Promise<void> {
  const [binding] = await company.store.bindings.byAgent(dockingId, ['a1']);
  if (binding?.employeeId !== employeeId) throw new Error('nobody is bound');
  await company.store.bindings.unbind(binding.id, 'test');
}

test('a ticket that was closed before its card went out is closed on the card, without buttons', async () => {
  const due = await dueCard(company, { version: 1 });
  const closed = await closes(due);
  expect(closed.refreshes).toEqual([due.deliveryId]);
  expect(await attempt(due)).toBe('sent');
  const [card, ...more] = await due.messages();
  expect(more).toEqual([]);
  expect(card?.content).toMatch(/Closed|已关闭/);
  expect(card?.content).not.toContain('"a":"close"');
});

test('a card that was overtaken goes on to say what it was sent for, as one that was sent in time does', async () => {
  const due = await dueCard(company, { version: 1, title: 'Printer is on fire' });
  await happens(due, { title: 'Fire is out', priority: 'low' }, { type: 'ticket.priority_changed' });
  expect(await attempt(due)).toBe('sent');
  const [card] = await due.messages();
  expect(card?.content).toContain('Printer is on fire');
  expect(card?.content).toMatch(/Low|低/);
});

test('who got a ticket that went to somebody else meanwhile sees on the card that it did', async () => {
  const due = await dueCard(company, { version: 1 });
  await happens(due, { assigneeId: 'a9' }, { type: 'ticket.assigned_agent' });
  expect(await attempt(due)).toBe('sent');
  expect((await due.messages())[0]?.content).toMatch(/Passed on|已转交/);
});

test('a card that was written a moment before its ticket was closed is changed afterwards', async () => {
  const due = await dueCard(company, { version: 1 });
  await spoilSends(company, { effect: 'drop-answer' });
  await expect(attempt(due)).rejects.toThrow();
  const closed = await closes(due);
  expect(closed).toMatchObject({ handOver: true, refreshes: [due.deliveryId] });
  expect(await attempt(due)).toBe('sent');
  expect(await refresh(due, closed)).toEqual({ changed: 1, left: 0 });
  const [card, ...more] = await due.messages();
  expect(more).toEqual([]);
  expect(card?.content).not.toContain('"a":"close"');
});

test('who is told of an event by a new card does not keep an old one that shows the ticket as it was', async () => {
  const due = await dueCard(company, { version: 1 });
  const { dockingId } = due;
  expect(await attempt(due)).toBe('sent');
  await setRules(company.store, dockingId, [rule({ triggers: ['ticket.closed'] })]);
  const closed = await closes(due);
  const [next = ''] = closed.deliveryIds;
  expect(closed.refreshes).toEqual([due.deliveryId]);
  expect(await attempt({ ...due, deliveryId: next })).toBe('sent');
  await refresh(due, closed);
  const cards = await due.messages();
  expect(cards).toHaveLength(2);
  for (const { content } of cards) expect(content).toMatch(/Closed|已关闭/);
});

test('a card that a later event goes into keeps what that one says when it follows its ticket', async () => {
  const due = await dueCard(company, { version: 1, contentExcerpt: 'first words' });
  const { dockingId } = due;
  expect(await attempt(due)).toBe('sent');
  const moved = await happens(due, { priority: 'urgent' }, { type: 'ticket.priority_changed' });
  const updates = rule({ triggers: ['ticket.note_added'], timing: { card: 'update' } });
  await setRules(company.store, dockingId, [updates]);
  const noted = await happens(
    due,
    { priority: 'urgent', version: 3, contentExcerpt: 'latest words' },
    { type: 'ticket.note_added' },
  );
  expect(await attempt({ ...due, deliveryId: noted.deliveryIds[0] ?? '' })).toBe('sent');
  expect(await refresh(due, moved)).toEqual({ changed: 1, left: 0 });
  const [card, ...more] = await due.messages();
  expect(more).toEqual([]);
  expect(card?.content).toContain('latest words');
});

test.each([
  ['unbound', (due: Due) => unbind(due)],
  [
    'binding-suspended',
    (due: Due) => company.store.bindings.suspend(due.dockingId, due.employeeId, 'feishu:230029'),
  ],
])('a card that waited is not sent to somebody whose binding has gone: %s', async (reason, change) => {
  const due = await dueCard(company);
  await change(due);
  expect(await attempt(due, { afterMs: MINUTE })).toBe('failed');
  expect(await due.delivery()).toMatchObject({ state: 'failed', reason });
  expect(await due.messages()).toEqual([]);
});

test.each([
  ['paused', 'docking-paused'],
  ['disabled', 'docking-off'],
] as const)('what is due when an admin has a docking %s is kept for later', async (state, reason) => {
  const due = await dueCard(company);
  const { store } = company;
  await store.dockings.setState(due.dockingId, state);
  expect(await attempt(due)).toBe('failed');
  expect(await due.delivery()).toMatchObject({ state: 'needs-attention', reason });
  await store.dockings.setState(due.dockingId, 'live');
  expect(await store.deliveries.replay(due.deliveryId)).toBe(true);
  expect(await attempt(due)).toBe('sent');
  expect(await due.messages()).toHaveLength(1);
});

test('a card that is refused for now is pending, not failed', async () => {
  const due = await dueCard(company);
  await spoilSends(company, { effect: 'code', code: 99991663 }, 4);
  await expect(attempt(due)).rejects.toThrow();
  const delivery = await due.delivery();
  expect(delivery).toMatchObject({ state: 'planned', reason: expect.stringMatching(/^for-now:/) as string });
  const record = await company.store.events.get(due.dockingId, delivery.eventIds[0] ?? '');
  if (!record) throw new Error('no event');
  expect(whyShape(record, new Map([[delivery.id, delivery]]))).toMatchObject({
    receivers: [{ outcome: 'pending' }],
  });
});
