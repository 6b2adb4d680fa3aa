/** Events of one ticket that come in requests of their own: its workflow hears of them in the order in which they came. */
import { admitEvents } from '../../api/admission';
import type { Docking } from '../../store';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { eventually } from '../stack/eventually';
import { docking } from '../store/fixture';
import { startApi, type TestApi } from './server';

let api: TestApi;
let made: Docking;
beforeAll(async () => {
  api = await startApi();
  made = docking({ state: 'live' });
  await api.store.dockings.create(made, { appSecret: 's', pushToken: 'p' });
  await seat(api.store, made.id, ['ou_1']);
  await setRules(api.store, made.id, [rule()]);
});
afterAll(() => api?.close());

test('an event waits until the one before of its ticket was handed over, and those of other tickets do not', async () => {
  const handedOver: string[] = [];
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((done) => (letGo = done));
  let isHeld: () => void = () => undefined;
  const held = new Promise<void>((done) => (isHeld = done));
  const first = ticketEvent({ id: 'one', version: 1 });
  const second = ticketEvent({ id: 'one', version: 2 });
  const other = ticketEvent({ id: 'other' });
  const { client, intake } = api.ports;
  const ports: TestApi['ports'] = {
    ...api.ports,
    intake: {
      async take(of, event, ...more) {
        if (event.eventId === first.eventId) {
          isHeld();
          await gate;
        }
        return intake.take(of, event, ...more);
      },
    },
    client: {
      ...client,
      ticketChanged(...told) {
        // When it is begun: how long Temporal takes says nothing of the order.
        handedOver.push(told[2].eventId);
        return client.ticketChanged(...told);
      },
    },
  };
  const admit = (event: object) => admitEvents(ports, made, [event], 'api');

  const one = admit(first);
  await held;
  const two = admit(second);
  await admit(other);
  expect(handedOver).toEqual([other.eventId]);
  letGo();
  await Promise.all([one, two]);
  expect(handedOver).toEqual([other.eventId, first.eventId, second.eventId]);
});

test('an event is judged and answered while the one before is still being told, and told after it', async () => {
  const told: string[] = [];
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((done) => (letGo = done));
  const first = ticketEvent({ id: 'slow', version: 1 });
  const second = ticketEvent({ id: 'slow', version: 2 });
  const { client } = api.ports;
  const ports: TestApi['ports'] = {
    ...api.ports,
    client: {
      ...client,
      async ticketChanged(...change) {
        told.push(change[2].eventId);
        if (change[2].eventId === first.eventId) await gate;
        await client.ticketChanged(...change);
      },
    },
  };
  const admit = (event: object) => admitEvents(ports, made, [event], 'api');

  const answers = await Promise.all([admit(first), admit(second)]);
  expect(answers.flat().map(({ state }) => state)).toEqual(['accepted', 'accepted']);
  expect(told).toEqual([first.eventId]);
  letGo();
  await eventually('the second is told', () => told.length === 2);
  expect(told).toEqual([first.eventId, second.eventId]);
});
