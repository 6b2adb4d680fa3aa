/** Events that join a card while its docking cannot change it: the card shows them when the docking works again, once. */
import { createCredentialActivities } from '../../activities/credentials';
import { itemIds } from '../../activities/credentials/items';
import { createNotificationActivities } from '../../activities/notification';
import { DOCKING_REASONS } from '../../feishu';
import type { ActivityPorts } from '../../activities';
import { createIntake, replayParked, resume } from '../../intake';
import type { ChecklistItem, Delivery } from '../../store';
import type { TicketEvent } from '../../tickets';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { uniqueId } from '../store/fixture';
import type { Company } from '../workflows/company';
import { runActivity } from '../workflows/crew';
import { notifiedCompany, somebodyElse, type SentMessage } from './notified-company';

const PATCH = { method: 'PATCH', path: '/open-apis/im/v1/messages/:id' };
const NO_SCOPE = 99991672;

type Told = { eventId: string; deliveryIds: string[]; refreshes?: string[] };

/** Keeps what the tickets' runs are told. */
function listener() {
  const told: Told[] = [];
  const client = {
    ticketChanged: async (_docking: string, _ticket: string, change: Told) => void told.push(change),
    digestDue: async () => undefined,
  };
  return { told, client };
}

let company: Company;
notifiedCompany((opened) => (company = opened));

/** A card that is out, about events of one action. */
async function cardThatIsOut(fields: Parameters<typeof rule>[0] = {}) {
  const { store } = company;
  const dockingId = await company.freshDocking();
  const person = await somebodyElse(company);
  await seat(store, dockingId, [person.openId]);
  await setRules(store, dockingId, [
    rule(fields),
    rule({ ...fields, id: 'r2', name: 'Priority', triggers: ['ticket.priority_changed'] }),
    rule({ ...fields, id: 'r3', name: 'Reply', triggers: ['ticket.replied_by_customer'] }),
  ]);
  const ticketId = uniqueId('t');
  const checked: string[] = [];
  const ports: ActivityPorts = {
    ...company.ports,
    checkAgain: async (id) => void checked.push(id),
  };
  const activities = createNotificationActivities(ports);
  const happens = async (type: TicketEvent['type']): Promise<string> => {
    const event = ticketEvent({ id: ticketId }, { type, causeId: 'action-1' });
    const docking = await store.dockings.require(dockingId);
    const { deliveryIds } = await createIntake(store, () => new Date()).take(docking, event, 'api');
    return deliveryIds[0] ?? '';
  };
  const tell = (id: string, through = activities) => through.deliverAtOnce(dockingId, [id]);
  const id = await happens('ticket.assigned_agent');
  await tell(id);
  /** Gives what the tickets' runs are told. */
  const resumed = async (): Promise<Told[]> => {
    const { told, client } = listener();
    const replay = (docking: string, reasons: readonly string[]) =>
      replayParked(store, client, docking, reasons);
    await resume(store, replay, await store.dockings.require(dockingId), DOCKING_REASONS);
    return told;
  };
  const paused = (pausedReason?: string) =>
    store.dockings.setState(dockingId, 'paused', pausedReason ? { pausedReason } : {});
  const card = async (): Promise<SentMessage> => {
    const query = `/messages?receiver=${person.openId}`;
    const [message, ...more] = (await company.control<{ items: SentMessage[] }>('GET', query)).items;
    if (!message || more.length > 0) throw new Error(`${more.length + 1} messages instead of one`);
    return message;
  };
  const delivery = async (): Promise<Delivery | null> => store.deliveries.get(id);
  const refresh = (through = activities) => through.refreshCards(dockingId, [id]);
  /** A check that finds everything in order. */
  const checkedAgain = async (): Promise<Told[]> => {
    const { told, client } = listener();
    const docking = await store.dockings.require(dockingId);
    const passed = { state: 'passed', blocking: true, owner: 'feishu-admin', effect: 'at-once' } as const;
    const words = { expected: null, found: null, message: '', lostAbility: null, effectNote: '' };
    const items = itemIds(docking).map((item): ChecklistItem => {
      return { ...words, ...passed, id: item, link: null, detail: null, checkedAt: new Date() };
    });
    await store.checklists.putItems(dockingId, items);
    const replay = (of: string, reasons: readonly string[]) => replayParked(store, client, of, reasons);
    const { concludeChecklist } = createCredentialActivities({ ...ports, replayParked: replay });
    expect(await runActivity(() => concludeChecklist(dockingId, []))).toMatchObject({ ready: true });
    return told;
  };
  return {
    checkedAgain,
    refresh,
    dockingId,
    id,
    ports,
    activities,
    checked,
    happens,
    tell,
    resumed,
    paused,
    card,
    delivery,
  };
}

test.each([
  ['the platform paused', 'feishu:99991672'],
  ['a person paused', undefined],
])('a card of a docking that %s shows what came when it is resumed, once', async (_who, reason) => {
  const { id, happens, tell, resumed, paused, card, delivery } = await cardThatIsOut();
  expect(await happens('ticket.priority_changed')).toBe(id);
  expect(await happens('ticket.replied_by_customer')).toBe(id);
  await paused(reason);
  expect(await tell(id)).toEqual({});
  expect((await card()).updates).toEqual([]);
  expect(await resumed()).toMatchObject([{ deliveryIds: [id] }]);
  for (let again = 0; again < 2; again += 1) expect(await tell(id)).toEqual({});
  const { content, updates } = await card();
  expect(updates).toHaveLength(1);
  expect(content).toContain('Customer replied · Priority changed · Ticket assigned');
  expect(await delivery()).not.toHaveProperty('behindSince');
  await paused(reason);
  expect(await resumed()).toEqual([]);
});

test('a change for which the app has no permission any more pauses the docking, and is made up for', async () => {
  const { id, dockingId, happens, tell, resumed, card, checked } = await cardThatIsOut();
  await happens('ticket.priority_changed');
  await company.control('POST', '/faults', { ...PATCH, effect: 'code', code: NO_SCOPE });
  expect(await tell(id)).toEqual({});
  expect(checked).toEqual([dockingId]);
  expect(await company.store.dockings.require(dockingId)).toMatchObject({
    state: 'paused',
    pausedReason: `feishu:${NO_SCOPE}`,
  });
  await company.control('DELETE', '/faults');
  expect(await resumed()).toMatchObject([{ deliveryIds: [id] }]);
  await tell(id);
  expect((await card()).updates).toHaveLength(1);
});

test('a change that was given up is made up for the next time, and one that was made is not', async () => {
  const { id, activities, happens, tell, delivery } = await cardThatIsOut();
  await activities.parkDelivery(id);
  expect(await delivery()).not.toHaveProperty('behindSince');
  await happens('ticket.priority_changed');
  await activities.parkDelivery(id);
  expect(await delivery()).toMatchObject({ state: 'sent', behindSince: expect.any(Date) as unknown });
  await tell(id);
  expect(await delivery()).not.toHaveProperty('behindSince');
});

test('a docking that is paused again before the card was changed tells its run anew the next time', async () => {
  const { id, happens, tell, resumed, paused, card } = await cardThatIsOut();
  await happens('ticket.priority_changed');
  await paused('feishu:99991672');
  await tell(id);
  const [first] = await resumed();
  await paused('feishu:99991672');
  await tell(id);
  const [second] = await resumed();
  expect(second).toMatchObject({ deliveryIds: [id] });
  // The run knows events by their id.
  expect(second?.eventId).not.toBe(first?.eventId);
  await tell(id);
  expect((await card()).updates).toHaveLength(1);
});

test('a docking that is resumed at the very moment leaves no card behind', async () => {
  const { id, dockingId, ports, happens, tell, paused, card } = await cardThatIsOut();
  await happens('ticket.priority_changed');
  await paused('feishu:99991672');
  const { store } = ports;
  const noteBehind = async (...noted: Parameters<typeof store.deliveries.noteBehind>): Promise<void> => {
    await store.dockings.setState(dockingId, 'live');
    await store.deliveries.noteBehind(...noted);
  };
  const deliveries = { ...store.deliveries, noteBehind };
  await tell(id, createNotificationActivities({ ...ports, store: { ...store, deliveries } }));
  expect((await card()).updates).toHaveLength(1);
});

test('what nobody reacted to is asked again while the platform has paused the docking, and is over after a person did', async () => {
  const { id, activities, paused } = await cardThatIsOut({ timing: { repeatEveryMinutes: 30 } });
  await paused('feishu:99991672');
  const waits = await activities.planFollowUp(id, 'repeat', 1);
  expect(waits).toMatchObject({ over: false, deliveryIds: [] });
  expect((waits.quietUntil ?? 0) - Date.now()).toBeGreaterThan(60_000);
  await company.store.dockings.setState((await company.store.deliveries.get(id))?.dockingId ?? '', 'live');
  expect((await activities.planFollowUp(id, 'repeat', 1)).deliveryIds).toHaveLength(1);
  await paused();
  expect(await activities.planFollowUp(id, 'repeat', 2)).toEqual({ over: true, deliveryIds: [] });
});

describe('a card whose ticket moved on without anything to tell', () => {
  test.each([
    ['the platform paused', 'feishu:99991672'],
    ['a person paused', undefined],
  ])('of a docking that %s follows it when the docking is resumed, once', async (_who, reason) => {
    const { id, refresh, resumed, paused, card, delivery } = await cardThatIsOut();
    await paused(reason);
    // A process that died in between has it tried again.
    for (let again = 0; again < 2; again += 1) expect(await refresh()).toEqual({ changed: 0, left: 1 });
    expect((await card()).updates).toEqual([]);
    expect(await resumed()).toMatchObject([{ deliveryIds: [], refreshes: [id] }]);
    expect(await refresh()).toEqual({ changed: 1, left: 0 });
    expect((await card()).updates).toHaveLength(1);
    expect(await delivery()).not.toHaveProperty('behindSince');
    await paused(reason);
    expect(await resumed()).toEqual([]);
  });

  test('and for which the app has no permission any more pauses the docking, and is changed afterwards', async () => {
    const { id, dockingId, refresh, resumed, card } = await cardThatIsOut();
    await company.control('POST', '/faults', { ...PATCH, effect: 'code', code: NO_SCOPE });
    expect(await refresh()).toEqual({ changed: 0, left: 1 });
    expect(await company.store.dockings.require(dockingId)).toMatchObject({ state: 'paused' });
    await company.control('DELETE', '/faults');
    expect(await resumed()).toMatchObject([{ refreshes: [id] }]);
    expect(await refresh()).toEqual({ changed: 1, left: 0 });
    expect((await card()).updates).toHaveLength(1);
  });

  test('is changed at once where the docking is resumed at the very moment', async () => {
    const { dockingId, ports, refresh, paused } = await cardThatIsOut();
    await paused();
    const { store } = ports;
    const noteBehind = async (...noted: Parameters<typeof store.deliveries.noteBehind>): Promise<void> => {
      await store.dockings.setState(dockingId, 'live');
      await store.deliveries.noteBehind(...noted);
    };
    const deliveries = { ...store.deliveries, noteBehind };
    const through = createNotificationActivities({ ...ports, store: { ...store, deliveries } });
    expect(await refresh(through)).toEqual({ changed: 1, left: 0 });
  });

  test('is found by the next check when the one who resumed the docking died before the card was told of', async () => {
    const { id, dockingId, refresh, checkedAgain, paused } = await cardThatIsOut();
    await paused('feishu:99991672');
    await refresh();
    await company.store.dockings.setState(dockingId, 'live');
    expect(await checkedAgain()).toMatchObject([{ refreshes: [id] }]);
    await refresh();
    expect(await checkedAgain()).toEqual([]);
  });

  test('shows an event that joined it meanwhile', async () => {
    const { id, happens, tell, refresh, resumed, paused, card } = await cardThatIsOut();
    await paused('feishu:99991672');
    await refresh();
    await happens('ticket.priority_changed');
    expect(await resumed()).toMatchObject([{ deliveryIds: [id] }]);
    await tell(id);
    const { content, updates } = await card();
    expect(updates).toHaveLength(1);
    expect(content).toContain('Priority changed · Ticket assigned');
  });

  test.each([
    ['too old', 230031],
    ['refused', 230099],
  ])('and that is %s by then is not asked for ever', async (_what, code) => {
    const { refresh, resumed, paused, delivery } = await cardThatIsOut();
    await paused();
    await refresh();
    await company.control('POST', '/faults', { ...PATCH, effect: 'code', code, times: 1 });
    expect(await resumed()).toHaveLength(1);
    expect(await refresh()).toEqual({ changed: 0, left: 1 });
    expect(await delivery()).not.toHaveProperty('behindSince');
    await paused();
    expect(await resumed()).toEqual([]);
  });
});
