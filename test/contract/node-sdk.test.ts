import * as lark from '@larksuiteoapi/node-sdk';
import { at, startSession, type Session } from '../simulator/http';

/** The official Node SDK, unmodified, against the simulator. */
let session: Session;
let client: lark.Client;

function quiet(): void {
  // The SDK prints every refused request, tokens included.
}

beforeAll(async () => {
  session = await startSession({ seed: 'sdk', employees: 10_000, departments: 400 });
  await session.control('PATCH', '/switches', { rateLimits: 'off' });
  client = new lark.Client({
    appId: session.appId,
    appSecret: session.secret,
    domain: session.simulator.url,
    logger: { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet },
  });
});
afterAll(() => session.close());

beforeEach(async () => {
  const requested = at(await session.control('GET', `/apps/${session.appId}`), 'scopes.requested');
  await session.set({ contactRange: 'all', scopes: { granted: requested } });
});

/** The envelope inside the exception that the SDK throws for HTTP 4xx. */
async function refusal(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return at(error, 'response.data');
  }
  throw new Error('the call was not refused');
}

test('the client gets its token and reads bot, tenant, application, versions and scopes', async () => {
  const bot = await client.request<unknown>({ method: 'GET', url: '/open-apis/bot/v3/info' });
  expect(at(bot, 'bot.activate_status')).toBe(2);
  const tenant = await client.tenant.v2.tenant.query({});
  expect(tenant.data?.tenant?.tenant_key).toBe(session.tenantKey);
  const path = { app_id: session.appId };
  const app = await client.application.v6.application.get({ path, params: { lang: 'zh_cn' } });
  expect(app.data?.app?.app_id).toBe(session.appId);
  const versions = await client.application.v6.applicationAppVersion.list({
    path,
    params: { lang: 'zh_cn', page_size: 10 },
  });
  expect(versions.data?.items?.[0]?.status).toBe(1);
  const one = await client.application.v6.applicationAppVersion.get({
    path: { ...path, version_id: versions.data?.items?.[0]?.version_id ?? '' },
    params: { lang: 'zh_cn' },
  });
  expect(one.data?.app_version?.version).toBe('1.0.1');
  const scopes = await client.application.v6.scope.list({});
  expect(scopes.data?.scopes?.every((scope) => scope.grant_status === 1)).toBe(true);
});

test('paging through 400 departments finds all 10,000 people', async () => {
  const departments = ['0'];
  let page_token: string | undefined;
  do {
    const page = await client.contact.v3.department.children({
      path: { department_id: '0' },
      params: { fetch_child: true, page_size: 50, ...(page_token ? { page_token } : {}) },
    });
    departments.push(...(page.data?.items ?? []).map((item) => item.open_department_id ?? ''));
    page_token = page.data?.page_token;
  } while (page_token);
  expect(departments).toHaveLength(401);
  const people = new Set<string>();
  for (const department_id of departments) {
    do {
      const page = await client.contact.v3.user.findByDepartment({
        params: { department_id, page_size: 50, ...(page_token ? { page_token } : {}) },
      });
      for (const item of page.data?.items ?? []) people.add(item.open_id ?? '');
      page_token = page.data?.page_token;
    } while (page_token);
  }
  expect(people.size).toBe(10_000);
});

test('batch reads send repeated keys', async () => {
  const items = at<{ openId: string }[]>(await session.control('GET', '/people?limit=3'), 'items');
  const user_ids = items.map((one) => one.openId);
  const answer = await client.contact.v3.user.batch({ params: { user_ids } });
  expect(answer.data?.items?.map((item) => item.open_id)).toEqual(user_ids);
});

test('a missing scope reaches the caller with its violations', async () => {
  await session.set({ scopes: { granted: ['im:message'] } });
  const envelope = await refusal(client.contact.v3.scope.list({ params: {} }));
  expect(at(envelope, 'code')).toBe(99991672);
  expect(at(envelope, 'error.permission_violations.0.subject')).toBe('contact:contact.base:readonly');
});

test('a partial contact range is listed as granted and refused at the root', async () => {
  const department = at<{ openDepartmentId: string }>(
    await session.control('GET', '/departments?limit=1'),
    'items.0',
  );
  await session.set({ contactRange: { type: 'some', departmentIds: [department.openDepartmentId] } });
  const range = await client.contact.v3.scope.list({ params: { page_size: 100 } });
  expect(range.data?.department_ids).toEqual([department.openDepartmentId]);
  const refused = refusal(client.contact.v3.user.findByDepartment({ params: { department_id: '0' } }));
  expect(at(await refused, 'code')).toBe(40004);
});

test('lookup, groups, contact range and availability answer in the shapes of the SDK', async () => {
  await session.set({
    scopes: {
      granted: [
        'contact:user.id:readonly',
        'contact:group:readonly',
        'admin:app.info:readonly',
        'admin:app.visibility',
      ],
    },
  });
  const person = at<{ openId: string; mobile: string }>(
    await session.control('GET', `/people?q=${encodeURIComponent('+86')}&status=active&limit=1`),
    'items.0',
  );
  const found = await client.contact.v3.user.batchGetId({
    data: { mobiles: [person.mobile.slice(3)] },
    params: { user_id_type: 'open_id' },
  });
  expect(found.data?.user_list?.[0]?.user_id).toBe(person.openId);
  const groups = await client.contact.v3.group.simplelist({ params: { page_size: 10 } });
  expect(groups.data?.grouplist).toHaveLength(3);
  const path = { app_id: session.appId };
  const range = await client.application.v6.application.contactsRangeConfiguration({ path });
  expect(range.data?.contacts_range?.contacts_scope_type).toBe('all');
  const visible = await client.application.v6.applicationVisibility.checkWhiteBlackList({
    path,
    data: { user_ids: [person.openId] },
  });
  expect(visible.data?.user_visibility_list?.[0]?.in_white_list).toBe(true);
});
