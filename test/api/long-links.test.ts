/** A ticket's link that no card can show: the event is told all the same, and "why" says what became of the link. */
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { docking, uniqueId } from '../store/fixture';
import { startApi, type TestApi } from './server';

let api: TestApi;
let dockingId: string;
beforeAll(async () => {
  api = await startApi();
  const made = docking({ state: 'live' });
  dockingId = made.id;
  await api.store.dockings.create(made, { appSecret: 'app-secret', pushToken: 'push-token' });
  await seat(api.store, dockingId, ['ou_1']);
  await setRules(api.store, dockingId, [rule()]);
});
afterAll(() => api?.close());

const send = (url: unknown) => {
  const event = ticketEvent({ id: uniqueId('t') }, { eventId: uniqueId('ev') });
  const sent = { ...event, ticket: { ...event.ticket, url } };
  return { ...event, answer: api.call('POST', `/v1/dockings/${dockingId}/ticket-events`, sent) };
};

test('an event with a link of more than 2,000 characters is kept and has its card, which "why" says is without link', async () => {
  const { eventId, ticket, answer } = send(`https://desk.example.com/${'x'.repeat(2000)}`);
  expect((await answer).status).toBe(202);
  const why = await api.call('GET', `/v1/dockings/${dockingId}/ticket-events/${eventId}`);
  expect(why.body).toMatchObject({ receivers: [{ agentId: 'a1', outcome: 'pending' }] });
  const { en, zh } = why.body['explanation'] as { en: string[]; zh: string[] };
  expect(en.at(-1)).toBe('The link of the ticket is longer than 2,000 characters: its cards have none.');
  expect(zh.at(-1)).toContain('2000');
  const record = await api.store.events.get(dockingId, eventId);
  expect(record?.envelope).toMatchObject({ ticket: { url: null, urlLeftOut: 'too-long' } });
  const known = await api.store.tickets.get(dockingId, ticket.id);
  expect(known?.snapshot).toMatchObject({ url: null });
});

test('an event with something else for a link is refused by name, and nothing is stored', async () => {
  const { eventId, answer } = send('tickets/12');
  expect(await answer).toMatchObject({
    status: 400,
    body: { type: 'Event.Refused', errors: [{ field: 'ticket.url' }] },
  });
  expect(await api.store.events.get(dockingId, eventId)).toBeNull();
});
