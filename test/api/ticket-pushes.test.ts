import { createHmac } from 'node:crypto';
import { ADMIN_TOKEN, NEW_DOCKING, startApi, ticketEvent, type TestApi } from './server';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

const REST = { kind: 'rest', baseUrl: 'http://127.0.0.1:1', apiKey: 'a-key-that-nobody-may-see' };
const PUSH = { ticketid: 'x', ticket_code: 'y' };

async function newDocking(ticketSystem: object): Promise<{ id: string; body: Record<string, unknown> }> {
  const { body } = await api.call('POST', '/v1/dockings', { ...NEW_DOCKING, ticketSystem });
  return { id: String(body['id']), body };
}

function signed(body: string, secret: string, at = Date.now()): Record<string, string> {
  const t = Math.floor(at / 1000);
  const mac = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  return { 'content-type': 'application/json', 'x-signature': `t=${t},v1=${mac}` };
}

/** A body that is a text goes out byte by byte. */
async function push(id: string, body: unknown, headers: Record<string, string> = {}, query = '') {
  const answer = await fetch(`${api.url}/tickets/${id}/events${query}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const stored = async (id: string): Promise<number> =>
  (await api.store.pushes.next(id, 100, new Date())).length;

describe('pushes of a Sobot company', () => {
  it('need no secret where the docking has none: the ticket is read back before anything is believed', async () => {
    const { id } = await newDocking(NEW_DOCKING.ticketSystem);
    for (const body of [PUSH, [PUSH], { sys_code: '4', type: 'ticket', content: [PUSH] }]) {
      expect((await push(id, body)).body).toMatchObject({ retCode: '000000', retMsg: '数据接收成功' });
    }
    expect(await stored(id)).toBe(3);
  });

  it('need the access_token where the docking has a secret; refused ones are not stored', async () => {
    const { id } = await newDocking({ ...NEW_DOCKING.ticketSystem, webhookSecret: 'the-push-secret-1' });
    for (const query of ['', '?access_token=nope']) {
      expect(await push(id, PUSH, {}, query)).toMatchObject({ status: 401, body: { type: 'Push.Refused' } });
    }
    expect(await stored(id)).toBe(0);
    expect((await push(id, PUSH, {}, '?access_token=the-push-secret-1')).status).toBe(200);
  });

  it.each(['{"type":"ticket"}', '[', '7', ''])('are refused when they cannot be read: %s', async (body) => {
    const { id } = await newDocking(NEW_DOCKING.ticketSystem);
    expect((await push(id, body)).status).toBe(400);
    expect(await stored(id)).toBe(0);
  });

  it('go nowhere without their docking', async () => {
    expect((await push('dk_none', PUSH)).status).toBe(404);
  });
});

describe('pushes of any other ticket system', () => {
  it('are signed with the secret that creating the docking showed once', async () => {
    const { id, body } = await newDocking(REST);
    const secret = String(body['webhookSecret']);
    expect(secret.length).toBeGreaterThan(20);
    expect(body['ticketPushUrl']).toBe(`http://docking.example.com/tickets/${id}/events`);
    expect(body['ticketPushProof']).toContain('X-Signature');
    expect(JSON.stringify((await api.call('GET', `/v1/dockings/${id}`)).body)).not.toContain(secret);
    const event = JSON.stringify(ticketEvent('pushed-1'));
    expect((await push(id, event, signed(event, secret))).status).toBe(200);
    expect((await push(id, event, signed(event, 'another secret'))).status).toBe(401);
    expect((await push(id, event, signed(event, secret, Date.now() - 400_000))).status).toBe(401);
    expect((await push(id, event)).status).toBe(401);
    expect((await push(id, `${event} `, signed(event, secret))).status).toBe(401);
    expect(await stored(id)).toBe(1);
  });

  it('name the field that breaks the contract, and store nothing', async () => {
    const { id, body } = await newDocking(REST);
    const event = JSON.stringify({ events: [ticketEvent('a'), ticketEvent('b', { occurredAt: 'noon' })] });
    const answer = await push(id, event, signed(event, String(body['webhookSecret'])));
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain('occurredAt');
    expect(await stored(id)).toBe(0);
  });

  it('may carry the bearer token of a ticket system instead, of this docking only', async () => {
    const { id } = await newDocking(REST);
    const token = async (dockingId: string, role = 'ticket-system') => {
      const made = await api.call('POST', '/v1/tokens', { role, dockingIds: [dockingId], label: 'desk' });
      return { authorization: `Bearer ${String(made.body['secret'])}` };
    };
    expect((await push(id, ticketEvent('t-1'), await token(id))).status).toBe(200);
    expect((await push(id, ticketEvent('t-1'), await token('dk_other'))).status).toBe(404);
    expect((await push(id, ticketEvent('t-1'), await token(id, 'operator'))).status).toBe(403);
    expect(await stored(id)).toBe(1);
  });

  it('are believed with the old and the new secret while it is rotated', async () => {
    const { id } = await newDocking({ ...REST, webhookSecret: 'the first secret' });
    const rotate = (body?: object) =>
      api.call('POST', `/v1/dockings/${id}/webhook-secret:rotate`, body, {
        authorization: `Bearer ${ADMIN_TOKEN}`,
      });
    const made = await rotate();
    expect(made).toMatchObject({ status: 200 });
    const second = String(made.body['secret']);
    const tried = async (secret: string) => {
      const event = JSON.stringify(ticketEvent('r-1'));
      return (await push(id, event, signed(event, secret))).status;
    };
    expect([await tried('the first secret'), await tried(second)]).toEqual([200, 200]);
    // A day later the first one is nothing any more.
    await api.store.dockings.patch(id, { webhookSecretRotatedAt: new Date(Date.now() - 25 * 3600_000) });
    expect([await tried('the first secret'), await tried(second)]).toEqual([401, 200]);
    const brought = await rotate({ secret: 'brought by the admin' });
    expect(brought.body['secret']).toBeUndefined();
    expect([await tried(second), await tried('brought by the admin')]).toEqual([200, 200]);
  });
});
