import { openStore } from '../../store';
import { openTestStore, type TestStore } from './fixture';

let test: TestStore;

beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test?.end());

it('replaces an index that an older build made in another way, also when two processes start at once', async () => {
  const changes = test.raw.collection('sync-changes');
  const [index] = (await changes.indexes()).filter(({ key }) => Object.keys(key).length === 3);
  if (!index?.name) throw new Error('the index this test is about has gone');
  await changes.dropIndex(index.name);
  await changes.createIndex({ runId: -1 }, { name: index.name });
  await changes.insertOne({ runId: 'run-1', employeeId: 'ou-1', kind: 'left', fields: [] });

  const stores = await Promise.all([0, 1].map(() => openStore({ uri: test.uri, masterKey: test.masterKey })));
  await Promise.all(stores.map((store) => store.close()));

  expect(await changes.indexes()).toContainEqual(index);
  expect(await changes.countDocuments()).toBe(1);
});

it('replaces an index whose options have changed', async () => {
  const changes = test.raw.collection('sync-changes');
  const unique = (await changes.indexes()).find((one) => one.unique);
  if (!unique?.name) throw new Error('the unique index this test is about has gone');
  await changes.dropIndex(unique.name);
  await changes.createIndex(unique.key, { name: unique.name });

  const store = await openStore({ uri: test.uri, masterKey: test.masterKey });
  await store.close();

  expect(await changes.indexes()).toContainEqual(unique);
});
