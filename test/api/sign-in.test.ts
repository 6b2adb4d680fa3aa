import { startSimulator, type Simulator } from '../../simulator';
import type { SimulatedPerson } from '../workflows/company';
import { startApi, type TestApi } from './server';

let api: TestApi;
let simulator: Simulator;
let people: SimulatedPerson[];
let redirectUrl: string;
const dockingId = 'dk_self';

beforeAll(async () => {
  [api, simulator] = await Promise.all([startApi(), startSimulator()]);
  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${simulator.url}/_control${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return (await response.json()) as T;
  };
  const world = await control<{
    apps: { appId: string; appSecret: string; redirectUrls: string[]; tenantKey: string }[];
  }>('POST', '/reset', { employees: 40, departments: 3, tenants: 2, tickets: 0 });
  const app = world.apps[0];
  if (!app?.redirectUrls[0]) throw new Error('the simulator made no app with a redirect URL');
  redirectUrl = app.redirectUrls[0];
  const { items } = await control<{ items: SimulatedPerson[] }>('GET', '/people?limit=200');
  people = items.filter(({ status, openId }) => status === 'active' && openId);
  await api.store.dockings.create(
    {
      id: dockingId,
      name: 'Self',
      brand: 'feishu',
      appId: app.appId,
      platformUrl: simulator.url,
      homepageUrl: 'https://example.com',
      redirectUrl,
      tenantKey: app.tenantKey,
      state: 'live',
      ticketSystem: { kind: 'rest', baseUrl: 'http://127.0.0.1:1' },
      createdAt: new Date(),
      updatedAt: new Date(),
      createdBy: 'test',
    },
    { appSecret: app.appSecret, pushToken: 'p' },
  );
  const known = people.slice(0, 10);
  await api.store.employees.bulkApply(
    dockingId,
    known.map(({ openId, name }, index) => ({
      employeeId: openId,
      name,
      email: `own${index}@corp.example`,
      mobile: `+861390000000${index}`,
      state: 'active' as const,
    })),
  );
  await api.store.agents.replaceAll(
    dockingId,
    Array.from({ length: 6 }, (_, index) => ({
      agentId: `agent-${index}`,
      name: `<b>Agent ${index}</b>`,
      email: index === 5 ? 'own4@corp.example' : `OWN${index}@corp.example`,
      mobile: null,
      groupIds: [],
      state: 'active' as const,
    })),
  );
});
afterAll(async () => {
  await api?.close();
  await simulator?.close();
});

/** What the platform sends back to the redirect URL after somebody has chosen who they are. */
async function signedIn(person: SimulatedPerson | undefined): Promise<URLSearchParams> {
  const begun = await fetch(`${api.url}/sign-in/${dockingId}`, { redirect: 'manual' });
  expect(begun.status).toBe(302);
  const page = new URL(begun.headers.get('location') ?? '');
  expect(page.searchParams.get('code_challenge_method')).toBe('S256');
  expect(page.searchParams.get('redirect_uri')).toBe(redirectUrl);
  page.searchParams.set('auto_user', person?.userId ?? '-');
  const back = await fetch(page, { redirect: 'manual' });
  return new URL(back.headers.get('location') ?? '').searchParams;
}
const arrive = (answer: URLSearchParams, headers: Record<string, string> = {}) =>
  api.call('GET', `/sign-in/${dockingId}/callback?${answer.toString()}`, undefined, headers);
const confirm = (ticket: unknown) => api.call('POST', `/sign-in/${dockingId}/bind`, { ticket }, {});

test('an employee proves who they are, is offered their own agent, and binds it', async () => {
  const [me] = people;
  const answer = await signedIn(me);
  const offered = await arrive(answer);
  expect(offered).toMatchObject({
    status: 200,
    body: { employee: { employeeId: me?.openId }, offer: { agentId: 'agent-0' }, bound: null },
  });
  expect(await confirm(offered.body['ticket'])).toMatchObject({
    status: 200,
    body: { employeeId: me?.openId, agentId: 'agent-0', method: 'self' },
  });
  expect(await api.store.bindings.byAgent(dockingId, ['agent-0'])).toMatchObject([
    { employeeId: me?.openId, method: 'self', createdBy: `employee:${me?.openId}` },
  ]);
  expect((await arrive(await signedIn(me))).body).toMatchObject({
    offer: null,
    bound: { agentId: 'agent-0', state: 'active' },
  });
});

test('neither the way back nor the confirmation works twice', async () => {
  const answer = await signedIn(people[1]);
  const offered = await arrive(answer);
  expect(await arrive(answer)).toMatchObject({ status: 410, body: { type: 'SignIn.Expired' } });
  expect((await confirm(offered.body['ticket'])).status).toBe(200);
  expect(await confirm(offered.body['ticket'])).toMatchObject({
    status: 410,
    body: { type: 'SignIn.Expired' },
  });
  expect((await arrive(new URLSearchParams({ code: 'x', state: 'made-up' }))).status).toBe(410);
});

test('somebody outside the mirror, of another company, or who refuses is told why', async () => {
  expect(await arrive(await signedIn(people[20]))).toMatchObject({
    status: 403,
    body: { type: 'SignIn.UnknownPerson' },
  });
  expect(await arrive(await signedIn(undefined))).toMatchObject({
    status: 403,
    body: { type: 'SignIn.Refused' },
  });
  const { tenantKey = '' } = await api.store.dockings.require(dockingId);
  await api.store.dockings.patch(dockingId, { tenantKey: 'another' });
  try {
    expect(await arrive(await signedIn(people[2]))).toMatchObject({
      status: 403,
      body: { type: 'SignIn.WrongCompany' },
    });
  } finally {
    await api.store.dockings.patch(dockingId, { tenantKey });
  }
});

test('where two agents have the mailbox, or two people the number, nobody guesses', async () => {
  expect((await arrive(await signedIn(people[4]))).body).toMatchObject({
    offer: null,
    reason: 'several-matches',
    ticket: null,
  });
  const [, , mine] = people;
  await api.store.employees.bulkApply(dockingId, [
    { employeeId: 'ou-other', email: 'own2@corp.example', state: 'active' },
  ]);
  expect((await arrive(await signedIn(mine))).body).toMatchObject({ offer: null, reason: 'shared-value' });
});

test('a page in both languages offers the agent, and a name in it is never markup', async () => {
  const answer = await signedIn(people[3]);
  const response = await fetch(`${api.url}/sign-in/${dockingId}/callback?${answer.toString()}`, {
    headers: { accept: 'text/html' },
  });
  expect(response.headers.get('content-type')).toMatch('text/html');
  expect(response.headers.get('content-security-policy')).toMatch("default-src 'none'");
  const html = await response.text();
  expect(html).toContain('&lt;b&gt;Agent 3&lt;/b&gt;');
  const ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const bound = await fetch(`${api.url}/sign-in/${dockingId}/bind`, {
    method: 'POST',
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ticket }),
  });
  expect(bound.status).toBe(200);
  expect(await bound.text()).toContain('Bound');
  expect(await api.store.bindings.byAgent(dockingId, ['agent-3'])).toHaveLength(1);
});
