/** Temporal takes connections and says nothing: the worst kind of outage, since nothing fails. */
import { Client, Connection } from '@temporalio/client';
import pino from 'pino';
import { admitEvents } from '../../api/admission';
import { createDockingClient } from '../../client';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { docking } from '../store/fixture';
import { startApi, type TestApi } from './server';
import { silentServer } from './silent-server';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

test('events are answered all the same once they are durable, and wait for the sweep', async () => {
  const { store } = api;
  const made = docking({ state: 'live' });
  await store.dockings.create(made, { appSecret: 's', pushToken: 'p' });
  await seat(store, made.id, ['ou_1']);
  await setRules(store, made.id, [rule()]);
  const silent = await silentServer();
  const connection = Connection.lazy({ address: silent.address });
  const events = Array.from({ length: 12 }, (_, number) => ticketEvent({ id: `t${number}` }));
  let leftToDo = events.length;
  let givenUp: () => void = () => undefined;
  const allGivenUp = new Promise<void>((done) => (givenUp = done));
  const log = pino({ level: 'warn' }, { write: () => void ((leftToDo -= 1) === 0 && givenUp()) });
  const ports = { ...api.ports, client: createDockingClient(new Client({ connection })), log };

  await connection.withDeadline(Date.now() + 8_000, async () => {
    const answers = await admitEvents(ports, made, events, 'api');
    expect(answers.map(({ state }) => state)).toEqual(events.map(() => 'accepted'));
    // Of a ticket that is being told already: left to the sweep, too, without a line that grows.
    const more = [1, 2, 3].map((version) => ticketEvent({ id: 't0', version }));
    for (const event of more) await admitEvents(ports, made, [event], 'api');
    events.push(...more);
    expect(leftToDo).toBe(12);
  });
  await allGivenUp;
  for (const { eventId } of events) {
    expect(await store.events.get(made.id, eventId)).toMatchObject({ state: 'planned' });
  }
  expect(leftToDo).toBe(0);
  await connection.close();
  await silent.close();
});
