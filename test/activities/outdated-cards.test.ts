/** A ticket moves on without anybody having to be told: the cards that are out follow it, in place. */
import { createNotificationActivities } from '../../activities/notification';
import { refreshedReceivers } from '../../api/refreshed-cards';
import { createIntake, ticketChangeOf, type Taken } from '../../intake';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { uniqueId } from '../store/fixture';
import type { Company } from '../workflows/company';
import { notifiedCompany, type SentMessage } from './notified-company';

const DAY_MS = 86_400_000;

let company: Company;
let taken = 0;
notifiedCompany((opened) => (company = opened));

type Fields = Parameters<typeof ticketEvent>;

/** A ticket of `a1`; `a2` is in the same group. Only an assignment reminds anybody. */
async function ticketOfA1() {
  const { store, ports } = company;
  const dockingId = await company.freshDocking();
  const active = (await company.people()).filter(({ status }) => status === 'active');
  const people = active.slice(taken, taken + 2).map(({ openId }) => openId);
  taken += 2;
  await seat(store, dockingId, people);
  await setRules(store, dockingId, [rule()]);
  const docking = await store.dockings.require(dockingId);
  const ticketId = uniqueId('t');
  let version = 0;
  const happens = async (fields: Fields[0], about: Fields[1], { days = 0 } = {}): Promise<Taken> => {
    version += 1;
    const now = () => new Date(Date.now() + days * DAY_MS);
    const event = ticketEvent({ id: ticketId, version, ...fields }, about);
    const judged = await createIntake(store, now).take(docking, event, 'api');
    const activities = createNotificationActivities({ ...ports, now });
    await activities.deliverAtOnce(dockingId, judged.deliveryIds);
    if (judged.refreshes.length > 0) await activities.refreshCards(dockingId, judged.refreshes);
    return judged;
  };
  const assigned = () => happens({ assigneeId: 'a1', statusType: 'new' }, { type: 'ticket.assigned_agent' });
  const messages = async (agent: number): Promise<SentMessage[]> =>
    (await company.control<{ items: SentMessage[] }>('GET', `/messages?receiver=${people[agent - 1]}`)).items;
  const why = async ({ eventId }: Taken) => {
    const record = await store.events.get(dockingId, eventId);
    if (!record) throw new Error(`no event ${eventId}`);
    const cards = await store.deliveries.getMany(record.refreshes ?? []);
    return { record, receivers: refreshedReceivers(record, new Map(cards.map((card) => [card.id, card]))) };
  };
  return { dockingId, docking, happens, assigned, messages, why };
}

test('a ticket that is closed shows as closed on the card that is out, and nobody is told anew', async () => {
  const { assigned, happens, messages, why } = await ticketOfA1();
  await assigned();
  const [before] = await messages(1);
  expect(before?.content).toContain('"a":"close"');
  const closed = await happens(
    { assigneeId: 'a1', statusType: 'closed' },
    { type: 'ticket.closed', actor: { type: 'agent', id: 'a2' } },
  );
  const [card, ...more] = await messages(1);
  expect(more).toEqual([]);
  expect(card?.updates).toHaveLength(1);
  expect(card?.content).toMatch(/Closed|已关闭/);
  expect(card?.content).not.toContain('"a":"close"');
  const { record, receivers } = await why(closed);
  expect(record.receivers).toEqual([]);
  expect(receivers).toMatchObject([{ agentId: 'a1', outcome: 'updated', messageId: card?.messageId }]);
});

test('who was the assignee sees that somebody else is, and only the new one is told', async () => {
  const { assigned, happens, messages } = await ticketOfA1();
  await assigned();
  await happens({ assigneeId: 'a2', statusType: 'in_progress' }, { type: 'ticket.assigned_agent' });
  const [old] = await messages(1);
  expect(old?.updates).toHaveLength(1);
  expect(old?.content).toMatch(/reassigned|Passed on|转/i);
  const [fresh, ...more] = await messages(2);
  expect(more).toEqual([]);
  expect(fresh?.updates).toEqual([]);
});

test('a card goes on to tell what it was sent for, whatever the ticket is called by now', async () => {
  const { happens, messages } = await ticketOfA1();
  await happens(
    { assigneeId: 'a1', statusType: 'new', title: 'Printer burns', contentExcerpt: 'Smoke!' },
    { type: 'ticket.assigned_agent' },
  );
  await happens(
    { assigneeId: 'a1', statusType: 'solved', title: 'Printer, again', contentExcerpt: 'All good' },
    { type: 'ticket.solved' },
  );
  const [card] = await messages(1);
  expect(card?.updates).toHaveLength(1);
  expect(card?.content).toMatch(/Solved|已解决/);
  expect(card?.content).toContain('Printer burns');
  expect(card?.content).toContain('Smoke!');
  expect(card?.content).not.toContain('All good');
});

test('what no card shows changes none: the event stays without any Temporal action', async () => {
  const { assigned, happens, messages } = await ticketOfA1();
  await assigned();
  const tagged = await happens(
    { assigneeId: 'a1', statusType: 'new', tags: ['vip'] },
    { type: 'ticket.tag_changed' },
  );
  expect(tagged).toMatchObject({ handOver: false, refreshes: [] });
  expect((await messages(1))[0]?.updates).toEqual([]);
});

test('a ticket of which nobody has a card costs nothing either', async () => {
  const { happens } = await ticketOfA1();
  await happens({ assigneeId: null, statusType: 'new' }, { type: 'ticket.created' });
  const moved = await happens({ assigneeId: null, statusType: 'closed' }, { type: 'ticket.closed' });
  expect(moved).toMatchObject({ handOver: false, refreshes: [] });
});

test('a card of 14 days ago stays as it is, and no new one is sent for it', async () => {
  const { assigned, happens, messages } = await ticketOfA1();
  await assigned();
  const late = await happens(
    { assigneeId: 'a1', statusType: 'closed' },
    { type: 'ticket.closed' },
    { days: 15 },
  );
  expect(late.refreshes).toEqual([]);
  expect(await messages(1)).toHaveLength(1);
});

test('an outage is waited for, a refusal leaves the card as it is', async () => {
  const { dockingId, assigned, happens, messages, why } = await ticketOfA1();
  const { store, ports } = company;
  const patch = { method: 'PATCH', path: '/open-apis/im/v1/messages/:id' };
  await assigned();
  await company.control('POST', '/faults', { ...patch, effect: 'html-502', times: 1 });
  await expect(
    happens({ assigneeId: 'a1', statusType: 'solved' }, { type: 'ticket.solved' }),
  ).rejects.toThrow();
  const { items } = await store.events.list(dockingId, { limit: 1 });
  const solved = items[0];
  if (!solved?.refreshes) throw new Error('the event does not say which card it changes');
  expect((await why({ eventId: solved.eventId } as Taken)).receivers).toMatchObject([{ outcome: 'pending' }]);
  const activities = createNotificationActivities(ports);
  expect(await activities.refreshCards(dockingId, solved.refreshes)).toEqual({ changed: 1, left: 0 });

  await company.control('POST', '/faults', { ...patch, effect: 'code', code: 230031, times: 1 });
  expect(await activities.refreshCards(dockingId, solved.refreshes)).toEqual({ changed: 0, left: 1 });
  expect(await messages(1)).toHaveLength(1);
});

test('an app that lost the permission pauses the docking here too, as with every send', async () => {
  const { dockingId, assigned, happens, messages } = await ticketOfA1();
  await assigned();
  await company.control('POST', '/faults', {
    method: 'PATCH',
    path: '/open-apis/im/v1/messages/:id',
    effect: 'code',
    code: 99991672,
    times: 1,
  });
  await happens({ assigneeId: 'a1', statusType: 'closed' }, { type: 'ticket.closed' });
  expect(await company.store.dockings.require(dockingId)).toMatchObject({
    state: 'paused',
    pausedReason: expect.stringContaining('99991672') as string,
  });
  expect((await messages(1))[0]?.updates).toEqual([]);
});

test('a repeated event, and one that the sweep finds, name the same cards', async () => {
  const { docking, assigned, happens } = await ticketOfA1();
  await assigned();
  const closed = await happens({ assigneeId: 'a1', statusType: 'closed' }, { type: 'ticket.closed' });
  const { store, ports } = company;
  const record = await store.events.get(docking.id, closed.eventId);
  const again = await createIntake(store, ports.now).take(docking, record?.envelope as never, 'api');
  expect(again).toMatchObject({ state: 'duplicate', handOver: true, refreshes: closed.refreshes });
  expect(ticketChangeOf(again)).toMatchObject({ refreshes: closed.refreshes });
});

test('cards of another docking are nobody’s to change', async () => {
  const mine = await ticketOfA1();
  await mine.assigned();
  const { refreshes } = await mine.happens(
    { assigneeId: 'a1', statusType: 'closed' },
    { type: 'ticket.closed' },
  );
  const other = await company.freshDocking();
  const activities = createNotificationActivities(company.ports);
  expect(await activities.refreshCards(other, refreshes)).toEqual({ changed: 0, left: 1 });
});
