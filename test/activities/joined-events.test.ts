/** Later events of one action: the card that is out shows them, in place. */
import { createNotificationActivities } from '../../activities/notification';
import { createIntake } from '../../intake';
import type { Delivery } from '../../store';
import type { TicketEvent } from '../../tickets';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { uniqueId } from '../store/fixture';
import type { Company } from '../workflows/company';
import { notifiedCompany, somebodyElse, spoilSends, type SentMessage } from './notified-company';

const PATCH = { method: 'PATCH', path: '/open-apis/im/v1/messages/:id' };
const ACTION = 'action-1';

let company: Company;
notifiedCompany((opened) => (company = opened));

/** One ticket of one person, whose events all come from one action. */
async function ticketOfOnePerson(fields: Parameters<typeof rule>[0] = {}) {
  const { store, ports } = company;
  const dockingId = await company.freshDocking();
  const somebody = await somebodyElse(company);
  await seat(store, dockingId, [somebody.openId]);
  await setRules(store, dockingId, [
    rule(fields),
    rule({ ...fields, id: 'r2', name: 'Priority', triggers: ['ticket.priority_changed'] }),
    rule({ ...fields, id: 'r3', name: 'Reply', triggers: ['ticket.replied_by_customer'] }),
  ]);
  const docking = await store.dockings.require(dockingId);
  const intake = createIntake(store, () => new Date());
  const activities = createNotificationActivities(ports);
  const ticketId = uniqueId('t');
  let version = 0;
  const handOvers: boolean[] = [];
  const happens = async (
    type: TicketEvent['type'] = 'ticket.assigned_agent',
    ticket: object = {},
    more: object = {},
  ): Promise<string> => {
    version += 1;
    const event = ticketEvent({ id: ticketId, version, ...ticket }, { type, causeId: ACTION, ...more });
    const { deliveryIds, handOver } = await intake.take(docking, event, 'api');
    handOvers.push(handOver);
    return deliveryIds[0] ?? '';
  };
  const tell = (...ids: string[]) => activities.deliverAtOnce(dockingId, ids);
  const messages = async (): Promise<SentMessage[]> =>
    (await company.control<{ items: SentMessage[] }>('GET', `/messages?receiver=${somebody.openId}`)).items;
  const card = async (): Promise<SentMessage> => {
    const [message, ...others] = await messages();
    if (!message || others.length > 0) throw new Error(`${others.length + 1} messages instead of one`);
    return message;
  };
  const clicked = async (deliveryId: string, action: 'acknowledge' | 'claim' | 'snooze') => {
    const id = `${deliveryId}:${action}`;
    const { openId: employeeId } = somebody;
    const about = { dockingId, deliveryId, ticketId, employeeId, agentId: 'a1', text: null };
    await store.clicks.ask({ id, ...about, action, minutes: null, askedAt: new Date() });
    await store.clicks.settle(id, { state: 'done' });
    await activities.carryOutClick(id);
  };
  const delivery = async (id: string): Promise<Delivery> => {
    const found = await store.deliveries.get(id);
    if (!found) throw new Error('there is no such card');
    return found;
  };
  return { dockingId, activities, handOvers, happens, tell, messages, card, clicked, delivery };
}

test('an event that joins a card which is out changes it in place, and nothing else is sent', async () => {
  const { happens, handOvers, tell, card, delivery } = await ticketOfOnePerson();
  const first = await happens('ticket.assigned_agent', { priority: 'low', title: 'Printer' });
  expect(await tell(first)).toEqual({});
  expect((await card()).content).toContain('工单已分配');
  const joined = await happens(
    'ticket.priority_changed',
    { priority: 'urgent', title: 'Printer on fire' },
    { reply: { excerpt: 'It burns' } },
  );
  expect(joined).toBe(first);
  // The ticket's workflow hears of both.
  expect(handOvers).toEqual([true, true]);
  expect(await tell(joined)).toEqual({});
  const { content, updates } = await card();
  expect(updates).toHaveLength(1);
  for (const words of ['Priority changed · Ticket assigned', 'Printer on fire', '紧急', 'It burns'])
    expect(content).toContain(words);
  expect(content).toContain('Assigned to you, Priority');
  expect((await delivery(first)).shown?.events).toBe(2);
});

test('several that join while the card goes out are one change, however often it is asked for', async () => {
  const { happens, tell, card } = await ticketOfOnePerson();
  const id = await happens();
  await tell(id);
  await happens('ticket.priority_changed', { priority: 'urgent' });
  await happens('ticket.replied_by_customer', {}, { reply: { excerpt: 'Well?' } });
  for (let again = 0; again < 3; again += 1) expect(await tell(id)).toEqual({});
  expect((await card()).updates).toHaveLength(1);
});

test('all that joined before the card went out is in it from the beginning', async () => {
  const { happens, tell, card } = await ticketOfOnePerson();
  const id = await happens('ticket.assigned_agent', { priority: 'low' });
  await happens('ticket.priority_changed', { priority: 'urgent' });
  await tell(id);
  const { content, updates } = await card();
  expect(updates).toEqual([]);
  expect(content).toContain('Priority changed · Ticket assigned');
  expect(content).toContain('紧急');
  expect(await tell(id)).toEqual({});
  expect((await card()).updates).toEqual([]);
});

test('the message of an earlier try, which knew less, is brought up to date', async () => {
  const { happens, tell, card, activities, dockingId } = await ticketOfOnePerson();
  const id = await happens();
  await spoilSends(company, { effect: 'drop-answer' });
  expect(await tell(id)).toEqual({ later: [id] });
  await happens('ticket.priority_changed', { priority: 'urgent' });
  expect(await activities.deliver(dockingId, id)).toEqual({ outcome: 'sent' });
  const { content, updates } = await card();
  expect(updates).toHaveLength(1);
  expect(content).toContain('Priority changed');
});

test.each(['drop-answer', 'reset', 'rate-limit', 'html-502'])(
  'a change that meets %s waits for the patient way and is shown then',
  async (effect) => {
    const { happens, tell, card, activities, dockingId } = await ticketOfOnePerson();
    const id = await happens();
    await tell(id);
    await happens('ticket.priority_changed', { priority: 'urgent' });
    await company.control('POST', '/faults', { ...PATCH, times: 1, effect });
    expect(await tell(id)).toEqual({ later: [id] });
    expect(await activities.deliver(dockingId, id)).toEqual({ outcome: 'sent' });
    expect((await card()).content).toContain('Priority changed');
    expect((await card()).updates.length).toBe(effect === 'drop-answer' ? 2 : 1);
  },
);

test('what became of a click stays on the card, and who took care of it is not reminded again', async () => {
  const { happens, tell, card, clicked } = await ticketOfOnePerson({ timing: { repeatEveryMinutes: 30 } });
  const id = await happens();
  expect((await tell(id)).followUps).toHaveLength(1);
  await clicked(id, 'snooze');
  expect((await card()).content).toContain('再次提醒');
  await happens('ticket.priority_changed', { priority: 'urgent' });
  expect((await tell(id)).followUps).toHaveLength(1);
  expect((await card()).content).toContain('再次提醒');
  await clicked(id, 'acknowledge');
  await happens('ticket.replied_by_customer', {}, { reply: { excerpt: 'Thanks' } });
  expect(await tell(id)).toEqual({});
  const { content } = await card();
  expect(content).toContain('已知晓');
  expect(content).toContain('Thanks');
  expect(content).not.toMatch(/"a":"(acknowledge|snooze)"/);
  expect(await tell(id)).toEqual({});
});

test('a click on the card tells its outcome beside the newest text, never the old one', async () => {
  const { happens, tell, card, clicked } = await ticketOfOnePerson();
  const id = await happens('ticket.assigned_agent', { title: 'Printer' });
  await tell(id);
  await happens('ticket.priority_changed', { title: 'Printer on fire' });
  await clicked(id, 'acknowledge');
  expect((await card()).content).toContain('Printer on fire');
  expect((await card()).content).toContain('已知晓');
});

test('a card past its 14 days goes on in a new one, once, and the old one stays', async () => {
  const { happens, tell, messages } = await ticketOfOnePerson();
  const id = await happens();
  await tell(id);
  await happens('ticket.priority_changed', { priority: 'urgent' });
  await company.control('POST', '/faults', { ...PATCH, effect: 'code', code: 230031 });
  const { instead = [], ...rest } = await tell(id);
  expect(rest).toEqual({});
  expect((await tell(id)).instead).toEqual(instead);
  await tell(...instead);
  await tell(...instead);
  const sent = await messages();
  expect(sent).toHaveLength(2);
  expect(sent.filter(({ content }) => content.includes('Priority changed'))).toHaveLength(1);
});

test('what comes after a card ended joins the new one, and is no further message', async () => {
  const { happens, tell, messages, delivery } = await ticketOfOnePerson();
  const id = await happens();
  await tell(id);
  const { messageId } = await delivery(id);
  const path = `/open-apis/im/v1/messages/${messageId}`;
  await company.control('POST', '/faults', { method: 'PATCH', path, effect: 'code', code: 230011 });
  await happens('ticket.priority_changed', { priority: 'urgent' });
  await tell(...((await tell(id)).instead ?? []));
  await happens('ticket.replied_by_customer', {}, { reply: { excerpt: 'Well?' } });
  const { instead = [] } = await tell(id);
  expect(await tell(...instead)).toEqual({});
  const sent = await messages();
  expect(sent).toHaveLength(2);
  const goesOn = sent.find((message) => message.messageId !== messageId);
  expect(goesOn?.updates).toHaveLength(1);
  expect(goesOn?.content).toContain('Well?');
});

test('a notification that went out as a text cannot be changed: what joins it is told by a card of its own', async () => {
  const { happens, tell, card } = await ticketOfOnePerson();
  const id = await happens();
  await spoilSends(company, { effect: 'code', code: 230099 });
  await tell(id);
  expect((await card()).msgType).toBe('text');
  await happens('ticket.priority_changed', { priority: 'urgent' });
  const { instead = [] } = await tell(id);
  expect(instead).toHaveLength(1);
  expect((await card()).updates).toEqual([]);
});

test('contact data that leak prevention stops is masked in a change too', async () => {
  const { happens, tell, card } = await ticketOfOnePerson();
  const id = await happens();
  await tell(id);
  await company.control('PATCH', '/switches', { dlpAudit: true });
  await happens('ticket.replied_by_customer', {}, { reply: { excerpt: 'Call 13812345678 today' } });
  await tell(id);
  await company.control('PATCH', '/switches', { dlpAudit: false });
  expect((await card()).content).toContain('Call 13****78 today');
});

test('a card held back until after the ticket moved on tells how it stands when it goes out', async () => {
  const { happens, delivery, card, activities, dockingId } = await ticketOfOnePerson();
  const id = await happens('ticket.assigned_agent', { statusType: 'new' });
  const later = createNotificationActivities({
    ...company.ports,
    now: () => new Date(Date.now() + 9 * 3_600_000),
  });
  await happens('ticket.tag_changed', { statusType: 'closed', statusName: '已关闭' });
  expect((await delivery(id)).eventIds).toHaveLength(1);
  expect(await later.deliverAtOnce(dockingId, [id])).toEqual({});
  expect((await card()).content).toContain('已关闭');
  expect((await card()).content).not.toContain('"callback"');
  expect(await activities.deliverAtOnce(dockingId, [id])).toEqual({});
});
