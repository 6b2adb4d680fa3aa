import { createIntake } from '../../intake';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { docking } from '../store/fixture';
import { startApi, type TestApi } from './server';

let api: TestApi;
let path: string;
let dockingId: string;
beforeAll(async () => {
  api = await startApi();
  const made = docking({ state: 'live' });
  dockingId = made.id;
  path = `/v1/dockings/${dockingId}/reminders`;
  await api.store.dockings.create(made, { appSecret: 's', pushToken: 'p' });
  await seat(api.store, dockingId, ['ou_1', 'ou_2']);
  await setRules(api.store, dockingId, [rule()]);
  const intake = createIntake(api.store, () => new Date());
  for (const assigneeId of ['a1', 'a1', 'a2', 'a9']) {
    await intake.take(made, ticketEvent({ id: `t-${assigneeId}`, assigneeId }), 'api');
  }
});
afterAll(() => api?.close());

const { id: _id, ...draft } = rule({
  name: 'The whole group',
  receivers: [{ role: 'group-members' }],
});

test('a draft is judged over past events, person by person, beside the rules of now, and sends nothing', async () => {
  const before = await api.store.deliveries.counts(dockingId);
  const answer = await api.call('POST', `${path}:simulate`, { rules: [draft] });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    events: 4,
    now: { messages: 3, unreachable: [{ personId: 'a9', reason: 'unbound', messages: 1 }] },
    draft: { messages: 8 },
  });
  expect(answer.body['people']).toEqual(
    expect.arrayContaining([
      { personId: 'ou_1', now: 2, draft: 4 },
      { personId: 'ou_2', now: 1, draft: 4 },
    ]),
  );
  expect(await api.store.deliveries.counts(dockingId)).toEqual(before);
});

test('a draft with faults is refused with the path of each', async () => {
  const answer = await api.call('POST', `${path}:simulate`, {
    rules: [{ ...draft, triggers: ['ticket.eaten'] }],
  });
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body['errors'])).toContain('/rules/0/triggers');
});

test('a test card is a delivery like any other, about a ticket that nobody has', async () => {
  const answer = await api.call('POST', `${path}:test`, { employeeId: 'ou_1' });
  expect(answer.status).toBe(202);
  expect(answer.body).toMatchObject({ employeeId: 'ou_1', role: 'test', ruleIds: ['r1'], state: 'planned' });
  const [eventId] = answer.body['eventIds'] as string[];
  const why = await api.call('GET', `/v1/dockings/${dockingId}/ticket-events/${eventId}`);
  expect(why.body).toMatchObject({ receivers: [{ role: 'test', outcome: 'pending' }] });
});

test('nobody outside the mirror gets a test card, and no unknown rule makes one', async () => {
  expect((await api.call('POST', `${path}:test`, { employeeId: 'ou_nobody' })).status).toBe(404);
  expect((await api.call('POST', `${path}:test`, { employeeId: 'ou_1', ruleId: 'r9' })).status).toBe(404);
});

test('a field that is none is named, by a test and by a preview', async () => {
  const named = async (verb: string, body: object): Promise<unknown> =>
    (await api.call('POST', `${path}:${verb}`, body)).body['errors'];
  expect(await named('test', { employeeId: 'ou_1', agentId: 'a1' })).toMatchObject([{ field: 'agentId' }]);
  expect(await named('preview', { rul: draft, eventID: 'e1' })).toMatchObject([
    { field: 'rul' },
    { field: 'eventID' },
  ]);
});

test('saves that name no version save over each other, whichever come together', async () => {
  const saves = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      api.call('PUT', path, { enabled: true, rules: [{ ...rule(), name: `Save ${at}` }] }),
    ),
  );
  expect(saves.map(({ status }) => status)).toEqual(saves.map(() => 200));
  const versions = saves.map(({ body }) => body['version'] as number).sort((a, b) => a - b);
  expect(new Set(versions).size).toBe(saves.length);
  expect((await api.call('GET', path)).body['version']).toBe(versions.at(-1));
  await setRules(api.store, dockingId, [rule()]);
});

test('a preview shows the card of a draft with its template filled, about a stored or a made-up ticket; sends nothing', async () => {
  const template = {
    title: { en: 'Look at {ticket.code}' },
    text: { en: 'Now {ticket.priority}', zh: '优先级 {ticket.priority}' },
    fields: ['ticket.groupId', 'ticket.customer.name'],
  };
  const answer = await api.call('POST', `${path}:preview`, { rule: { ...draft, template } });
  expect(answer.status).toBe(200);
  const card = JSON.stringify(answer.body['card']);
  for (const words of ['Look at TEST', 'Now normal', '优先级 normal']) expect(card).toContain(words);
  expect(answer.body['bytes']).toBeLessThanOrEqual(30 * 1024);
  const event = ticketEvent({ code: 'T-77', title: 'A stored one', groupId: 'g9' });
  await api.call('POST', `/v1/dockings/${dockingId}/ticket-events`, event);
  const before = await api.store.deliveries.counts(dockingId);
  const stored = await api.call('POST', `${path}:preview`, {
    rule: { ...draft, template },
    eventId: event.eventId,
  });
  for (const words of ['Look at T-77', 'A stored one', 'g9']) {
    expect(JSON.stringify(stored.body['card'])).toContain(words);
  }
  expect((await api.call('POST', `${path}:preview`, { ruleId: 'none' })).status).toBe(404);
  const faulty = await api.call('POST', `${path}:preview`, { rule: { ...draft, triggers: [] } });
  expect(faulty.body['errors']).toMatchObject([{ field: '/rule/triggers' }]);
  expect(await api.store.deliveries.counts(dockingId)).toEqual(before);
});

test('a draft that stands on the conditions of a saved rule has a card too; one that nobody knows is a fault of it', async () => {
  const onto = (condition: string): object => ({ rule: { ...draft, conditions: { all: [{ condition }] } } });
  expect((await api.call('POST', `${path}:preview`, onto('r1'))).status).toBe(200);
  const unknown = await api.call('POST', `${path}:preview`, onto('r9'));
  expect(unknown.status).toBe(400);
  expect(unknown.body['errors']).toMatchObject([{ field: '/rule/conditions/all/0/condition' }]);
});

test.each([
  ['disabled', 'Docking.Disabled'],
  ['paused', 'Docking.NotReady'],
  ['setting-up', 'Docking.NotReady'],
] as const)('a docking that is %s sends no test card', async (state, type) => {
  const made = docking({ state });
  await api.store.dockings.create(made, { appSecret: 's', pushToken: 'p' });
  await seat(api.store, made.id, ['ou_5']);
  await setRules(api.store, made.id, [rule()]);
  const answer = await api.call('POST', `/v1/dockings/${made.id}/reminders:test`, { employeeId: 'ou_5' });
  expect(answer).toMatchObject({ status: 409, body: { type } });
  expect(await api.store.deliveries.counts(made.id)).toEqual({});
});
