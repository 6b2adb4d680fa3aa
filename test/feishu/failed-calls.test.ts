import { createFeishu } from '../../feishu';
import type { Feishu, FeishuClient } from '../../feishu';
import { failureOf } from './failure-of';
import { APP_ID, SECRET, startStubPlatform } from './stub-platform';
import type { StubPlatform } from './stub-platform';

describe('a failed call', () => {
  let platform: StubPlatform;
  let feishu: Feishu;
  let client: FeishuClient;

  beforeEach(async () => {
    platform = await startStubPlatform();
    feishu = createFeishu();
    client = feishu.for({ appId: APP_ID, appSecret: SECRET, baseUrl: platform.baseUrl });
  });

  afterEach(async () => {
    feishu.close();
    await platform.close();
  });

  const send = (uuid = 'u-1'): Promise<unknown> =>
    client.messages.send({ to: 'ou_1', content: { kind: 'text', text: 'hello' }, uuid });

  it.each([
    ['HTTP 400', 400],
    ['HTTP 200', 200],
  ])('reads a missing scope at %s from the violations', async (_, status) => {
    platform.on('GET', '/contact/v3/scopes', (_request, reply) =>
      reply
        .code(status)
        .header('x-tt-logid', 'LOG1')
        .send({
          code: 99991672,
          msg: 'Access denied. One of the following scopes is required: [a:b].',
          error: {
            log_id: 'LOG1',
            permission_violations: [
              { type: 'action_scope_required', subject: 'contact:contact.base:readonly' },
              { type: 'action_scope_required', subject: 'contact:department.organize:readonly' },
            ],
          },
        }),
    );
    const error = await failureOf(client.contact.scopes());
    expect(error).toMatchObject({
      code: 99991672,
      errorClass: 'scope',
      retry: 'never',
      outcome: 'refused',
      logId: 'LOG1',
      route: 'GET /contact/v3/scopes',
      missingScopes: ['contact:contact.base:readonly', 'contact:department.organize:readonly'],
    });
  });

  it('falls back to the scopes in the text when there are no violations', async () => {
    platform.on('GET', '/contact/v3/scopes', () => ({
      code: 99991672,
      msg: 'Access denied. One of the following scopes is required: [im:message, im:message:send_as_bot].',
    }));
    const error = await failureOf(client.contact.scopes());
    expect(error.missingScopes).toEqual(['im:message', 'im:message:send_as_bot']);
  });

  it.each([
    [
      'an HTML 502',
      (reply: { code(n: number): { type(t: string): { send(b: string): unknown } } }) =>
        reply.code(502).type('text/html').send('<html>Bad gateway</html>'),
    ],
    [
      'HTML at 200',
      (reply: { code(n: number): { type(t: string): { send(b: string): unknown } } }) =>
        reply.code(200).type('text/html').send('<html>Welcome to the hotel</html>'),
    ],
    [
      'an internal error',
      (reply: { code(n: number): { type(t: string): { send(b: string): unknown } } }) =>
        reply.code(200).type('application/json').send('{"code":2200,"msg":"Internal Error"}'),
    ],
  ])('leaves the outcome of a send unknown after %s', async (_, answer) => {
    platform.on('POST', '/im/v1/messages', (_request, reply) => answer(reply));
    expect(await failureOf(send())).toMatchObject({
      errorClass: 'server',
      retry: 'normal',
      outcome: 'unknown',
    });
  });

  it('leaves the outcome of a send unknown when the connection breaks before the answer', async () => {
    platform.on('POST', '/im/v1/messages', (request) => {
      request.raw.socket.destroy();
      return new Promise(() => undefined);
    });
    expect(await failureOf(send())).toMatchObject({
      errorClass: 'server',
      outcome: 'unknown',
      code: undefined,
    });
  });

  it('leaves the outcome of a send unknown when the answer does not come in time', async () => {
    platform.on('POST', '/im/v1/messages', () => new Promise(() => undefined));
    const error = await failureOf(
      client.messages.send(
        { to: 'ou_1', content: { kind: 'text', text: 'x' }, uuid: 'u-1' },
        { timeoutMs: 50 },
      ),
    );
    expect(error).toMatchObject({ errorClass: 'server', outcome: 'unknown' });
    expect(error.message).toContain('time-out');
  });

  it('knows that nothing was sent when no connection could be made', async () => {
    const closed = await startStubPlatform();
    await closed.close();
    const error = await failureOf(
      feishu.for({ appId: APP_ID, appSecret: SECRET, baseUrl: closed.baseUrl }).application.bot(),
    );
    expect(error).toMatchObject({ errorClass: 'server', outcome: 'refused' });
  });

  it('takes a page at a wrong address for a wrong address', async () => {
    platform.on('GET', '/tenant/v2/tenant/query', (_request, reply) =>
      reply.code(404).type('text/html').send('<html>Not found</html>'),
    );
    expect(await failureOf(client.tenant.get())).toMatchObject({ errorClass: 'wrong-url', retry: 'never' });
  });

  it('does not follow a redirect, which would carry the token elsewhere', async () => {
    platform.on('GET', '/tenant/v2/tenant/query', (_request, reply) =>
      reply.code(302).header('location', `${platform.baseUrl}/open-apis/bot/v3/info`).send(),
    );
    expect((await failureOf(client.tenant.get())).errorClass).toBe('wrong-url');
    expect(platform.count('GET /bot/v3/info')).toBe(0);
  });

  it('rejects with the reason of the signal when the caller leaves', async () => {
    platform.on('POST', '/im/v1/messages', () => new Promise(() => undefined));
    const leaving = new AbortController();
    const call = client.messages.send(
      { to: 'ou_1', content: { kind: 'text', text: 'x' }, uuid: 'u-1' },
      { signal: leaving.signal },
    );
    const settled = expect(call).rejects.toThrow('worker shuts down');
    leaving.abort(new Error('worker shuts down'));
    await settled;
  });

  it('never lets secret, token, mailbox or phone number into an error', async () => {
    platform.on('POST', '/im/v1/messages', () => ({
      code: 230001,
      msg: `invalid receive_id zhang@example.com +8613800138000 token t-g1044qeGEDXTB6NDJOGV4JQCYDGHRBARFTGT1234`,
      error: {
        field_violations: [
          { field: 'receive_id', value: 'zhang@example.com', description: 'bad 13800138000' },
        ],
      },
    }));
    const error = await failureOf(
      client.messages.send({
        to: 'zhang@example.com',
        toKind: 'email',
        content: { kind: 'text', text: 'my secret text' },
        uuid: 'u-1',
      }),
    );
    const everything = `${error.stack ?? ''} ${JSON.stringify(error)} ${JSON.stringify(Object.values(error))}`;
    for (const secret of [SECRET, 't-1', 'g1044qeG', 'zhang@example.com', '13800138000', 'my secret text'])
      expect(everything).not.toContain(secret);
    expect(error.fieldViolations?.[0]?.field).toBe('receive_id');
    expect(error.code).toBe(230001);
  });
});
