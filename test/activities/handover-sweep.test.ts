/** Events that went no further are handed over: each by itself, whatever becomes of the others. */
import { createNotificationActivities } from '../../activities/notification';
import { createIntake } from '../../intake';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { uniqueId } from '../store/fixture';
import type { Company } from '../workflows/company';
import { openNotifiedCompany } from './notified-company';

let company: Company;
beforeAll(async () => {
  company = await openNotifiedCompany();
});
afterAll(() => company?.close());

/** An event that was taken in a minute ago and told nobody. */
async function leftBehind(): Promise<{ dockingId: string; eventId: string; ticketId: string }> {
  const { store } = company;
  const dockingId = await company.freshDocking();
  await seat(store, dockingId, [uniqueId('ou')]);
  await setRules(store, dockingId, [rule()]);
  const event = ticketEvent({ id: uniqueId('t') });
  const aMinuteAgo = () => new Date(Date.now() - 60_000);
  await createIntake(store, aMinuteAgo).take(await store.dockings.require(dockingId), event, 'api');
  return { dockingId, eventId: event.eventId, ticketId: event.ticket.id };
}

test('an event that cannot be handed over holds up no other, and is tried again', async () => {
  const first = await leftBehind();
  const second = await leftBehind();
  const told: string[] = [];
  let broken = true;
  const activities = createNotificationActivities({
    ...company.ports,
    tellTicket: async (_docking, { ticketId }) => {
      if (broken && ticketId === first.ticketId) throw new Error('no such run');
      told.push(ticketId);
    },
  });
  expect(await activities.sweepHandovers()).toEqual({ handedOver: 1 });
  expect(told).toEqual([second.ticketId]);
  broken = false;
  expect(await activities.sweepHandovers()).toEqual({ handedOver: 1 });
  expect(told).toEqual([second.ticketId, first.ticketId]);
  expect(await activities.sweepHandovers()).toEqual({ handedOver: 0 });
});

test('an event of a docking that was removed meanwhile is looked at once', async () => {
  const { store } = company;
  const { dockingId, eventId } = await leftBehind();
  const record = await store.events.get(dockingId, eventId);
  if (!record) throw new Error('the event was not taken in');
  await store.dockings.remove(dockingId);
  await store.events.insertOnce(record);
  const activities = createNotificationActivities(company.ports);
  await activities.sweepHandovers();
  const left = await store.events.unhanded({ olderThanMs: 15_000, limit: 500 });
  expect(left.filter((one) => one.dockingId === dockingId)).toEqual([]);
});
