import { code, contactDirectory, first, type Department, type Person } from './contact-directory';
import { at, type Answer, type Session } from './http';

let session: Session;
let departments: Department[];
let people: Person[];
const { all, members, user } = contactDirectory((ground) => ({ session, departments, people } = ground));

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
