/** The official Node SDK, unmodified, against the simulator: what works here works there. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as lark from '@larksuiteoapi/node-sdk';
import { Bench, claimCard, eventually } from '../simulator/messaging-support';
import type { PersonCard } from '../simulator/messaging-support';

const silent = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };
function quiet(): void {
  // The SDK prints each refused request; here refusals are expected.
}

let bench: Bench;
let client: lark.Client;
let anna: PersonCard;

beforeAll(async () => {
  bench = await Bench.start();
  client = new lark.Client({
    appId: bench.app.appId,
    appSecret: bench.app.appSecret,
    domain: bench.url,
    logger: silent,
  });
  anna = await bench.person();
});

afterAll(() => bench.close());

describe('Client', () => {
  const send = (content: object, uuid?: string): ReturnType<lark.Client['im']['message']['create']> =>
    client.im.message.create({
      params: { receive_id_type: 'open_id' },
      data: {
        receive_id: anna.openId,
        msg_type: 'interactive',
        content: JSON.stringify(content),
        ...(uuid === undefined ? {} : { uuid }),
      },
    });

  test('sends a card once per uuid, updates it, reads it back, replies and recalls', async () => {
    const first = await send(claimCard(), 'sdk-1');
    const again = await send(claimCard(), 'sdk-1');
    expect(first.code).toBe(0);
    expect(again.data?.message_id).toBe(first.data?.message_id);
    const path = { message_id: first.data?.message_id ?? '' };
    const patched = await client.im.message.patch({
      path,
      data: { content: JSON.stringify(claimCard('Solved')) },
    });
    expect(patched.code).toBe(0);
    const read = await client.im.message.get({ path });
    expect(read.data?.items?.[0]?.body?.content).toContain('Solved');
    const reply = await client.im.message.reply({
      path,
      data: { msg_type: 'text', content: JSON.stringify({ text: 'done' }) },
    });
    expect(reply.data?.parent_id).toBe(path.message_id);
    await bench.control('POST', `/messages/${path.message_id}/read`, {});
    const readers = await client.im.message.readUsers({ path, params: { user_id_type: 'open_id' } });
    expect(readers.data?.items?.[0]?.user_id).toBe(anna.openId);
    expect((await client.im.message.delete({ path })).code).toBe(0);
  });

  test('sees a refused card as an HTTP 400 that carries the platform code', async () => {
    const error = await send({ schema: '2.0', body: { elements: [{ tag: 'action', actions: [] }] } }).then(
      () => undefined,
      (reason: unknown) => reason as { response: { status: number; data: { code: number; msg: string } } },
    );
    expect(error?.response.status).toBe(400);
    expect(error?.response.data.code).toBe(230099);
    expect(error?.response.data.msg).toContain('ErrCode: 200861');
  });

  test('uploads an image for its cards', async () => {
    await bench.patchApp({ scopes: { granted: ['im:message', 'im:resource'] } });
    const uploaded = await client.im.image.create({
      data: { image_type: 'message', image: Buffer.from('picture') },
    });
    expect(uploaded?.image_key).toMatch(/^img_/);
  });

  test('logs a person in', async () => {
    await bench.patchApp({ redirectUrls: ['http://127.0.0.1/callback'] });
    const authorize = new URL(`${bench.url}/open-apis/authen/v1/authorize`);
    authorize.search = new URLSearchParams({
      client_id: bench.app.appId,
      redirect_uri: 'http://127.0.0.1/callback',
      response_type: 'code',
      auto_user: anna.userId,
    }).toString();
    const { headers } = await fetch(authorize, { redirect: 'manual' });
    const code = new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
    const token = await client.request<{ access_token: string }>({
      method: 'POST',
      url: '/open-apis/authen/v2/oauth/token',
      data: {
        grant_type: 'authorization_code',
        client_id: bench.app.appId,
        client_secret: bench.app.appSecret,
        code,
        redirect_uri: 'http://127.0.0.1/callback',
      },
    });
    const info = await client.authen.userInfo.get({}, lark.withUserAccessToken(token.access_token));
    expect(info.data).toMatchObject({ open_id: anna.openId, name: anna.name });
  });
});

describe('EventDispatcher', () => {
  let server: Server;
  let dispatcher: lark.EventDispatcher;
  const seen: string[] = [];

  beforeAll(async () => {
    dispatcher = new lark.EventDispatcher({
      encryptKey: 'encrypt me',
      verificationToken: bench.app.verificationToken,
      logger: silent,
    }).register({
      'im.message.receive_v1': (data) => {
        seen.push(data.message.content);
      },
      'card.action.trigger': () => ({ toast: { type: 'success', content: 'Claimed' } }),
    });
    const handle = lark.adaptDefault('/webhook', dispatcher, { autoChallenge: true });
    server = createServer((request, response) => void handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await bench.patchApp({ encryptKey: 'encrypt me', eventUrl: `http://127.0.0.1:${port}/webhook` });
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await bench.patchApp({ encryptKey: '', eventUrl: '' });
  });

  test('answers the challenge of the request URL', async () => {
    expect(await bench.control('POST', `/apps/${bench.app.appId}/verify-url`, {})).toEqual({ ok: true });
  });

  test('verifies and opens a sealed and signed event', async () => {
    const message = { appId: bench.app.appId, text: 'sealed' };
    await bench.control('POST', `/people/${anna.userId}/message-bot`, message);
    await eventually(() => (seen.includes('{"text":"sealed"}') ? true : undefined));
  });

  test('answers a card click', async () => {
    const id = await bench.sentCard(anna.openId, claimCard());
    const shown = await bench.control('POST', `/messages/${id}/click`, { value: { a: 'claim' } });
    expect(shown).toMatchObject({ code: 0, toast: { type: 'success', content: 'Claimed' } });
  });
});

describe('WSClient', () => {
  test('receives events and answers card clicks without a public address', async () => {
    await bench.patchApp({ eventMode: 'websocket', callbackMode: 'websocket' });
    const seen: string[] = [];
    let clicked: unknown;
    const next = claimCard('Claimed over the long connection');
    const dispatcher = new lark.EventDispatcher({ logger: silent }).register({
      'im.message.receive_v1': (data) => {
        seen.push(data.message.content);
      },
      'card.action.trigger': (data: { action: { value: unknown } }) => {
        clicked = data.action.value;
        return { toast: { type: 'info', content: 'Got it' }, card: { type: 'raw', data: next } };
      },
    });
    const socket = new lark.WSClient({
      appId: bench.app.appId,
      appSecret: bench.app.appSecret,
      domain: bench.url,
      logger: silent,
    });
    try {
      await socket.start({ eventDispatcher: dispatcher });
      const path = `/apps/${bench.app.appId}/connections`;
      await eventually(async () =>
        (await bench.control<{ count: number }>('GET', path)).count === 1 ? true : undefined,
      );
      const message = { appId: bench.app.appId, text: 'over the socket' };
      await bench.control('POST', `/people/${anna.userId}/message-bot`, message);
      await eventually(() => (seen.includes('{"text":"over the socket"}') ? true : undefined));
      const id = await bench.sentCard(anna.openId, claimCard());
      const shown = await bench.control('POST', `/messages/${id}/click`, { value: { a: 'claim', n: '7' } });
      expect(clicked).toEqual({ a: 'claim', n: '7' });
      expect(shown).toMatchObject({ code: 0, toast: { content: 'Got it' }, cardUpdated: true });
      expect(JSON.parse((await bench.message(id)).content)).toEqual(next);
    } finally {
      socket.close({ force: true });
      await bench.patchApp({ eventMode: 'webhook', callbackMode: 'webhook' });
    }
  });

  test('is refused with a wrong secret', async () => {
    const failure = await new Promise<Error>((resolve) => {
      const socket = new lark.WSClient({
        appId: bench.app.appId,
        appSecret: 'wrong',
        domain: bench.url,
        logger: silent,
        onError: resolve,
      });
      void socket.start({ eventDispatcher: new lark.EventDispatcher({ logger: silent }) });
    });
    expect(failure.message).toContain('code=514');
  });
});
