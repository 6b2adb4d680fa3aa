import { ADMIN_TOKEN, startApi, type TestApi } from './server';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const origin = (): Record<string, string> => ({ origin: api.url });

/** The cookie as a browser would send it back. */
async function signIn(token: string): Promise<{ cookie: string; attributes: string }> {
  const answer = await api.call('POST', '/v1/session', undefined, bearer(token));
  expect(answer.status).toBe(201);
  const attributes = String((answer.headers['set-cookie'] as string[])[0]);
  return { cookie: attributes.split(';')[0] ?? '', attributes };
}

describe('a session of the console', () => {
  it('is opened with a token, and is out of reach for scripts and other sites', async () => {
    const { cookie, attributes } = await signIn(ADMIN_TOKEN);
    expect(attributes).toMatch(/HttpOnly/);
    expect(attributes).toMatch(/SameSite=Strict/);
    expect(attributes).not.toContain(ADMIN_TOKEN);
    const who = await api.call('GET', '/v1/session', undefined, { cookie });
    expect(who.body).toMatchObject({ actor: 'admin', role: 'admin', dockingIds: '*' });
    expect(Date.parse(String(who.body['endsAt']))).toBeGreaterThan(Date.now() + 11 * 3_600_000);
  });

  it('may what its token may, and no more', async () => {
    const { token, secret } = await api.store.tokens.create({
      role: 'operator',
      dockingIds: [],
      label: 'night shift',
    });
    const { cookie } = await signIn(secret);
    const who = await api.call('GET', '/v1/session', undefined, { cookie });
    expect(who.body).toMatchObject({ actor: `token:${token.id}`, role: 'operator' });
    const refused = await api.call('GET', '/v1/tokens', undefined, { cookie });
    expect(refused.status).toBe(403);
    await api.store.tokens.revoke(token.id);
    expect((await api.call('GET', '/v1/session', undefined, { cookie })).status).toBe(401);
  });

  it('changes something from the pages of the console only', async () => {
    const { cookie } = await signIn(ADMIN_TOKEN);
    const body = { role: 'operator', dockingIds: '*', label: 'made at the console' };
    const from = (headers: Record<string, string>) =>
      api.call('POST', '/v1/tokens', body, { cookie, ...headers });
    expect((await from(origin())).status).toBe(201);
    const behindProxy = { origin: api.ports.settings.publicUrl };
    expect((await from(behindProxy)).status).toBe(201);
    for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }]) {
      const refused = await from(headers);
      expect(refused.status).toBe(403);
      expect(refused.body['type']).toBe('Auth.OtherSite');
    }
    expect((await api.store.tokens.list()).filter(({ label }) => label === body.label)).toHaveLength(2);
  });

  it('ends when the person signs out, also for whoever kept the cookie', async () => {
    const { cookie } = await signIn(ADMIN_TOKEN);
    const left = await api.call('DELETE', '/v1/session', undefined, { cookie, ...origin() });
    expect(left.status).toBe(204);
    expect((await api.call('GET', '/v1/session', undefined, { cookie })).status).toBe(401);
  });

  it('ends by itself', async () => {
    const { cookie } = await signIn(ADMIN_TOKEN);
    const secret = cookie.split('=')[1] ?? '';
    const later = new Date(Date.now() + 13 * 3_600_000);
    expect(await api.store.consoleSessions.find(secret, later)).toBeNull();
    expect(await api.store.consoleSessions.find(secret, new Date())).not.toBeNull();
  });

  it('is refused to a token that nobody has, and to a made-up cookie', async () => {
    expect((await api.call('POST', '/v1/session', undefined, bearer('dkt_nobody'))).status).toBe(401);
    const made = { cookie: 'docking_session=made-up' };
    expect((await api.call('GET', '/v1/dockings', undefined, made)).status).toBe(401);
  });
});

describe('the page of the console', () => {
  it('loads nothing from elsewhere, may not be framed, and its files are kept by name', async () => {
    const page = await fetch(api.url);
    const html = await page.text();
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const [script] = /\/assets\/console-[^"]+\.js/.exec(html) ?? [];
    const file = await fetch(`${api.url}${script}`, { headers: { 'accept-encoding': 'br' } });
    expect(file.headers.get('cache-control')).toContain('immutable');
    expect(file.headers.get('content-encoding')).toBe('br');
    expect((await file.text()).length).toBeGreaterThan(100_000);
  });
});
