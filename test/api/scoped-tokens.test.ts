/** An admin token for some dockings reaches these and no others, also by way of other tokens or new dockings. */
import { NEW_DOCKING, startApi, type TestApi } from './server';

type Answer = Awaited<ReturnType<TestApi['call']>>;
type Call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => Promise<Answer>;

let api: TestApi;
let own: string;
let second: string;
let foreign: string;
/** Calls with an admin token for `own` and `second`. */
let scoped: Call;

const newToken = (dockingIds: string[] | '*', role = 'operator') => ({ role, dockingIds, label: 'test' });
const created = async (dockingIds: string[] | '*'): Promise<string> =>
  String((await api.call('POST', '/v1/tokens', newToken(dockingIds))).body['id']);
const listed = ({ body }: Answer): string[] => (body['items'] as { id: string }[]).map(({ id }) => id);
const revokedAt = async (id: string): Promise<Date | null | undefined> =>
  (await api.store.tokens.get(id))?.revokedAt;

beforeAll(async () => {
  api = await startApi();
  const docking = async () => String((await api.call('POST', '/v1/dockings', NEW_DOCKING)).body['id']);
  [own, second, foreign] = [await docking(), await docking(), await docking()];
  const { body } = await api.call('POST', '/v1/tokens', newToken([own, second], 'admin'));
  const headers = { authorization: `Bearer ${String(body['secret'])}` };
  scoped = (method, path, sent) => api.call(method, path, sent, headers);
});
afterAll(() => api?.close());

describe('an admin token for some dockings', () => {
  it('makes tokens for its own dockings', async () => {
    expect(await scoped('POST', '/v1/tokens', newToken([own]))).toMatchObject({ status: 201 });
    expect(await scoped('POST', '/v1/tokens', newToken([second, own], 'admin'))).toMatchObject({
      status: 201,
      body: { dockingIds: [second, own] },
    });
  });

  it('makes none for all dockings or for another one, and hears which it may make', async () => {
    const before = await api.store.tokens.list();
    for (const dockingIds of ['*', [foreign], [own, foreign]] as const) {
      const wanted = newToken(dockingIds === '*' ? dockingIds : [...dockingIds], 'admin');
      expect(await scoped('POST', '/v1/tokens', wanted)).toMatchObject({
        status: 403,
        body: {
          type: 'Auth.OutOfReach',
          title: 'A token for some dockings makes tokens for these dockings only.',
          nextStep: expect.stringContaining('all dockings') as string,
        },
      });
    }
    expect(await api.store.tokens.list()).toHaveLength(before.length);
  });

  it('sees the tokens that open nothing but its own dockings, and of the others nothing', async () => {
    const visible = [await created([own]), await created([own, second])];
    const hidden = [await created('*'), await created([foreign]), await created([own, foreign])];
    const seen = listed(await scoped('GET', '/v1/tokens'));
    expect(seen).toEqual(expect.arrayContaining(visible));
    expect(seen.filter((id) => hidden.includes(id))).toEqual([]);
    expect(listed(await api.call('GET', '/v1/tokens'))).toEqual(
      expect.arrayContaining([...visible, ...hidden]),
    );
  });

  it('revokes these tokens; another one is for it like one that does not exist', async () => {
    const mine = await created([second]);
    expect(await scoped('DELETE', `/v1/tokens/${mine}`)).toMatchObject({ status: 204 });
    expect(await revokedAt(mine)).toBeInstanceOf(Date);
    const unknown = await scoped('DELETE', '/v1/tokens/tok_unknown');
    expect(unknown).toMatchObject({ status: 404, body: { type: 'Resource.NotFound' } });
    for (const id of [await created('*'), await created([foreign]), await created([own, foreign])]) {
      const { status, body } = await scoped('DELETE', `/v1/tokens/${id}`);
      expect({ status, ...body, instance: '' }).toEqual({ ...unknown.body, status: 404, instance: '' });
      expect(await revokedAt(id)).toBeNull();
    }
  });

  it('creates no docking, which it could not open', async () => {
    const refusal = {
      status: 403,
      body: {
        type: 'Auth.OutOfReach',
        title: 'A token for some dockings creates no docking: it could not open it.',
      },
    };
    expect(await scoped('POST', '/v1/dockings', NEW_DOCKING)).toMatchObject(refusal);
    const wanted = { brand: 'feishu', platformUrl: NEW_DOCKING.platformUrl };
    expect(await scoped('POST', '/v1/app-registrations', wanted)).toMatchObject(refusal);
    const { body } = await api.call('POST', '/v1/app-registrations', wanted);
    const one = `/v1/app-registrations/${String(body['id'])}`;
    expect(await scoped('GET', one)).toMatchObject(refusal);
    expect(await scoped('POST', `${one}:begin`, { confirm: true })).toMatchObject(refusal);
    const { brand: _brand, appId: _appId, appSecret: _secret, platformUrl: _url, ...rest } = NEW_DOCKING;
    expect(await scoped('POST', `${one}:createDocking`, rest)).toMatchObject(refusal);
    expect(await api.call('GET', one)).toMatchObject({ body: { state: 'planned' } });
  });
});

test('revoking a token that never existed is a 404; revoking one again is not, and leaves no second trace', async () => {
  expect(await api.call('DELETE', '/v1/tokens/tok_unknown')).toMatchObject({
    status: 404,
    body: { type: 'Resource.NotFound', title: 'There is no such token.' },
  });
  const id = await created([own]);
  expect(await api.call('DELETE', `/v1/tokens/${id}`)).toMatchObject({ status: 204 });
  const first = await revokedAt(id);
  expect(await api.call('DELETE', `/v1/tokens/${id}`)).toMatchObject({ status: 204 });
  expect(await revokedAt(id)).toEqual(first);
});
