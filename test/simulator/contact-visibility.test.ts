import { code, contactDirectory, first, type Department, type Person } from './contact-directory';
import { at, type Session } from './http';

let session: Session;
let departments: Department[];
let people: Person[];
const { members, user } = contactDirectory((ground) => ({ session, departments, people } = ground));

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

test('a hidden mobile is returned to apps unless the switch says otherwise', async () => {
  const person = first(people, (one) => one.mobile !== '');
  await session.control('PATCH', `/people/${person.userId}`, { mobileVisible: false });
  expect(at((await user(person.openId)).body, 'data.user.mobile')).toBe(person.mobile);
  await session.control('PATCH', '/switches', { hiddenMobileReturned: false });
  expect(at((await user(person.openId)).body, 'data.user')).not.toHaveProperty('mobile');
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
