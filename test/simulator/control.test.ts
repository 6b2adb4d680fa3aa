import { at, eventsOf, startSession, type Session } from './http';

let session: Session;

beforeAll(async () => {
  session = await startSession({ seed: 'control', employees: 60, departments: 8 });
});
beforeEach(async () => {
  await session.reset();
});
afterAll(() => session.close());

async function people(query = 'limit=1000'): Promise<unknown[]> {
  return at(await session.control('GET', `/people?${query}`), 'items');
}

async function departments(): Promise<string[]> {
  const items = at<unknown[]>(await session.control('GET', '/departments'), 'items');
  return items.map((one) => at<string>(one, 'openDepartmentId'));
}

async function someone(status = 'active'): Promise<unknown> {
  const found = (await people(`status=${status}&limit=1000`)).find(
    (one) => at(one, 'departmentIds.0') !== '0',
  );
  if (!found) throw new Error(`nobody is ${status}`);
  return found;
}

test('the same seed gives the same world, another seed another one', async () => {
  const make = async (seed: string): Promise<unknown> => {
    const made = await session.control('POST', '/reset', { seed, employees: 300, departments: 40 });
    const all = await people('limit=1000');
    return { apps: at(made, 'apps.0.appId'), secret: at(made, 'apps.0.appSecret'), all };
  };
  const one = await make('a');
  const other = await make('b');
  expect(await make('a')).toEqual(one);
  expect(other).not.toEqual(one);
});

test('a reset makes exactly what was asked for and answers tenants, apps and ticket systems', async () => {
  const made = await session.control('POST', '/reset', {
    employees: 1234,
    departments: 77,
    rootMembers: 5,
    leavers: 6,
    agents: 7,
  });
  expect(at(made, 'tenants')).toEqual([
    expect.objectContaining({ employees: 1234, departments: 77, resigned: 6 }) as unknown,
  ]);
  expect(at(made, 'apps.0.appSecret')).toMatch(/^[0-9a-f]{32}$/);
  expect(at(made, 'apps.0.appId')).toMatch(/^cli_[0-9a-f]{16}$/);
  const systems = at<unknown[]>(made, 'ticketSystems');
  expect(systems.map((one) => at(one, 'kind'))).toEqual(['sobot', 'rest']);
  expect(systems.map((one) => at(one, 'agents.length'))).toEqual([7, 7]);
  const root = await people('department=0&status=active&limit=1000');
  expect(root).toHaveLength(5);
});

test('a company can be deep, lack e-mails and have doubles, in the share that was asked for', async () => {
  await session.control('POST', '/reset', {
    employees: 400,
    departments: 40,
    levels: 8,
    withoutEmail: 50,
    duplicates: 10,
  });
  const made = at<unknown[]>(await session.control('GET', '/departments?limit=1000'), 'items');
  const parents = new Map(
    made.map((one) => [at<string>(one, 'openDepartmentId'), at<string>(one, 'parentId')]),
  );
  const depthOf = (id: string): number => (id === '0' ? 0 : 1 + depthOf(parents.get(id) ?? '0'));
  expect(Math.max(...[...parents.keys()].map(depthOf))).toBe(8);
  const everybody = (await people('limit=1000')).filter((one) => at(one, 'status') !== 'resigned');
  const without = everybody.filter(
    (one) => at(one, 'email') === '' && at(one, 'enterpriseEmail') === '',
  ).length;
  expect(without).toBeGreaterThanOrEqual(200);
  expect(without).toBeLessThan(260);
  const mobiles = everybody.map((one) => at<string>(one, 'mobile')).filter((mobile) => mobile !== '');
  expect(mobiles.length - new Set(mobiles).size).toBeGreaterThan(30);
});

test('a company may have 200,000 people', async () => {
  const made = await session.control('POST', '/reset', { employees: 200_000, departments: 5000, leavers: 1 });
  expect(at(made, 'tenants.0')).toMatchObject({ employees: 200_000, departments: 5000, resigned: 1 });
  const last = await people('cursor=204990&limit=20');
  expect(last).toHaveLength(11);
  expect(at(last[10], 'status')).toBe('resigned');
});

test('a Lark company answers on the bare address when the reset says so', async () => {
  const made = await session.control('POST', '/reset', { brand: 'lark', employees: 5, departments: 1 });
  const { appId, appSecret } = at<{ appId: string; appSecret: string }>(made, 'apps.0');
  const path = '/open-apis/auth/v3/tenant_access_token/internal';
  const credentials = { app_id: appId, app_secret: appSecret };
  expect(at((await session.call('POST', path, credentials)).body, 'code')).toBe(0);
  expect(at((await session.call('POST', `/feishu${path}`, credentials)).body, 'code')).toBe(10014);
});

test('the generated company shows every kind of person and a deep tree', async () => {
  await session.control('POST', '/reset', { seed: 'variety', employees: 1000, departments: 60 });
  const all = await people('limit=1000');
  const statuses = new Set(all.map((one) => at(one, 'status')));
  for (const status of ['active', 'not-activated', 'frozen', 'exited']) expect(statuses).toContain(status);
  expect((await people('status=resigned')).length).toBeGreaterThan(0);
  expect(all.some((one) => at<string[]>(one, 'departmentIds').length > 1)).toBe(true);
  expect(all.some((one) => at(one, 'mobile') === '')).toBe(true);
  expect(all.some((one) => at(one, 'email') === '' && at(one, 'enterpriseEmail') !== '')).toBe(true);
  expect(all.some((one) => at<string>(one, 'mobile').startsWith('+65'))).toBe(true);
  const emails = all.map((one) => at(one, 'email')).filter((email) => email !== '');
  expect(new Set(emails).size).toBeLessThan(emails.length);
  const mobiles = all.map((one) => at(one, 'mobile')).filter((mobile) => mobile !== '');
  expect(new Set(mobiles).size).toBe(mobiles.length);
  const parents = new Map(
    at<unknown[]>(await session.control('GET', '/departments'), 'items').map((one) => [
      at<string>(one, 'openDepartmentId'),
      at<string>(one, 'parentId'),
    ]),
  );
  const depth = (id: string): number => (id === '0' ? 0 : 1 + depth(parents.get(id) ?? '0'));
  expect(Math.max(...[...parents.keys()].map(depth))).toBe(5);
});

test('people are searched, filtered and paged', async () => {
  const { userId, name } = (await someone()) as { userId: string; name: string };
  expect((await people(`q=${encodeURIComponent(name)}`)).map((one) => at(one, 'userId'))).toContain(userId);
  const page = await session.control('GET', '/people?limit=10');
  const next = await session.control('GET', `/people?limit=10&cursor=${at<string>(page, 'nextCursor')}`);
  expect(at(next, 'items.0.userId')).toBe(at((await people())[10], 'userId'));
});

test('joining, changing, moving and resigning send the contact events', async () => {
  const [first, second] = await departments();
  const joined = await session.control('POST', '/people', {
    name: '新人',
    mobile: '+8613800001111',
    departmentIds: [first],
  });
  const path = `/people/${at<string>(joined, 'userId')}`;
  await session.control('PATCH', path, { mobile: '+8613800002222' });
  await session.control('PATCH', path, { departmentIds: [second] });
  await session.control('PATCH', path, { status: 'frozen' });
  await session.control('DELETE', path);
  expect(await eventsOf(session, 'contact.user.created_v3')).toMatchObject([
    { object: { open_id: at(joined, 'openId'), name: '新人', department_ids: [first] } },
  ]);
  const updates = await eventsOf(session, 'contact.user.updated_v3');
  expect(updates).toMatchObject([
    { object: { mobile: '+8613800002222' }, old_object: { mobile: '+8613800001111' } },
    { object: { department_ids: [second] }, old_object: { department_ids: [first] } },
    { object: { status: { is_frozen: true } }, old_object: { status: { is_frozen: false } } },
  ]);
  expect(Object.keys(at(updates[0], 'old_object'))).toEqual(['mobile']);
  expect(await eventsOf(session, 'contact.user.deleted_v3')).toMatchObject([
    { object: { status: { is_resigned: true } }, old_object: { department_ids: [second] } },
  ]);
});

test('events stay inside the contact range; leaving it is a scope event', async () => {
  const [first, second] = await departments();
  const person = await session.control('POST', '/people', { departmentIds: [first] });
  const path = `/people/${at<string>(person, 'userId')}`;
  const others = (await departments()).filter((id) => id !== first);
  const list = at<unknown[]>(await session.control('GET', '/departments'), 'items');
  const lone = list.find((one) => at(one, 'parentId') === '0' && at(one, 'openDepartmentId') !== first);
  const outside = lone ? at<string>(lone, 'openDepartmentId') : second;
  expect(others).toContain(outside);
  await session.set({ contactRange: { type: 'some', departmentIds: [first] } });
  await session.control('PATCH', path, { departmentIds: [outside] });
  await session.control('PATCH', path, { jobTitle: 'unseen' });
  const scope = await eventsOf(session, 'contact.scope.updated_v3');
  expect(at(scope.at(-1), 'removed.users.0.open_id')).toBe(at(person, 'openId'));
  expect(at(scope.at(-1), 'removed.users.0')).not.toHaveProperty('department_ids');
  expect(await eventsOf(session, 'contact.user.updated_v3')).toEqual([]);
});

test('events carry only fields whose scope is granted, to each app its own open_id', async () => {
  const sister = await session.control('POST', '/apps', {
    scopes: { requested: [], granted: ['contact:contact.base:readonly'] },
  });
  const person = await someone();
  await session.control('PATCH', `/people/${at<string>(person, 'userId')}`, { mobile: '+8613800003333' });
  const own = await eventsOf(session, 'contact.user.updated_v3');
  expect(at(own[0], 'object.mobile')).toBe('+8613800003333');
  expect(at(own[0], 'object.open_id')).toBe(at(person, `openIds.${session.appId}`));
  // Nothing that the sister may see has changed.
  expect(await eventsOf(session, 'contact.user.updated_v3', at(sister, 'appId'))).toEqual([]);
});

test('departments are added, renamed, moved and removed with their events', async () => {
  const [first] = await departments();
  const made = await session.control('POST', '/departments', { name: '新部门', parentId: first });
  const path = `/departments/${at<string>(made, 'openDepartmentId')}`;
  await session.control('PATCH', path, { name: '改名' });
  await session.control('PATCH', path, { parentId: '0' });
  await session.control('DELETE', path);
  expect(await eventsOf(session, 'contact.department.created_v3')).toMatchObject([
    { object: { name: '新部门', parent_department_id: first, order: 100 } },
  ]);
  expect(await eventsOf(session, 'contact.department.updated_v3')).toMatchObject([
    { old_object: { name: '新部门' } },
    { old_object: { parent_department_id: first } },
  ]);
  expect(await eventsOf(session, 'contact.department.deleted_v3')).toMatchObject([
    { old_object: { status: { is_deleted: true } } },
  ]);
});

test('a department with members cannot be removed, nor moved below itself', async () => {
  const [first, second] = await departments();
  const used = await session.call('DELETE', `/_control/departments/${first}`);
  expect(used.status).toBe(409);
  const loop = await session.call('PATCH', `/_control/departments/${first}`, { parentId: second });
  expect([loop.status, at(loop.body, 'error.field')]).toEqual([400, 'parentId']);
});

test.each([
  ['POST', '/reset', { employees: -1 }, 'employees'],
  ['POST', '/reset', { colour: 'red' }, 'colour'],
  ['POST', '/people', { mobile: '138-0013' }, 'mobile'],
  ['POST', '/people', { departmentIds: ['od-none'] }, 'departmentIds'],
  ['POST', '/faults', { effect: 'explode' }, 'effect'],
  ['POST', '/faults', { effect: 'delay', sometimes: true }, 'sometimes'],
  ['POST', '/clock', { advanceSeconds: -5 }, 'advanceSeconds'],
  ['PATCH', '/switches', { hiddenMobileReturned: 'maybe' }, 'hiddenMobileReturned'],
  ['PATCH', '/switches', { noSuchSwitch: true }, 'noSuchSwitch'],
  ['POST', '/apps', { ipAllowList: ['everywhere'] }, 'ipAllowList.0'],
  ['POST', '/apps', '{', 'body'],
])('bad input is refused by name: %s %s %j', async (method, path, body, field) => {
  const answer = await session.call(method, `/_control${path}`, body);
  expect([answer.status, at(answer.body, 'error.field')]).toEqual([400, field]);
  expect(at(answer.body, 'error.message')).not.toBe('');
});

test('a refused change changes nothing', async () => {
  const before = await session.control('GET', `/apps/${session.appId}`);
  await session.set({ name: 'Changed', availability: { departmentIds: ['od-none'] } });
  expect(await session.control('GET', `/apps/${session.appId}`)).toEqual(before);
  expect((await session.call('GET', '/_control/apps/cli_none')).status).toBe(404);
  expect((await session.call('GET', '/_control/people/nobody')).status).toBe(404);
});

test('companies and apps live side by side without sharing people', async () => {
  const made = await session.control('POST', '/reset', {
    tenants: 2,
    apps: 2,
    employees: 10,
    departments: 2,
  });
  expect(at(made, 'apps.length')).toBe(4);
  const [one, two] = at<{ tenantKey: string }[]>(made, 'tenants');
  const first = await people(`tenant=${one?.tenantKey}&limit=1`);
  const second = await people(`tenant=${two?.tenantKey}&limit=1`);
  expect(at(first[0], 'userId')).not.toBe(at(second[0], 'userId'));
  expect(Object.keys(at(first[0], 'openIds'))).toHaveLength(2);
  expect(at<unknown[]>(made, 'ticketSystems').map((system) => at(system, 'id'))).toEqual([
    'sobot',
    'helpdesk',
    'sobot-2',
    'helpdesk-2',
  ]);
});
