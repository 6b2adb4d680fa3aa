import { at, startSession, type Answer, type Session } from './http';

interface Person {
  userId: string;
  openId: string;
  unionId: string;
  departmentIds: string[];
  status: string;
  email: string;
  mobile: string;
}

interface Department {
  openDepartmentId: string;
  departmentId: string;
  parentId: string;
  memberCount: number;
}

let session: Session;
let departments: Department[];
let people: Person[];

beforeAll(async () => {
  session = await startSession({ seed: 'contact', employees: 120, departments: 12, leavers: 4 });
});
beforeEach(async () => {
  await session.reset();
  await session.control('PATCH', '/switches', { rateLimits: 'off' });
  departments = at(await session.control('GET', '/departments'), 'items');
  people = at(await session.control('GET', '/people?limit=1000'), 'items');
});
afterAll(() => session.close());

function first<T>(list: T[], fits: (item: T) => boolean = () => true): T {
  const found = list.find(fits);
  if (found === undefined) throw new Error('the generated company lacks such an item');
  return found;
}

/** All items of a listing, page by page. */
async function all(path: string, list = 'items'): Promise<unknown[]> {
  const items: unknown[] = [];
  let token = '';
  do {
    const glue = path.includes('?') ? '&' : '?';
    const { body } = await session.api('GET', `${path}${token && `${glue}page_token=${token}`}`);
    expect(at(body, 'code')).toBe(0);
    items.push(...at<unknown[]>(body, `data.${list}`));
    expect(at(body, 'data.page_token') !== undefined).toBe(at(body, 'data.has_more'));
    token = at<string | undefined>(body, 'data.page_token') ?? '';
  } while (token);
  return items;
}

const members = (id: string, size = 50): Promise<unknown[]> =>
  all(`/contact/v3/users/find_by_department?department_id=${id}&page_size=${size}`);
const code = (answer: Answer): unknown => at(answer.body, 'code');
const user = (id: string): Promise<Answer> => session.api('GET', `/contact/v3/users/${id}`);

test('walking the tree finds every department and every employee who has not resigned', async () => {
  const tree = await all('/contact/v3/departments/0/children?fetch_child=true&page_size=5');
  expect(tree.map((one) => at(one, 'open_department_id'))).toEqual(
    departments.map((one) => one.openDepartmentId),
  );
  const found = new Set<unknown>();
  for (const id of ['0', ...departments.map((one) => one.openDepartmentId)]) {
    for (const member of await members(id, 7)) found.add(at(member, 'open_id'));
  }
  expect(found).toEqual(new Set(people.filter((one) => one.status !== 'resigned').map((one) => one.openId)));
  expect(found.size).toBe(120);
});

test('fetch_child is understood as the official SDKs write it', async () => {
  for (const value of ['true', 'True', '1']) {
    const tree = await all(`/contact/v3/departments/0/children?fetch_child=${value}&page_size=50`);
    expect(tree).toHaveLength(departments.length);
  }
});

test('without fetch_child only the direct children are listed', async () => {
  const direct = await all('/contact/v3/departments/0/children?page_size=50');
  expect(direct).toHaveLength(departments.filter((one) => one.parentId === '0').length);
});

test('people who resigned are not listed but still answer to their id', async () => {
  const gone = first(people, (one) => one.status === 'resigned');
  for (const id of gone.departmentIds) {
    expect((await members(id)).map((one) => at(one, 'open_id'))).not.toContain(gone.openId);
  }
  const answer = await user(gone.openId);
  expect(at(answer.body, 'data.user.status.is_resigned')).toBe(true);
});

test('ids can be asked for in each type', async () => {
  const person = first(people, (one) => one.departmentIds[0] !== '0');
  for (const [type, id] of [
    ['user_id', person.userId],
    ['union_id', person.unionId],
    ['open_id', person.openId],
  ]) {
    const answer = await session.api('GET', `/contact/v3/users/${id}?user_id_type=${type}`);
    expect(at(answer.body, 'data.user.open_id')).toBe(person.openId);
  }
  const byCustomId = await session.api(
    'GET',
    `/contact/v3/users/${person.openId}?department_id_type=department_id`,
  );
  const department = first(departments, (one) => one.openDepartmentId === person.departmentIds[0]);
  expect(at(byCustomId.body, 'data.user.department_ids.0')).toBe(department.departmentId);
});

test('a missing field scope removes the field silently', async () => {
  const { openId } = first(people);
  await session.set({ scopes: { granted: ['contact:contact.base:readonly'] } });
  const bare = at<object>((await user(openId)).body, 'data.user');
  expect(Object.keys(bare).sort()).toEqual(['mobile_visible', 'open_id', 'union_id']);
  for (const [scope, field] of [
    ['contact:user.employee_id:readonly', 'user_id'],
    ['contact:user.base:readonly', 'name'],
    ['contact:user.email:readonly', 'email'],
    ['contact:user.phone:readonly', 'mobile'],
    ['contact:user.gender:readonly', 'gender'],
    ['contact:user.department:readonly', 'department_ids'],
    ['contact:user.employee:readonly', 'status'],
    ['contact:user.employee:readonly', 'enterprise_email'],
    ['contact:user.employee_number:read', 'employee_no'],
  ] as const) {
    expect(bare).not.toHaveProperty(field);
    await session.set({ scopes: { granted: ['contact:contact.base:readonly', scope] } });
    expect(at((await user(openId)).body, 'data.user')).toHaveProperty(field);
  }
});

test('department fields follow their scopes, order is a text', async () => {
  const path = `/contact/v3/departments/${first(departments).openDepartmentId}`;
  const whole = at((await session.api('GET', path)).body, 'data.department');
  expect(whole).toMatchObject({ order: '100', parent_department_id: '0', status: { is_deleted: false } });
  await session.set({ scopes: { granted: ['contact:department.organize:readonly'] } });
  const part = at((await session.api('GET', path)).body, 'data.department');
  expect(part).toHaveProperty('parent_department_id');
  expect(part).not.toHaveProperty('name');
});

test('a partial range hides departments and people outside, the root needs the whole', async () => {
  const inside = first(departments, (one) => one.parentId === '0' && one.memberCount > 0);
  const outside = first(departments, (one) => one.parentId === '0' && one !== inside && one.memberCount > 0);
  const root = first(people, (one) => one.departmentIds[0] === '0');
  await session.set({
    contactRange: { type: 'some', departmentIds: [inside.openDepartmentId], userIds: [root.userId] },
  });
  const range = (await session.api('GET', '/contact/v3/scopes')).body;
  expect(at(range, 'data')).toEqual({
    department_ids: [inside.openDepartmentId],
    user_ids: [root.openId],
    group_ids: [],
    has_more: false,
  });
  const refused = await session.api('GET', '/contact/v3/users/find_by_department?department_id=0');
  expect([refused.status, code(refused)]).toEqual([403, 40004]);
  expect(code(await session.api('GET', '/contact/v3/departments/0/children'))).toBe(40004);
  expect(code(await session.api('GET', `/contact/v3/departments/${outside.openDepartmentId}`))).toBe(40004);
  expect((await members(inside.openDepartmentId)).length).toBe(inside.memberCount);
  const stranger = first(
    people,
    (one) => one.departmentIds.length === 1 && one.departmentIds[0] === outside.openDepartmentId,
  );
  const hidden = await user(stranger.openId);
  expect([hidden.status, code(hidden)]).toEqual([400, 41050]);
  expect(code(await user(root.openId))).toBe(0);
  const batch = await session.api(
    'GET',
    `/contact/v3/users/batch?user_ids=${stranger.openId}&user_ids=${root.openId}`,
  );
  expect(at<unknown[]>(batch.body, 'data.items').map((one) => at(one, 'open_id'))).toEqual([root.openId]);
  const several = await session.api(
    'GET',
    `/contact/v3/departments/batch?department_ids=${outside.openDepartmentId}&department_ids=${inside.openDepartmentId}`,
  );
  expect(at(several.body, 'data.items.length')).toBe(1);
});

test('children of a granted department are inside the range, and it can follow availability', async () => {
  const child = first(departments, (one) => one.parentId !== '0');
  await session.set({
    contactRange: 'equal_to_availability',
    availability: { all: false, departmentIds: [child.parentId] },
  });
  expect(code(await session.api('GET', `/contact/v3/departments/${child.openDepartmentId}`))).toBe(0);
  const above = await session.api(
    'GET',
    `/contact/v3/departments/parent?department_id=${child.openDepartmentId}`,
  );
  expect(at(above.body, 'data.items.0.open_department_id')).toBe(child.parentId);
  await session.set({ availability: { all: true } });
  expect(code(await session.api('GET', '/contact/v3/departments/0/children'))).toBe(0);
});

test('a page token belongs to its query and its app, and lives two hours', async () => {
  const page = (query: string): Promise<Answer> =>
    session.api('GET', `/contact/v3/departments/0/children?${query}`);
  const token = at<string>((await page('page_size=1')).body, 'data.page_token');
  expect(code(await page(`page_size=1&page_token=${token}`))).toBe(0);
  expect(code(await page(`page_size=1&fetch_child=true&page_token=${token}`))).toBe(40011);
  expect(code(await page('page_size=1&page_token=made-up'))).toBe(40011);
  await session.control('POST', '/clock', { advanceSeconds: 7300 });
  expect(code(await page(`page_size=5&page_token=${token}`))).toBe(40011);
});

test('page sizes outside 1 to 50 are refused', async () => {
  for (const size of [0, 51]) {
    const path = `/contact/v3/users/find_by_department?department_id=0&page_size=${size}`;
    expect(code(await session.api('GET', path))).toBe(40012);
  }
});

test('someone who leaves between two pages hides nobody else', async () => {
  const department = first(departments, (one) => one.memberCount >= 4);
  const path = `/contact/v3/users/find_by_department?department_id=${department.openDepartmentId}&page_size=2`;
  const before = (await members(department.openDepartmentId)).map((one) => at(one, 'open_id'));
  const { body } = await session.api('GET', path);
  await session.control('DELETE', `/people/${String(before[0])}`);
  const rest = await session.api('GET', `${path}&page_token=${at<string>(body, 'data.page_token')}`);
  expect(at(rest.body, 'data.items.0.open_id')).toBe(before[2]);
});

test('recursion over a large tree is refused with the code of the switch', async () => {
  await session.control('PATCH', '/switches', { maxRecursiveDepartments: 11 });
  const path = '/contact/v3/departments/0/children?fetch_child=true';
  expect(code(await session.api('GET', path))).toBe(43010);
  await session.control('PATCH', '/switches', { largeTreeCode: 40162 });
  expect(code(await session.api('GET', path))).toBe(40162);
  expect(code(await session.api('GET', '/contact/v3/departments/0/children'))).toBe(0);
});

test('array parameters are repeated keys only', async () => {
  const [one, two] = people;
  const comma = await session.api('GET', `/contact/v3/users/batch?user_ids=${one?.openId},${two?.openId}`);
  expect(at(comma.body, 'data.items')).toEqual([]);
  const brackets = await session.api('GET', `/contact/v3/users/batch?user_ids[]=${one?.openId}`);
  expect(code(brackets)).toBe(99992402);
});

test('lookup by email and mobile echoes the input and leaves out whom it does not find', async () => {
  await session.set({ scopes: { granted: ['contact:user.id:readonly', 'contact:user.employee:readonly'] } });
  const mainland = first(people, (one) => one.mobile.startsWith('+86') && one.status === 'active');
  const foreign = first(people, (one) => /^\+(65|1)/.test(one.mobile) && one.status === 'active');
  const withEmail = first(people, (one) => one.email !== '' && one.status === 'active');
  const mobile = mainland.mobile.slice(3);
  const answer = await session.api('POST', '/contact/v3/users/batch_get_id', {
    emails: [withEmail.email.toUpperCase(), 'nobody@example.com'],
    mobiles: [mobile, foreign.mobile, '13000000000'],
  });
  expect(at(answer.body, 'data.user_list')).toEqual([
    { user_id: withEmail.openId, email: withEmail.email.toUpperCase(), status: expect.anything() as unknown },
    { email: 'nobody@example.com' },
    { user_id: mainland.openId, mobile, status: expect.anything() as unknown },
    { user_id: foreign.openId, mobile: foreign.mobile, status: expect.anything() as unknown },
    { mobile: '13000000000' },
  ]);
});

test('lookup sees a changed mobile and skips people who resigned unless asked', async () => {
  await session.set({ scopes: { granted: ['contact:user.id:readonly'] } });
  const person = first(people, (one) => one.status === 'active');
  const lookup = async (more = {}): Promise<unknown> => {
    const answer = await session.api('POST', '/contact/v3/users/batch_get_id', {
      mobiles: ['13911112222'],
      ...more,
    });
    return at(answer.body, 'data.user_list.0.user_id');
  };
  expect(await lookup()).toBeUndefined();
  await session.control('PATCH', `/people/${person.userId}`, { mobile: '+8613911112222' });
  expect(await lookup()).toBe(person.openId);
  await session.control('DELETE', `/people/${person.userId}`);
  expect(await lookup()).toBeUndefined();
  expect(await lookup({ include_resigned: true })).toBe(person.openId);
});

test('a hidden mobile is returned to apps unless the switch says otherwise', async () => {
  const person = first(people, (one) => one.mobile !== '');
  await session.control('PATCH', `/people/${person.userId}`, { mobileVisible: false });
  expect(at((await user(person.openId)).body, 'data.user.mobile')).toBe(person.mobile);
  await session.control('PATCH', '/switches', { hiddenMobileReturned: false });
  expect(at((await user(person.openId)).body, 'data.user')).not.toHaveProperty('mobile');
});

test('groups list their members', async () => {
  const groups = await all('/contact/v3/group/simplelist', 'grouplist');
  expect(groups).toHaveLength(3);
  const id = at<string>(groups[0], 'group_id');
  const memberlist = await all(`/contact/v3/group/${id}/member/simplelist`, 'memberlist');
  const memberId = at<string>(memberlist[0], 'member_id');
  expect(people.map((one) => one.openId)).toContain(memberId);
  const belongs = await session.api('GET', `/contact/v3/group/member_belong?member_id=${memberId}`);
  expect(at(belongs.body, 'data.group_list')).toContain(id);
  expect(at((await session.api('GET', `/contact/v3/group/${id}`)).body, 'data.group.id')).toBe(id);
});

test('open_id differs per app, union_id does not', async () => {
  const sister = await session.control('POST', '/apps', {});
  const shown = await session.control('GET', `/people/${first(people).userId}`);
  const ids = at<Record<string, string>>(shown, 'openIds');
  const other = ids[at<string>(sister, 'appId')] ?? '';
  expect(ids[session.appId]).toBe(first(people).openId);
  expect(other).toMatch(/^ou_[0-9a-f]{32}$/);
  expect(other).not.toBe(first(people).openId);
  expect(at(shown, 'unionId')).toBe(first(people).unionId);
  expect(code(await user(other))).toBe(99992361);
});

test('names of anybody can be read in small batches with their own scope', async () => {
  const body = { user_ids: [first(people).openId] };
  expect(code(await session.api('POST', '/contact/v3/users/basic_batch', body))).toBe(99991672);
  await session.set({ scopes: { granted: ['contact:user.basic_profile:readonly'] } });
  const answer = await session.api('POST', '/contact/v3/users/basic_batch', body);
  expect(at(answer.body, 'data.users.0.user_id')).toBe(first(people).openId);
});
