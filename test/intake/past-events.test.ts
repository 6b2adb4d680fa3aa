import { createIntake } from '../../intake';
import { pastEvents } from '../../intake/past-events';
import { openTestStore, type TestStore } from '../store/fixture';
import { openDesk, ticketEvent } from './desk';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened?.end());

test('of more events than are wanted the newest are looked at, in the order in which they happened', async () => {
  const { store } = opened;
  const { docking } = await openDesk(store, ['ou_1']);
  const received = new Date('2026-11-20T09:00:00.000Z');
  const intake = createIntake(store, () => received);
  const at = (hour: number): string => `2026-11-20T0${hour}:00:00.000Z`;
  for (const hour of [3, 1, 5, 2, 4]) {
    await intake.take(docking, ticketEvent({ id: `t${hour}` }, { occurredAt: at(hour) }), 'api');
  }
  const past = await pastEvents(store, docking.id, new Date(at(2)), 3);
  expect(past.map(({ event }) => event.ticket.id)).toEqual(['t3', 't4', 't5']);
  expect(past.map(({ event }) => event.receivedAt)).toEqual(Array(3).fill(received.toISOString()));
  expect(await pastEvents(store, docking.id, new Date(at(2)))).toHaveLength(4);
});
