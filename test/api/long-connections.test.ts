import { keepLongConnections, type LongConnectionKeeper } from '../../api/long-connections';
import { directoryChangesId } from '../../workflows/names';
import { Simulated } from '../feishu/simulated';
import { seat } from '../intake/desk';
import { eventually } from '../stack/eventually';
import { delivery, docking, uniqueId } from '../store/fixture';
import { startApi, type TestApi } from './server';

/** Of gRPC. */
const NOT_FOUND = 5;

let company: Simulated;
let api: TestApi;
let dockingId: string;
const keepers: LongConnectionKeeper[] = [];

beforeAll(async () => {
  company = await Simulated.start();
  api = await startApi({ platformUrl: company.credentials.baseUrl });
  await company.control('PATCH', '/switches', {
    longConnectionClient: { PingInterval: 5, ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0 },
  });
  await company.patchApp({ eventMode: 'websocket', callbackMode: 'websocket' });
});
afterAll(async () => {
  await api?.close();
  await company?.close();
});

beforeEach(async () => {
  const { appId, appSecret, baseUrl } = company.credentials;
  const made = docking({ state: 'live', appId, platformUrl: baseUrl, eventMode: 'long-connection' });
  dockingId = made.id;
  await api.store.dockings.create(made, { appSecret, pushToken: 'p' });
});
afterEach(async () => {
  await Promise.all(keepers.splice(0).map((keeper) => keeper.close()));
  if (await api.store.dockings.get(dockingId)) await api.store.dockings.remove(dockingId);
});

/** One API process, as far as this is concerned. */
function keep(): LongConnectionKeeper {
  const keeper = keepLongConnections(api.ports, { everyMs: 200 });
  keepers.push(keeper);
  return keeper;
}

interface Shown {
  eventMode: string;
  eventConnection: { state: string; since: string | null; reason: string | null } | null;
}
const shown = async (): Promise<Shown> =>
  (await api.call('GET', `/v1/dockings/${dockingId}`)).body as unknown as Shown;
const connected = (): Promise<void> =>
  eventually('the connection', async () => (await shown()).eventConnection?.state === 'connected');
const connections = async (): Promise<number> =>
  (await company.control<{ count: number }>('GET', `/apps/${company.app.appId}/connections`)).count;
const nobody = (): Promise<void> => eventually('the end', async () => (await connections()) === 0);

interface Logged {
  eventId: string;
  eventType: string;
  state: string;
  attempts: { outcome: string }[];
}
const lastEvent = async (): Promise<Logged> => {
  const { items } = await company.control<{ items: Logged[] }>('GET', '/events?limit=1000');
  const last = items.at(-1);
  if (!last) throw new Error('the company has no event yet');
  return last;
};
const changeTitle = (index: number): Promise<unknown> =>
  company.control('PATCH', `/people/${company.person(index).userId}`, { jobTitle: uniqueId('title') });

/** What the docking's workflow of directory changes was told, in order. */
async function told(): Promise<{ eventId: string; subjectId: string }[]> {
  try {
    const { events } = await api.temporal.workflow.getHandle(directoryChangesId(dockingId)).fetchHistory();
    return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
      (signal?.input?.payloads ?? []).map(
        ({ data }) =>
          JSON.parse(Buffer.from(data ?? []).toString()) as { eventId: string; subjectId: string },
      ),
    );
  } catch (error) {
    if ((error as { code?: number }).code === NOT_FOUND) return [];
    throw error;
  }
}

test('a change of the directory reaches its workflow, and is acknowledged after it is durable', async () => {
  keep();
  await connected();
  await changeTitle(0);
  await eventually('the signal', async () => (await told()).length === 1);
  await eventually('the acknowledgement', async () => (await lastEvent()).state === 'delivered');
  const { eventId } = await lastEvent();
  expect(await told()).toMatchObject([{ eventId, subjectId: company.person(0).openId }]);
});

test('an event that comes again is taken once, whichever way it comes', async () => {
  keep();
  await connected();
  await changeTitle(1);
  await eventually('the signal', async () => (await told()).length === 1);
  const { eventId } = await lastEvent();
  await company.control('POST', `/events/${eventId}/resend`);
  await eventually('the second delivery', async () => (await lastEvent()).attempts.length === 2);
  await changeTitle(2);
  await eventually('the next signal', async () => (await told()).length === 2);
  expect((await told()).map((change) => change.subjectId)).toEqual([
    company.person(1).openId,
    company.person(2).openId,
  ]);
});

test('a click on a card is answered in the frame and recorded once', async () => {
  keep();
  await connected();
  const person = company.person(3);
  await seat(api.store, dockingId, [person.openId]);
  const card = delivery({
    dockingId,
    ticketId: uniqueId('t'),
    agentId: 'a1',
    employeeId: person.openId,
    state: 'sent',
    carriedBy: 'message',
    sentAt: new Date(),
  });
  const message = await company.sendCard(person.openId, uniqueId('u'), {
    dockingId,
    ticketId: card.ticketId,
    nonce: card.id,
  });
  await api.store.deliveries.plan([{ ...card, messageId: message.messageId }]);
  const click = (): Promise<{ toast: { type: string; content: string } | null }> =>
    company.control('POST', `/messages/${message.messageId}/click`, {
      value: { a: 'acknowledge', d: dockingId, t: card.ticketId, n: card.id },
      operator: person.openId,
    });
  expect(await click()).toMatchObject({ toast: { type: 'success', content: 'Acknowledged.' } });
  // On a busy machine an answer can come too late for the card; whoever sees none clicks again.
  await eventually('the answer to a repeated click', async () => (await click()).toast?.type === 'info');
  expect(await api.store.clicks.get(`${card.id}:acknowledge`)).toMatchObject({ attempts: 1 });
});

test('an event of another company than the docking’s is not taken, and nothing of it is stored', async () => {
  keep();
  await connected();
  await api.store.dockings.patch(dockingId, { tenantKey: 'another-company' });
  await changeTitle(8);
  await eventually('an answer', async () => (await lastEvent()).attempts.length > 0);
  expect((await lastEvent()).state).not.toBe('delivered');
  await api.store.dockings.patch(dockingId, { tenantKey: company.app.tenantKey });
  await changeTitle(9);
  await eventually('the next signal', async () => (await told()).length > 0);
  // Refused it counts as never seen: the platform may bring it again.
  expect((await told()).map(({ subjectId }) => subjectId)).toEqual([company.person(9).openId]);
});

test('when the platform ends the connection it comes back, and what happened meanwhile arrives', async () => {
  keep();
  await connected();
  // Long enough away for something to happen meanwhile.
  const away = { method: 'POST', path: '/callback/ws/endpoint', effect: 'html-502', times: 2 };
  await company.control('POST', '/faults', away);
  await company.control('DELETE', `/apps/${company.app.appId}/connections`);
  await eventually('the loss', async () => (await connections()) === 0);
  await changeTitle(4);
  await eventually('the connection', async () => (await connections()) === 1);
  await company.control('POST', '/clock', { advanceSeconds: 15 });
  await eventually('the event', async () =>
    (await told()).some(({ subjectId }) => subjectId === company.person(4).openId),
  );
});

test('of two processes one holds the connection; when it stops the other takes over', async () => {
  const first = keep();
  await connected();
  const [before] = await api.store.longConnections.getMany([dockingId]);
  keep();
  await changeTitle(5);
  await eventually('an event', async () => (await told()).length === 1);
  expect(await connections()).toBe(1);

  await first.close();
  await connected();
  await changeTitle(6);
  await eventually('an event by the other', async () => (await told()).length === 2);
  const [after] = await api.store.longConnections.getMany([dockingId]);
  expect(after?.heldBy).not.toBe(before?.heldBy);
});

test('a docking that is deleted is left', async () => {
  keep();
  await connected();
  expect((await api.call('DELETE', `/v1/dockings/${dockingId}`)).status).toBe(204);
  await nobody();
  await eventually('the end of its record', async () => {
    const records = await api.store.longConnections.getMany([dockingId]);
    return records.length === 0;
  });
});

test('a docking that is paused, disabled or back on the webhook is left; one that is live again is joined', async () => {
  keep();
  await connected();
  await api.store.dockings.setState(dockingId, 'paused');
  await nobody();
  expect((await shown()).eventConnection).toBeNull();
  await api.store.dockings.setState(dockingId, 'live');
  await connected();
  await api.store.dockings.setState(dockingId, 'disabled');
  await nobody();
  await api.store.dockings.setState(dockingId, 'live');
  await connected();
  expect((await api.call('PATCH', `/v1/dockings/${dockingId}`, { eventMode: 'webhook' })).status).toBe(200);
  await nobody();
  expect(await shown()).toMatchObject({ eventMode: 'webhook', eventConnection: null });
});

test('a rotated secret opens a new connection, a wrong one says so', async () => {
  keep();
  await connected();
  const { since } = (await shown()).eventConnection ?? {};
  await api.store.dockings.setSecrets(dockingId, { appSecret: 'wrong' });
  await eventually('the refusal', async () => (await shown()).eventConnection?.reason === 'credentials');
  await api.store.dockings.setSecrets(dockingId, { appSecret: company.app.appSecret });
  await connected();
  expect((await shown()).eventConnection?.since).not.toBe(since);
  expect(await connections()).toBe(1);
});

test('left to itself a docking follows what its app is set to', async () => {
  keep();
  await api.call('PATCH', `/v1/dockings/${dockingId}`, { eventMode: 'automatic' });
  await nobody();
  await api.store.dockings.patch(dockingId, {
    appEventModes: { events: 'long-connection', clicks: 'webhook' },
  });
  await connected();
});

test('a process that died is told from one that holds the connection', async () => {
  await api.store.longConnections.put({
    dockingId,
    state: 'connected',
    since: new Date(),
    reason: null,
    nextTryAt: null,
    lastEventAt: null,
    heldBy: 'a process that was killed',
    aliveAt: new Date(Date.now() - 60_000),
  });
  expect(await shown()).toMatchObject({ eventConnection: { state: 'unattended' } });
});

test('metrics tell how many connections this process holds', async () => {
  keep();
  await connected();
  const metrics = await fetch(`${api.url}/metrics`).then((answer) => answer.text());
  expect(metrics).toContain('docking_long_connections{state="connected"} 1');
});

test('an event mode that there is not is refused by name', async () => {
  const answer = await api.call('PATCH', `/v1/dockings/${dockingId}`, { eventMode: 'carrier-pigeon' });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'eventMode' }] } });
});
