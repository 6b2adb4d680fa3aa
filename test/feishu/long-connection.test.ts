import type { FeishuEvent, LongConnection, LongConnectionState } from '../../feishu';
import { Simulated } from './simulated';
import { eventually } from '../stack/eventually';

let company: Simulated;
const open: LongConnection[] = [];
const QUICK = { PingInterval: 1, ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0 };

beforeAll(async () => {
  company = await Simulated.start();
  await company.patchApp({ eventMode: 'websocket', callbackMode: 'websocket' });
});
beforeEach(() => switches({ longConnectionClient: QUICK }));
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await company.control('DELETE', '/faults');
});
afterAll(() => company?.close());

const switches = (change: object): Promise<unknown> => company.control('PATCH', '/switches', change);

interface Listening {
  connection: LongConnection;
  taken: FeishuEvent[];
  states: LongConnectionState[];
}

function listen(take?: (event: FeishuEvent) => Promise<object>, appSecret?: string): Listening {
  const taken: FeishuEvent[] = [];
  const states: LongConnectionState[] = [];
  const connection = company.feishu.hold(
    { ...company.credentials, ...(appSecret === undefined ? {} : { appSecret }) },
    {
      take: async (event) => {
        taken.push(event);
        return take ? take(event) : {};
      },
      onState: (state) => states.push(state),
    },
  );
  open.push(connection);
  return { connection, taken, states };
}

const connected = ({ connection }: Listening): Promise<void> =>
  eventually('the connection', () => connection.state.state === 'connected');
const connections = async (): Promise<number> =>
  (await company.control<{ count: number }>('GET', `/apps/${company.app.appId}/connections`)).count;
const change = (index: number): Promise<unknown> =>
  company.control('PATCH', `/people/${company.person(index).userId}`, { jobTitle: `title ${Math.random()}` });
interface Logged {
  eventId: string;
  state: string;
  attempts: { outcome: string }[];
}
const lastEvent = async (): Promise<Logged | undefined> =>
  (await company.control<{ items: Logged[] }>('GET', '/events?limit=1000')).items.at(-1);
const endpointCalls = async (): Promise<number> => {
  const { routes } = await company.control<{ routes: { route: string; count: number }[] }>('GET', '/calls');
  return routes.find(({ route }) => route.includes('/callback/ws/endpoint'))?.count ?? 0;
};

test('a change of the directory arrives as the event that a webhook would bring, and is acknowledged', async () => {
  const listening = listen();
  await connected(listening);
  await change(0);
  await eventually('the event', () => listening.taken.length > 0);
  expect(listening.taken[0]).toMatchObject({
    type: 'contact.user.updated_v3',
    appId: company.app.appId,
    user: { openId: company.person(0).openId },
  });
  await eventually('its acknowledgement', async () => (await lastEvent())?.state === 'delivered');
});

test('an event that comes in many parts is put together', async () => {
  await switches({ longConnectionFrameBytes: 64 });
  const listening = listen();
  await connected(listening);
  await change(1);
  await eventually('the event', () => listening.taken.length > 0);
  expect(listening.taken[0]).toMatchObject({ user: { openId: company.person(1).openId } });
  await eventually('its acknowledgement', async () => (await lastEvent())?.state === 'delivered');
  await switches({ longConnectionFrameBytes: 1024 * 1024 });
});

test('what could not be taken comes again', async () => {
  let fails = true;
  const listening = listen(() => (fails ? Promise.reject(new Error('no database')) : Promise.resolve({})));
  await connected(listening);
  await change(2);
  await eventually('the refusal', async () => (await lastEvent())?.attempts[0]?.outcome === 'refused');
  fails = false;
  await company.control('POST', '/clock', { advanceSeconds: 15 });
  await eventually('the repetition', () => listening.taken.length === 2);
  expect(listening.taken[1]?.eventId).toBe(listening.taken[0]?.eventId);
  await eventually('its acknowledgement', async () => (await lastEvent())?.state === 'delivered');
});

test('a connection that the platform ends comes back', async () => {
  const listening = listen();
  await connected(listening);
  await company.control('DELETE', `/apps/${company.app.appId}/connections`);
  await eventually('the loss', () =>
    listening.states.some(({ state, reason }) => state === 'waiting' && reason === 'closed-by-platform'),
  );
  await connected(listening);
  expect(listening.connection.state.reason).toBeNull();
  await change(3);
  await eventually('an event after that', () => listening.taken.length > 0);
});

test('a connection that has died without a word is noticed by its pings and replaced', async () => {
  await switches({ longConnectionPongs: false });
  const listening = listen();
  await connected(listening);
  await eventually('the silence', () => listening.states.some(({ reason }) => reason === 'silent'));
  await switches({ longConnectionPongs: true });
  await connected(listening);
});

test('wrong credentials, a disabled app and too many connections say so and are not asked for at once again', async () => {
  const refusedFor = async (reason: string, appSecret?: string): Promise<void> => {
    const before = await endpointCalls();
    const { connection } = listen(undefined, appSecret);
    await eventually(reason, () => connection.state.reason === reason);
    const { state, nextTryAt } = connection.state;
    expect(state).toBe('waiting');
    expect((nextTryAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(3 * 60_000);
    expect((await endpointCalls()) - before).toBe(1);
    await connection.close();
  };
  await refusedFor('credentials', 'a wrong secret');
  await company.patchApp({ status: 'disabled' });
  await refusedFor('not-allowed');
  await company.patchApp({ status: 'enabled' });
  const crowd = Array.from({ length: 50 }, () => listen());
  await Promise.all(crowd.map(connected));
  await refusedFor('too-many-connections');
});

test('a platform that is away is asked again', async () => {
  await company.control('POST', '/faults', {
    method: 'POST',
    path: '/callback/ws/endpoint',
    effect: 'html-502',
    times: 1,
  });
  const listening = listen();
  await connected(listening);
  expect(listening.states).toContainEqual(
    expect.objectContaining({ state: 'waiting', reason: 'unavailable' }),
  );
});

test('closing answers what is under way, says goodbye, and stays closed', async () => {
  let finish: () => void = () => undefined;
  const listening = listen(() => new Promise((resolve) => (finish = () => resolve({}))));
  await connected(listening);
  await change(4);
  await eventually('the event', () => listening.taken.length > 0);
  const closed = listening.connection.close();
  finish();
  await closed;
  await eventually('the acknowledgement', async () => (await lastEvent())?.state === 'delivered');
  await eventually('the end', async () => (await connections()) === 0);
  expect(listening.connection.state.state).toBe('closed');
});
