import type { FeishuClient } from '../../feishu';
import { failureOf } from './failure-of';
import { stubbedClient, type Metered, type StubPlatform } from './stub-platform';

describe('the client', () => {
  let platform: StubPlatform;
  let client: FeishuClient;
  let metered: Metered[];
  stubbedClient((ground) => ({ platform, client, metered } = ground));

  const send = (): Promise<unknown> =>
    client.messages.send({ to: 'ou_1', content: { kind: 'text', text: 'hello' }, uuid: 'u-1' });

  it('gets a new token once when Feishu refuses the old one', async () => {
    platform.on('GET', '/application/v6/scopes', (request) =>
      request.headers.authorization === 'Bearer t-1'
        ? { code: 99991663, msg: 'Invalid access token' }
        : {
            code: 0,
            data: { scopes: [{ scope_name: 'im:message', grant_status: 1, scope_type: 'tenant' }] },
          },
    );
    await expect(client.application.scopes()).resolves.toEqual([
      { scope: 'im:message', granted: true, tokenType: 'tenant' },
    ]);
    expect(platform.count('POST /auth/v3/tenant_access_token/internal')).toBe(2);
    expect(metered.map(({ route, result }) => [route, result])).toEqual([
      ['POST /auth/v3/tenant_access_token/internal', 'ok'],
      ['GET /application/v6/scopes', 'token'],
      ['POST /auth/v3/tenant_access_token/internal', 'ok'],
      ['GET /application/v6/scopes', 'ok'],
    ]);
  });

  it('gives up after one retry with a fresh token', async () => {
    platform.on('GET', '/application/v6/scopes', () => ({ code: 99991663, msg: 'Invalid access token' }));
    const error = await failureOf(client.application.scopes());
    expect(error.errorClass).toBe('token');
    expect(platform.count('GET /application/v6/scopes')).toBe(2);
  });

  it('honours the reset header of a 429 and stops the route for that long', async () => {
    platform.on('POST', '/im/v1/messages', (_request, reply) =>
      reply
        .code(429)
        .header('x-ogw-ratelimit-reset', '7')
        .send({ code: 99991400, msg: 'request trigger frequency limit' }),
    );
    const error = await failureOf(send());
    expect(error).toMatchObject({
      errorClass: 'rate',
      retry: 'after',
      retryAfterMs: 7_000,
      outcome: 'refused',
    });
    const held = await failureOf(
      client.messages.send(
        { to: 'ou_2', content: { kind: 'text', text: 'x' }, uuid: 'u-2' },
        { pace: 'immediate' },
      ),
    );
    expect(held).toMatchObject({ code: undefined, errorClass: 'rate', outcome: 'refused' });
    expect(platform.count('POST /im/v1/messages')).toBe(1);
  });

  it('caps the pause that Feishu can ask for at a minute', async () => {
    platform.on('POST', '/im/v1/messages', (_request, reply) =>
      reply.code(429).header('x-ogw-ratelimit-reset', '86400').send({ code: 99991400, msg: 'slow down' }),
    );
    expect((await failureOf(send())).retryAfterMs).toBe(60_000);
  });

  it('holds back only the receiver after 230020', async () => {
    platform.on('POST', '/im/v1/messages', () => ({
      code: 230020,
      msg: 'This operation triggers the frequency limit.',
    }));
    await failureOf(send());
    const sameReceiver = await failureOf(
      client.messages.send(
        { to: 'ou_1', content: { kind: 'text', text: 'x' }, uuid: 'u-2' },
        { pace: 'immediate' },
      ),
    );
    expect(sameReceiver.code).toBeUndefined();
    const other = await failureOf(
      client.messages.send(
        { to: 'ou_2', content: { kind: 'text', text: 'x' }, uuid: 'u-3' },
        { pace: 'immediate' },
      ),
    );
    expect(other.code).toBe(230020);
  });

  it('says how long to wait when the turn would come too late', async () => {
    platform.on('POST', '/im/v1/messages', (_request, reply) =>
      reply.code(429).header('x-ogw-ratelimit-reset', '30').send({ code: 99991400, msg: 'slow down' }),
    );
    await failureOf(send());
    const error = await failureOf(
      client.messages.send(
        { to: 'ou_2', content: { kind: 'text', text: 'x' }, uuid: 'u-2' },
        { maxWaitMs: 100 },
      ),
    );
    expect(error.retryAfterMs).toBeGreaterThan(20_000);
    expect(platform.count('POST /im/v1/messages')).toBe(1);
  });
});
