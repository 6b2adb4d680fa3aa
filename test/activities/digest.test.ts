import { createNotificationActivities } from '../../activities/notification';
import { deliverOnce } from '../../activities/notification/deliver';
import { createIntake, replayOne } from '../../intake';
import { NO_NOTIFICATION_SETTINGS, type Delivery } from '../../store';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import type { Company } from '../workflows/company';
import { openNotifiedCompany, spoilSends, type SentMessage } from './notified-company';

let company: Company;
let activities: ReturnType<typeof createNotificationActivities>;
let told: { ticketId: string; deliveryIds: string[] }[];
let nobodyElse = 30;
beforeAll(async () => {
  company = await openNotifiedCompany();
});
afterAll(() => company?.close());
beforeEach(async () => {
  told = [];
  activities = createNotificationActivities({
    ...company.ports,
    tellTicket: async (_docking, { ticketId, deliveryIds }) => void told.push({ ticketId, deliveryIds }),
  });
  await company.control('DELETE', '/faults');
});

/** A person with a digest, and as many tickets that wait for it. */
async function waiting(tickets: number) {
  const { store } = company;
  const dockingId = await company.freshDocking();
  const person = (await company.people()).filter(({ status }) => status === 'active')[(nobodyElse -= 1)];
  if (!person) throw new Error('the company has nobody left');
  await seat(store, dockingId, [person.openId]);
  await setRules(store, dockingId, [rule()]);
  await store.preferences.put(dockingId, person.openId, {
    quietHours: null,
    language: 'en',
    timeZone: null,
    events: {},
    digest: { every: 'hour', at: null },
  });
  const docking = await store.dockings.require(dockingId);
  const moment = new Date();
  const intake = createIntake(store, () => moment);
  const event = (ticketId: string, more: object = {}) =>
    intake.take(docking, ticketEvent({ id: ticketId, code: ticketId.toUpperCase(), ...more }), 'api');
  for (let number = 1; number <= tickets; number += 1) await event(`t${number}`);
  const all = async (): Promise<Delivery[]> => (await store.deliveries.list(dockingId, { limit: 200 })).items;
  const members = async (): Promise<Delivery[]> => (await all()).filter(({ digestId }) => digestId);
  const digestId = (await members())[0]?.digestId ?? '';
  const messages = async (): Promise<SentMessage[]> =>
    (await company.control<{ items: SentMessage[] }>('GET', `/messages?receiver=${person.openId}`)).items;
  const tell = (replay: string | null = null) => activities.tellDigest(dockingId, digestId, replay);
  return { dockingId, digestId, employeeId: person.openId, event, all, members, messages, tell };
}

async function unbind(dockingId: string, employeeId: string): Promise<void> {
  const { bindings } = company.store;
  const [binding] = await bindings.byEmployee(dockingId, [employeeId]);
  await bindings.unbind(binding?.id ?? '', 'test');
}

test('all that waits is one card, and every notification knows which', async () => {
  const { tell, messages, members, all } = await waiting(3);
  expect(await tell()).toEqual({ sent: 1, failed: 0 });
  const [message, ...more] = await messages();
  expect(more).toEqual([]);
  for (const code of ['#T1', '#T2', '#T3']) expect(message?.content).toContain(code);
  expect(message?.content).toContain('3 reminders');
  const carrier = (await all()).find(({ bundles }) => bundles);
  expect(carrier).toMatchObject({ role: 'digest', state: 'sent', uuid: message?.uuid, attempts: 1 });
  for (const member of await members()) {
    expect(member).toMatchObject({
      state: 'sent',
      reason: 'digest',
      carriedBy: 'digest',
      bundledInto: carrier?.id,
      messageId: message?.messageId,
    });
  }
});

test('ten who tell it at once are one card', async () => {
  const { tell, messages } = await waiting(2);
  await Promise.allSettled(Array.from({ length: 10 }, () => tell()));
  await tell();
  expect(await messages()).toHaveLength(1);
});

test('whoever is bound to the agent no more gets no digest of their tickets', async () => {
  const { dockingId, employeeId, tell, messages, members } = await waiting(2);
  await unbind(dockingId, employeeId);
  await tell();
  expect(await messages()).toEqual([]);
  expect(await members()).toMatchObject([
    { state: 'failed', reason: 'unbound' },
    { state: 'failed', reason: 'unbound' },
  ]);
});

test('whoever is told instead of an unbound agent is told although the worker died in between', async () => {
  const { dockingId, employeeId, tell, members } = await waiting(2);
  await company.store.dockings.patch(dockingId, {
    notification: {
      ...NO_NOTIFICATION_SETTINGS,
      fallbackWebhook: { url: 'https://duty.example.com/hook' },
    },
  });
  await unbind(dockingId, employeeId);
  const dying = createNotificationActivities({
    ...company.ports,
    tellTicket: () => Promise.reject(new Error('died')),
  });
  const digestId = (await members())[0]?.digestId ?? '';
  await expect(dying.tellDigest(dockingId, digestId, null)).rejects.toThrow('died');
  expect(told).toEqual([]);
  await tell();
  expect(told.map(({ ticketId }) => ticketId).sort()).toEqual(['t1', 't2']);
  expect(await members()).toMatchObject([
    { state: 'failed', reason: 'unbound' },
    { state: 'failed', reason: 'unbound' },
  ]);
  await tell();
  expect(told).toHaveLength(2);
});

test('of a digest that could not be told at once nothing is told after its agent was unbound', async () => {
  const { dockingId, employeeId, tell, messages, members } = await waiting(2);
  await spoilSends(company, { effect: 'rate-limit' });
  await expect(tell()).rejects.toThrow();
  await unbind(dockingId, employeeId);
  await tell();
  expect(await messages()).toEqual([]);
  expect(await members()).toMatchObject([{ state: 'failed' }, { state: 'failed' }]);
});

test('a lost answer is the same card again, with the same members, though others came meanwhile', async () => {
  const { tell, messages, members, event } = await waiting(2);
  await spoilSends(company, { effect: 'drop-answer' });
  await expect(tell()).rejects.toThrow();
  await event('t3');
  expect(await tell()).toEqual({ sent: 2, failed: 0 });
  const contents = (await messages()).map(({ content }) => content);
  expect(contents).toHaveLength(2);
  for (const code of ['#T1', '#T2', '#T3']) {
    expect(contents.filter((content) => content.includes(code))).toHaveLength(1);
  }
  expect((await members()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
});

test('what a kill between sending and noting left undone is noted, not sent again', async () => {
  const { tell, messages, members, all, dockingId } = await waiting(2);
  await spoilSends(company, { effect: 'rate-limit' });
  await expect(tell()).rejects.toThrow();
  const carrier = (await all()).find(({ bundles }) => bundles);
  await deliverOnce(company.ports, dockingId, carrier?.id ?? '', { pace: 'wait' });
  expect((await members()).map(({ state }) => state)).toEqual(['planned', 'planned']);
  expect(await tell()).toEqual({ sent: 1, failed: 0 });
  expect(await messages()).toHaveLength(1);
  expect((await members()).map(({ state }) => state)).toEqual(['sent', 'sent']);
});

test('past the platform’s memory of a key the chat tells that the digest arrived', async () => {
  const { tell, messages, event, members } = await waiting(1);
  await tell();
  await event('t2');
  await spoilSends(company, { effect: 'drop-answer' });
  await expect(tell()).rejects.toThrow();
  const later = createNotificationActivities({
    ...company.ports,
    now: () => new Date(Date.now() + 2 * 3600_000),
  });
  const [{ dockingId, digestId } = { dockingId: '', digestId: '' }] = await members();
  expect(await later.tellDigest(dockingId, digestId ?? '', null)).toEqual({ sent: 1, failed: 0 });
  expect(await messages()).toHaveLength(2);
});

test('a ticket that was closed meanwhile is listed with its present state', async () => {
  const { tell, messages, event } = await waiting(1);
  await event('t1', { version: 2, statusType: 'closed', assigneeId: null });
  await tell();
  const [message] = await messages();
  expect(message?.content).toContain('#T1');
  expect(message?.content).toContain('Closed');
});

test('a hundred tickets with long titles are one card within 30 KB that counts the rest', async () => {
  const { tell, messages, event } = await waiting(1);
  for (let number = 2; number <= 100; number += 1) await event(`t${number}`, { title: '界'.repeat(400) });
  await tell();
  const [message, ...more] = await messages();
  expect(more).toEqual([]);
  expect(Buffer.byteLength(message?.content ?? '')).toBeLessThanOrEqual(30 * 1024);
  expect(message?.content).toMatch(/and \d+ more/);
  expect(message?.content).toContain('100 reminders');
});

test('a digest that the platform refuses for the docking is parked whole, and a replay of any part is one card', async () => {
  const { tell, messages, members, dockingId, digestId } = await waiting(2);
  const { store } = company;
  await store.dockings.setState(dockingId, 'paused', { pausedReason: 'feishu:99991672' });
  expect(await tell()).toEqual({ sent: 0, failed: 1 });
  expect(await members()).toMatchObject([
    { state: 'needs-attention', reason: 'docking-paused' },
    { state: 'needs-attention', reason: 'docking-paused' },
  ]);
  await store.dockings.setState(dockingId, 'live');
  const due: string[] = [];
  const client = {
    ticketChanged: async () => undefined,
    digestDue: async ({ replay }: { replay: string }) => void due.push(replay),
  };
  for (const member of await members()) await replayOne(store, client, member);
  expect(due).toHaveLength(1);
  expect(await activities.tellDigest(dockingId, digestId, due[0] ?? '')).toEqual({ sent: 1, failed: 0 });
  expect(await messages()).toHaveLength(1);
  expect((await members()).map(({ state }) => state)).toEqual(['sent', 'sent']);
});

test('of somebody whom the platform reaches no more, the fallback chain hears ticket by ticket', async () => {
  const { tell, members, dockingId } = await waiting(2);
  await company.store.dockings.patch(dockingId, {
    notification: {
      groupLeads: {},
      groupChats: { g1: 'oc_1' },
      watchers: [],
      duty: { agentId: null },
      fallbackWebhook: null,
    },
  });
  await spoilSends(company, { effect: 'code', code: 230013 });
  expect(await tell()).toEqual({ sent: 0, failed: 1 });
  expect(await members()).toMatchObject([
    { state: 'failed', reason: 'feishu:230013' },
    { state: 'failed', reason: 'feishu:230013' },
  ]);
  expect(told.map(({ ticketId }) => ticketId).sort()).toEqual(['t1', 't2']);
});

test('a digest that gave up is parked with all it should have carried', async () => {
  const { members, dockingId, digestId } = await waiting(1);
  await activities.parkDigest(dockingId, digestId, null);
  expect(await members()).toMatchObject([{ state: 'needs-attention', reason: 'gave-up' }]);
});

test('a quick try that meets an outage is an answer, not a failure', async () => {
  const { dockingId, digestId, tell, messages } = await waiting(1);
  await spoilSends(company, { effect: 'html-502' });
  expect(await activities.tellDigestAtOnce(dockingId, digestId, null)).toMatchObject({ later: true });
  expect(await tell()).toEqual({ sent: 1, failed: 0 });
  expect(await messages()).toHaveLength(1);
});

test('the sweep hands every waiting digest over once', async () => {
  const { digestId } = await waiting(1);
  const handed: string[] = [];
  const sweeping = createNotificationActivities({
    ...company.ports,
    tellDigest: async ({ id }) => void handed.push(id),
  });
  await sweeping.sweepDigests();
  await sweeping.sweepDigests();
  expect(handed.filter((id) => id === digestId)).toEqual([digestId]);
});

test('another docking’s digest is nobody’s to tell', async () => {
  const { digestId, messages } = await waiting(1);
  expect(await activities.tellDigest('d-other', digestId, null)).toEqual({ sent: 0, failed: 0 });
  expect(await messages()).toEqual([]);
});
