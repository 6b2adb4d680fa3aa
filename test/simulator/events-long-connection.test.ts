import { WebSocket } from 'ws';
import { CONTROL, DATA, decodeFrame, encodeFrame, headerOf } from '../../simulator/feishu/events/frames';
import type { Frame } from '../../simulator/feishu/events/frames';
import { Bench, eventually } from './messaging-support';

interface Endpoint {
  code: number;
  data: { URL: string; ClientConfig: { PingInterval: number } };
}

let bench: Bench;
const open: WebSocket[] = [];

beforeAll(async () => {
  bench = await Bench.start();
  await bench.patchApp({ eventMode: 'websocket' });
});

afterEach(async () => {
  for (const socket of open.splice(0)) socket.terminate();
  await eventually(async () => ((await count()) === 0 ? true : undefined));
});

afterAll(() => bench.close());

const endpoint = async (): Promise<Endpoint> =>
  (
    await bench.raw('POST', '/callback/ws/endpoint', {
      AppID: bench.app.appId,
      AppSecret: bench.app.appSecret,
    })
  ).body as unknown as Endpoint;

const count = async (): Promise<number> =>
  (await bench.control<{ count: number }>('GET', `/apps/${bench.app.appId}/connections`)).count;

/** A client that keeps every frame and answers as told. */
async function connect(answer?: (frame: Frame) => number): Promise<{ socket: WebSocket; frames: Frame[] }> {
  const socket = new WebSocket((await endpoint()).data.URL);
  open.push(socket);
  const frames: Frame[] = [];
  socket.on('message', (bytes: Buffer) => {
    const frame = decodeFrame(bytes);
    frames.push(frame);
    if (!answer || frame.method !== DATA) return;
    const payload = Buffer.from(JSON.stringify({ code: answer(frame) }));
    socket.send(encodeFrame({ ...frame, payload }));
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return { socket, frames };
}

const emit = (): Promise<unknown> =>
  bench.control('POST', '/events', {
    appId: bench.app.appId,
    eventType: 'im.message.receive_v1',
    event: { n: 1 },
  });

test('a frame survives the way over the wire', () => {
  const frame: Frame = {
    SeqID: 3,
    LogID: 4,
    service: 5,
    method: DATA,
    headers: [{ key: 'type', value: 'event' }],
    payload: Buffer.from('{"a":"字"}'),
  };
  const back = decodeFrame(encodeFrame(frame));
  expect(back).toMatchObject({ SeqID: 3, LogID: 4, service: 5, method: 1, headers: frame.headers });
  expect(Buffer.from(back.payload).toString()).toBe('{"a":"字"}');
});

test('a ping is answered with the client configuration', async () => {
  const { socket, frames } = await connect();
  const ping = { SeqID: 0, LogID: 0, service: 1, method: CONTROL, headers: [{ key: 'type', value: 'ping' }] };
  socket.send(encodeFrame({ ...ping, payload: Buffer.alloc(0) }));
  const pong = await eventually(() => frames[0]);
  expect(headerOf(pong, 'type')).toBe('pong');
  expect(JSON.parse(Buffer.from(pong.payload).toString())).toMatchObject({ PingInterval: 120 });
});

test('each event goes to one connection only, plain and unsigned', async () => {
  const clients = [await connect(() => 200), await connect(() => 200), await connect(() => 200)];
  for (let n = 0; n < 6; n++) await emit();
  const all = (): Frame[] => clients.flatMap((client) => client.frames);
  await eventually(() => (all().length >= 6 ? true : undefined));
  expect(all()).toHaveLength(6);
  const ids = all().map((frame) => headerOf(frame, 'message_id'));
  expect(new Set(ids).size).toBe(6);
  expect(JSON.parse(Buffer.from(all()[0]?.payload ?? []).toString())).toMatchObject({
    schema: '2.0',
    header: { event_type: 'im.message.receive_v1' },
    event: { n: 1 },
  });
});

test('an event that is refused or not acknowledged comes again', async () => {
  let code = 500;
  const { frames } = await connect(() => code);
  await emit();
  await eventually(() => frames[0]);
  await eventually(async () => {
    const { items } = await bench.control<{ items: { attempts: object[] }[] }>('GET', '/events');
    return items.at(-1)?.attempts.length === 1 ? true : undefined;
  });
  code = 200;
  await bench.advance(15);
  await eventually(() => (frames.length === 2 ? true : undefined));
  const [first, second] = frames.map((one) => JSON.parse(Buffer.from(one.payload).toString()) as object);
  expect(second).toEqual(first);
});

test('an address is good once and 50 connections are enough', async () => {
  const { data } = await endpoint();
  const refused = (url: string): Promise<number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(url);
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => undefined);
      socket.on('open', () => resolve(101));
      open.push(socket);
    });
  expect(await refused(data.URL)).toBe(101);
  expect(await refused(data.URL)).toBe(403);
  const spare = (await endpoint()).data.URL;
  for (let n = await count(); n < 50; n++) await connect();
  expect((await endpoint()).code).toBe(1000040350);
  expect(await refused(spare)).toBe(403);
});

test('a large event comes in parts, which make the event together', async () => {
  await bench.control('PATCH', '/switches', { longConnectionFrameBytes: 100 });
  const { frames } = await connect((frame) => (headerOf(frame, 'seq') === '0' ? 200 : 0));
  await emit();
  const first = await eventually(() => frames[0]);
  const sum = Number(headerOf(first, 'sum'));
  expect(sum).toBeGreaterThan(1);
  await eventually(() => (frames.length === sum ? true : undefined));
  const whole = Buffer.concat(frames.map(({ payload }) => payload)).toString();
  expect(JSON.parse(whole)).toMatchObject({ event: { n: 1 } });
  await bench.control('PATCH', '/switches', { longConnectionFrameBytes: 1024 * 1024 });
});

test('connections are ended on demand, and pings stay unanswered where that is asked for', async () => {
  await bench.control('PATCH', '/switches', { longConnectionPongs: false });
  const { socket, frames } = await connect();
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const ping = { SeqID: 0, LogID: 0, service: 1, method: CONTROL, headers: [{ key: 'type', value: 'ping' }] };
  socket.send(encodeFrame({ ...ping, payload: Buffer.alloc(0) }));
  expect(await bench.control('DELETE', `/apps/${bench.app.appId}/connections`)).toEqual({ closed: 1 });
  expect(await closed).toBe(1001);
  expect(frames).toEqual([]);
  await bench.control('PATCH', '/switches', { longConnectionPongs: true });
});

test('garbage ends the connection', async () => {
  const { socket } = await connect();
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.send(Buffer.from([1, 2, 3]));
  expect(await closed).toBe(1003);
});

test('an app of the other brand or with a wrong secret gets no address', async () => {
  const ask = (path: string, secret: string): ReturnType<Bench['raw']> =>
    bench.raw('POST', `${path}/callback/ws/endpoint`, { AppID: bench.app.appId, AppSecret: secret });
  expect((await ask('', 'wrong')).body).toMatchObject({ code: 514, data: {} });
  expect((await ask('/lark', bench.app.appSecret)).body.code).toBe(514);
  expect((await ask('/feishu', bench.app.appSecret)).body).toMatchObject({
    code: 0,
    data: { URL: expect.stringContaining('/feishu/ws/v2?') as string },
  });
});
