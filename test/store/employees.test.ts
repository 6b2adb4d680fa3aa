import type { Employee, PulledEmployee, Store } from '../../store';
import { openTestStore, person, uniqueId, type TestStore } from './fixture';

let opened: TestStore;
let employees: Store['employees'];
beforeAll(async () => {
  opened = await openTestStore();
  ({ employees } = opened.store);
});
afterAll(() => opened.end());

const company = (): string => uniqueId('dk');
const idsOf = (people: { employeeId: string }[]): string[] =>
  people.map(({ employeeId }) => employeeId).sort();
const found = async (dockingId: string, query: Parameters<typeof employees.search>[1]): Promise<string[]> =>
  idsOf((await employees.search(dockingId, query)).items);

async function all(ids: AsyncIterable<string>): Promise<string[]> {
  const seen = [];
  for await (const id of ids) seen.push(id);
  return seen.sort();
}

test('a person reads back with exactly what was pulled', async () => {
  const dockingId = company();
  await employees.bulkApply(dockingId, [{ employeeId: 'ou-1', name: '', state: 'active' }]);
  const stored = await employees.get(dockingId, 'ou-1');
  expect(stored).toEqual<Employee>({
    dockingId,
    employeeId: 'ou-1',
    name: '',
    state: 'active',
    inAvailability: null,
    updatedAt: expect.any(Date) as Date,
  });
  expect(await employees.get(dockingId, 'ou-2')).toBeNull();
});

test('the same pull again writes nothing, in the database too', async () => {
  const dockingId = company();
  const pulled = [person('ou-1'), person('ou-2', { departmentIds: ['b', 'a'] })];
  expect(await employees.bulkApply(dockingId, pulled)).toEqual({ written: 2, unchanged: 0 });
  const before = await employees.getMany(dockingId, ['ou-1', 'ou-2']);
  const again = [person('ou-1'), person('ou-2', { departmentIds: ['a', 'b'] })];
  expect(await employees.bulkApply(dockingId, again)).toEqual({ written: 0, unchanged: 2 });
  expect(await employees.getMany(dockingId, ['ou-1', 'ou-2'])).toEqual(before);
});

test('a lost permission erases nothing and is no change, however often it is pulled', async () => {
  const dockingId = company();
  await employees.bulkApply(dockingId, [person('ou-1')]);
  const bare: PulledEmployee = { employeeId: 'ou-1', state: 'unknown' };
  for (let time = 0; time < 2; time += 1) {
    expect(await employees.compare(dockingId, [bare])).toEqual([
      { employeeId: 'ou-1', kind: 'unchanged', fields: [] },
    ]);
    expect(await employees.bulkApply(dockingId, [bare])).toEqual({ written: 0, unchanged: 1 });
  }
  expect(await employees.get(dockingId, 'ou-1')).toMatchObject({
    name: '张伟',
    mobile: '+8613800000001',
    state: 'active',
  });
  expect(await found(dockingId, { q: '138' })).toEqual(['ou-1']);
  // The permission is back and something else is new.
  expect(await employees.bulkApply(dockingId, [person('ou-1', { jobTitle: 'Lead' })])).toMatchObject({
    written: 1,
  });
});

test('a change of one field keeps the search keys of the others', async () => {
  const dockingId = company();
  await employees.bulkApply(dockingId, [person('ou-1', { enterpriseEmail: 'dz@corp.example' })]);
  await employees.bulkApply(dockingId, [{ employeeId: 'ou-1', email: 'new@example.com', state: 'unknown' }]);
  expect(idsOf(await employees.findByEmail(dockingId, ['dz@corp.example']))).toEqual(['ou-1']);
  expect(idsOf(await employees.findByEmail(dockingId, ['new@example.com']))).toEqual(['ou-1']);
  expect(await employees.findByEmail(dockingId, ['david.zhang@example.com'])).toEqual([]);
  expect(idsOf(await employees.findByMobile(dockingId, ['+8613800000001']))).toEqual(['ou-1']);
});

test('a comparison answers each person in the order given and writes nothing', async () => {
  const dockingId = company();
  await employees.bulkApply(dockingId, [person('ou-1'), person('ou-2'), person('ou-3')]);
  await employees.markLeft(dockingId, ['ou-3']);
  const compared = await employees.compare(dockingId, [
    person('ou-9'),
    person('ou-1'),
    person('ou-2', { departmentIds: ['od-2'] }),
    person('ou-3'),
  ]);
  expect(compared.map(({ employeeId, kind }) => [employeeId, kind])).toEqual([
    ['ou-9', 'joined'],
    ['ou-1', 'unchanged'],
    ['ou-2', 'moved'],
    ['ou-3', 'returned'],
  ]);
  expect(compared[2]?.fields).toEqual([{ field: 'departmentIds', from: ['od-1'], to: ['od-2'] }]);
  expect(await employees.get(dockingId, 'ou-9')).toBeNull();
});

test('more people than one batch holds are all compared and written', async () => {
  const dockingId = company();
  const people = Array.from({ length: 1203 }, (_, at) => person(`ou-${at}`));
  expect(await employees.bulkApply(dockingId, people)).toEqual({ written: 1203, unchanged: 0 });
  expect((await all(employees.activeIds(dockingId))).length).toBe(1203);
  expect(
    (
      await employees.getMany(
        dockingId,
        people.map(({ employeeId }) => employeeId),
      )
    ).length,
  ).toBe(1203);
  people[700] = person('ou-700', { name: '王芳' });
  expect(await employees.bulkApply(dockingId, people)).toEqual({ written: 1, unchanged: 1202 });
});

test('those who left are kept, are not active, and come back by being pulled again', async () => {
  const dockingId = company();
  await employees.bulkApply(dockingId, [person('ou-1'), person('ou-2')]);
  expect(await employees.markLeft(dockingId, ['ou-1', 'nobody'])).toBe(1);
  expect(await employees.markLeft(dockingId, ['ou-1'])).toBe(0);
  expect(await all(employees.activeIds(dockingId))).toEqual(['ou-2']);
  expect(await employees.get(dockingId, 'ou-1')).toMatchObject({ state: 'left', name: '张伟' });
  expect(await employees.bulkApply(dockingId, [person('ou-1')])).toEqual({ written: 1, unchanged: 0 });
  expect(await all(employees.activeIds(dockingId))).toEqual(['ou-1', 'ou-2']);
});

test('the same pull twice at once leaves one record', async () => {
  const dockingId = company();
  const people = Array.from({ length: 50 }, (_, at) => person(`ou-${at}`));
  await Promise.all([employees.bulkApply(dockingId, people), employees.bulkApply(dockingId, people)]);
  expect((await all(employees.activeIds(dockingId))).length).toBe(50);
});

describe('search', () => {
  const dockingId = uniqueId('dk');
  beforeAll(() =>
    employees.bulkApply(dockingId, [
      person('ou-1', { name: '张伟', enName: 'David Zhang', departmentIds: ['od-1', 'od-2'] }),
      person('ou-2', {
        name: 'Ana (Lee)',
        enName: 'Ana Maria Lee',
        email: 'ANA@corp.example',
        mobile: '+65 9123 4567',
        state: 'frozen',
      }),
      person('ou-3', { name: '.*', enName: '', email: '', mobile: '', departmentIds: ['od-2'] }),
    ]),
  );

  test.each([
    ['the start of a name', 'dav', ['ou-1']],
    ['a later word of a name', 'maria', ['ou-2']],
    ['a Chinese name', '张', ['ou-1']],
    ['a Chinese given name', '伟', ['ou-1']],
    ['an email, in capitals', 'DAVID.Z', ['ou-1']],
    ['a mobile as dialled at home', '138 0000', ['ou-1']],
    ['a mobile as dialled abroad', '+86-138', ['ou-1']],
    ['a mobile of another country', '9123', ['ou-2']],
    ['brackets', 'ana (', ['ou-2']],
    ['what would be a pattern', '.*', ['ou-3']],
    ['the middle of a word', 'avid', []],
    ['nothing but spaces', '   ', ['ou-1', 'ou-2', 'ou-3']],
  ])('finds %s', async (_what, q, expected) => {
    expect(await found(dockingId, { q })).toEqual(expected);
  });

  test('narrows down to a department and a state', async () => {
    expect(await found(dockingId, { department: 'od-2' })).toEqual(['ou-1', 'ou-3']);
    expect(await found(dockingId, { state: 'frozen' })).toEqual(['ou-2']);
    expect(await found(dockingId, { department: 'od-2', q: 'david' })).toEqual(['ou-1']);
  });

  test('shows no other company', async () => {
    expect(await found('elsewhere', {})).toEqual([]);
  });

  test('shows records, not what they are found by', async () => {
    const { items } = await employees.search(dockingId, { q: 'david' });
    expect(items).toEqual([await employees.get(dockingId, 'ou-1')]);
    expect(Object.keys(items[0]!)).not.toContain('searchKeys');
  });
});

test('availability is set, forgotten, and not part of what is pulled', async () => {
  const dockingId = company();
  await employees.bulkApply(dockingId, [person('ou-1'), person('ou-2')]);
  await employees.setAvailability(dockingId, ['ou-1'], false);
  expect((await employees.get(dockingId, 'ou-1'))?.inAvailability).toBe(false);
  expect((await employees.get(dockingId, 'ou-2'))?.inAvailability).toBeNull();
  await employees.bulkApply(dockingId, [person('ou-1', { name: 'New' })]);
  expect((await employees.get(dockingId, 'ou-1'))?.inAvailability).toBe(false);
  await employees.setAvailability(dockingId, ['ou-1'], null);
  expect((await employees.get(dockingId, 'ou-1'))?.inAvailability).toBeNull();
});

test('two people with one mobile are both found, in their own company only', async () => {
  const [dockingId, other] = [company(), company()];
  await employees.bulkApply(dockingId, [person('ou-1'), person('ou-2', { mobile: '138-0000-0001' })]);
  await employees.bulkApply(other, [person('ou-3')]);
  expect(idsOf(await employees.findByMobile(dockingId, ['+8613800000001']))).toEqual(['ou-1', 'ou-2']);
});
