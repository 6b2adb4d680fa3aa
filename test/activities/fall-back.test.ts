import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNotificationActivities } from '../../activities/notification';
import { createIntake } from '../../intake';
import { NO_NOTIFICATION_SETTINGS, type NotificationSettings } from '../../store';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import type { Company } from '../workflows/company';
import { person } from '../store/fixture';
import { dueCard, notifiedCompany, somebodyElse, spoilSends, type SentMessage } from './notified-company';

let company: Company;
notifiedCompany((opened) => (company = opened));

const settings = (some: Partial<NotificationSettings>): NotificationSettings => ({
  ...NO_NOTIFICATION_SETTINGS,
  ...some,
});

async function groupChat(): Promise<string> {
  const { chatId } = await company.control<{ chatId: string }>('POST', '/chats', { appIds: [company.appId] });
  return chatId;
}
async function messagesTo(receiver: string): Promise<SentMessage[]> {
  return (await company.control<{ items: SentMessage[] }>('GET', `/messages?receiver=${receiver}`)).items;
}

/** A webhook that answers as told and writes down what it was sent. */
async function openWebhook(statuses: number[]) {
  const bodies: { headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      bodies.push({ headers: request.headers, body });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return { url, bodies, close: () => new Promise((done) => server.close(done)) };
}

/** The assignee `a9` is bound to nobody; `a1`, who may lead, is bound to a person who left. */
async function unboundAssignee(notification: NotificationSettings) {
  const dockingId = await company.freshDocking();
  const [lead] = (await company.people()).filter(({ status }) => status === 'active').slice(-1);
  if (!lead) throw new Error('nobody is left');
  await seat(company.store, dockingId, [lead.openId]);
  await setRules(company.store, dockingId, [rule()]);
  await company.store.dockings.patch(dockingId, { notification });
  const take = async () => {
    const docking = await company.store.dockings.require(dockingId);
    const event = ticketEvent({ assigneeId: 'a9' });
    const taken = await createIntake(company.store, () => new Date()).take(docking, event, 'api');
    const record = await company.store.events.get(dockingId, event.eventId);
    return { taken, receivers: record?.receivers ?? [] };
  };
  return { dockingId, lead, take };
}

test('an unbound assignee: the lead of the group is told', async () => {
  const desk = await unboundAssignee(settings({ groupLeads: { g1: 'a1' } }));
  const { taken, receivers } = await desk.take();
  expect(taken.deliveryIds).toHaveLength(1);
  expect(receivers).toMatchObject([
    { role: 'assignee', agentId: 'a9', suppressedBy: 'unbound' },
    { role: 'fallback:group-lead', agentId: 'a1', employeeId: desk.lead.openId, suppressedBy: null },
  ]);
});

test('a lead who left too: the chat of the group gets the card, and every step is in the answer', async () => {
  const chatId = await groupChat();
  const desk = await unboundAssignee(settings({ groupLeads: { g1: 'a1' }, groupChats: { g1: chatId } }));
  await company.store.employees.markLeft(desk.dockingId, [desk.lead.openId]);
  const { taken, receivers } = await desk.take();
  expect(receivers.map(({ role, suppressedBy }) => [role, suppressedBy])).toEqual([
    ['assignee', 'unbound'],
    ['fallback:group-lead', 'employee-left'],
    ['fallback:group-chat', null],
  ]);
  const activities = createNotificationActivities(company.ports);
  expect(await activities.deliverAtOnce(desk.dockingId, taken.deliveryIds)).toEqual({});
  expect(await messagesTo(chatId)).toHaveLength(1);
});

test('nobody named: nothing goes out, and the reason stays that of the assignee', async () => {
  const { taken, receivers } = await (await unboundAssignee(settings({}))).take();
  expect(taken.deliveryIds).toEqual([]);
  expect(receivers).toMatchObject([{ role: 'assignee', suppressedBy: 'unbound' }]);
});

test('a person the app cannot reach, then a chat it is not in: the webhook hears ids only, signed', async () => {
  const webhook = await openWebhook([503, 200]);
  const due = await dueCard(company);
  const { store } = company;
  await store.dockings.patch(due.dockingId, {
    notification: settings({ groupChats: { g1: 'oc_gone' }, fallbackWebhook: { url: webhook.url } }),
  });
  await store.dockings.setSecrets(due.dockingId, { fallbackWebhookSecret: 'shared' });
  const activities = createNotificationActivities(company.ports);
  await spoilSends(company, { effect: 'code', code: 230013 });
  const first = await activities.deliverAtOnce(due.dockingId, [due.deliveryId]);
  expect(first).toMatchObject({ failed: 1 });
  await spoilSends(company, { effect: 'code', code: 230002 });
  const second = await activities.deliverAtOnce(due.dockingId, first.instead ?? []);
  expect(second).toMatchObject({ failed: 1 });
  const [hook = ''] = second.instead ?? [];
  expect(await activities.deliverAtOnce(due.dockingId, [hook])).toEqual({ later: [hook] });
  expect(await activities.deliver(due.dockingId, hook)).toEqual({ outcome: 'sent' });
  expect(webhook.bodies).toHaveLength(2);
  expect(JSON.parse(webhook.bodies[1]?.body ?? '')).toMatchObject({ deliveryId: hook, ticketId: 't1' });
  expect(webhook.bodies[1]?.body).not.toContain('Printer');
  expect(webhook.bodies[1]?.headers['x-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
  const record = await store.events.get(due.dockingId, (await due.delivery()).eventIds[0] ?? '');
  expect(record?.receivers.map(({ role }) => role)).toEqual([
    'assignee',
    'fallback:group-chat',
    'fallback:webhook',
  ]);
  await webhook.close();
});

test('a worker that dies once the next step is planned: whoever takes over takes that step, once', async () => {
  const due = await dueCard(company);
  const lead = await somebodyElse(company);
  const { store } = company;
  await store.employees.bulkApply(due.dockingId, [person(lead.openId, { mobile: '+8613800009999' })]);
  await store.bindings.bind({
    dockingId: due.dockingId,
    employeeId: lead.openId,
    agentId: 'lead',
    method: 'manual',
    createdBy: 'test',
  });
  await store.dockings.patch(due.dockingId, { notification: settings({ groupLeads: { g1: 'lead' } }) });
  const activities = createNotificationActivities(company.ports);
  await spoilSends(company, { effect: 'code', code: 230013 });
  const first = await activities.deliverAtOnce(due.dockingId, [due.deliveryId]);
  expect(first).toMatchObject({ failed: 1, instead: [expect.any(String)] });
  // Its answer never reached Temporal, so the same step is asked for again.
  expect(await activities.deliverAtOnce(due.dockingId, [due.deliveryId])).toEqual(first);
  expect(await activities.deliverAtOnce(due.dockingId, first.instead ?? [])).toEqual({});
  expect(await activities.deliverAtOnce(due.dockingId, [due.deliveryId])).toEqual(first);
  expect(await messagesTo(lead.openId)).toHaveLength(1);
});
