/** A try whose outcome nobody knows stays in mind, whatever later tries were answered: past the platform's hour nothing is sent blindly. */
import { deliverOnce } from '../../activities/notification/deliver';
import { DOCKING_REASONS } from '../../feishu';
import { createIntake } from '../../intake';
import { NO_NOTIFICATION_SETTINGS, UNDECIDED } from '../../store';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import type { Company } from '../workflows/company';
import { dueCard, openNotifiedCompany, spoilSends, type SentMessage } from './notified-company';

let company: Company;
beforeAll(async () => {
  company = await openNotifiedCompany();
});
afterAll(() => company?.close());
beforeEach(() => company.control('DELETE', '/faults'));

const LATER_MS = 2 * 60 * 60_000;

async function attempt(dockingId: string, deliveryId: string, afterMs = 0): Promise<string> {
  const ports = {
    ...company.ports,
    now: () => new Date(Date.now() + afterMs),
    checkAgain: () => Promise.resolve(),
  };
  return (await deliverOnce(ports, dockingId, deliveryId, { pace: 'wait', timeoutMs: 8000 })).outcome;
}

/** Out, but nobody knows; the person has another card of ours before it. */
async function outUnknown() {
  const first = await dueCard(company);
  await attempt(first.dockingId, first.deliveryId);
  const due = await first.another();
  await spoilSends(company, { effect: 'drop-answer' });
  await expect(attempt(due.dockingId, due.deliveryId)).rejects.toThrow();
  return due;
}

test.each([
  ['asked to wait', { effect: 'rate-limit' }],
  ['told that the receiver is at their limit', { effect: 'code', code: 230020 }],
])('%s after a lost answer, past the hour the card is found in the chat', async (_what, refusal) => {
  const due = await outUnknown();
  await spoilSends(company, refusal);
  await expect(attempt(due.dockingId, due.deliveryId)).rejects.toThrow();
  expect(await attempt(due.dockingId, due.deliveryId, LATER_MS)).toBe('sent');
  expect(await due.messages()).toHaveLength(2);
});

test('parked after a lost answer and replayed past the hour, the card is found in the chat', async () => {
  const due = await outUnknown();
  await spoilSends(company, { effect: 'code', code: 99991672 });
  expect(await attempt(due.dockingId, due.deliveryId)).toBe('failed');
  await company.store.dockings.setState(due.dockingId, 'live');
  await company.store.deliveries.replay(due.deliveryId);
  expect(await attempt(due.dockingId, due.deliveryId, LATER_MS)).toBe('sent');
  expect(await due.messages()).toHaveLength(2);
});

test('what nobody could tell is sent once a person replays it: they have decided', async () => {
  const due = await dueCard(company);
  await spoilSends(company, { effect: 'drop-answer' });
  await expect(attempt(due.dockingId, due.deliveryId)).rejects.toThrow();
  expect(await attempt(due.dockingId, due.deliveryId, LATER_MS)).toBe('failed');
  await company.store.deliveries.replay(due.deliveryId);
  expect(await attempt(due.dockingId, due.deliveryId, LATER_MS)).toBe('sent');
});

test('a card to a group is looked for in the chat of that group, where one that names no delivery leaves the decision to a person', async () => {
  const { store } = company;
  const dockingId = await company.freshDocking();
  const chat = async (): Promise<string> =>
    (await company.control<{ chatId: string }>('POST', '/chats', { appIds: [company.appId] })).chatId;
  const [own, other] = [await chat(), await chat()];
  await seat(store, dockingId, []);
  await setRules(store, dockingId, [rule()]);
  const notification = { ...NO_NOTIFICATION_SETTINGS, groupChats: { g1: own, g2: other } };
  await store.dockings.patch(dockingId, { notification });
  const happens = async (groupId: string): Promise<string> => {
    const docking = await store.dockings.require(dockingId);
    const event = ticketEvent({ assigneeId: 'a9', groupId });
    const { deliveryIds } = await createIntake(store, () => new Date()).take(docking, event, 'api');
    return deliveryIds[0] ?? '';
  };
  const id = await happens('g1');
  await spoilSends(company, { effect: 'drop-answer' });
  await expect(attempt(dockingId, id)).rejects.toThrow();
  expect(await attempt(dockingId, await happens('g2'))).toBe('sent');
  expect(await attempt(dockingId, id, LATER_MS)).toBe('failed');
  expect(await store.deliveries.get(id)).toMatchObject({ state: 'needs-attention', reason: UNDECIDED });
  const { items } = await company.control<{ items: SentMessage[] }>('GET', `/messages?receiver=${own}`);
  expect(items).toHaveLength(1);
});

test('whatever the app as a whole was refused for is among the reasons that a resumed docking replays', async () => {
  for (const code of [99991672, 99991662, 230006, 230027, 99991401, 99991673, 99991543]) {
    const due = await dueCard(company);
    await spoilSends(company, { effect: 'code', code });
    expect(await attempt(due.dockingId, due.deliveryId)).toBe('failed');
    const { state, reason } = (await due.delivery()) ?? {};
    expect({ code, state, known: DOCKING_REASONS.includes(reason ?? '') }).toEqual({
      code,
      state: 'needs-attention',
      known: true,
    });
  }
});
