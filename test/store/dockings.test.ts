import { Conflict, NotFound, openStore, SealBroken, type DockingSecrets } from '../../store';
import { docking, newMasterKey, openTestStore, type TestStore } from './fixture';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.end());

const SECRETS: DockingSecrets = {
  appSecret: 'app-secret-1',
  ticketSystemKey: 'desk-key-1',
  pushToken: 'push-1',
};

async function created(): Promise<string> {
  const record = docking();
  await opened.store.dockings.create(record, SECRETS);
  return record.id;
}

test('a docking reads back as it was written, without its secrets', async () => {
  const { dockings } = opened.store;
  const record = docking({ tenantName: 'Acme' });
  await dockings.create(record, SECRETS);
  expect(await dockings.get(record.id)).toEqual(record);
  expect(await dockings.require(record.id)).toEqual(record);
  expect(await dockings.findByAppId(record.appId)).toEqual(record);
  expect(await dockings.secrets(record.id)).toEqual(SECRETS);
});

test('no secret is readable in the database', async () => {
  const id = await created();
  await opened.store.dockings.setPending(id, 'app-secret-2');
  const kept = JSON.stringify(
    await opened.raw
      .collection('dockings')
      .find({ _id: id as never })
      .toArray(),
  );
  expect(kept).toContain('sealed');
  for (const secret of [...Object.values({ ...SECRETS }).map(String), 'app-secret-2'])
    expect(kept).not.toContain(secret);
});

test('what does not exist is null, or a typed refusal that names it', async () => {
  const { dockings } = opened.store;
  expect(await dockings.get('nowhere')).toBeNull();
  expect(await dockings.findByAppId('nowhere')).toBeNull();
  await expect(dockings.require('nowhere')).rejects.toThrow(new NotFound('docking', 'nowhere'));
  await expect(dockings.require('nowhere')).rejects.toBeInstanceOf(NotFound);
  await expect(dockings.patch('nowhere', { name: 'x' })).rejects.toBeInstanceOf(NotFound);
  await expect(dockings.secrets('nowhere')).rejects.toBeInstanceOf(NotFound);
  await expect(dockings.remove('nowhere')).rejects.toBeInstanceOf(NotFound);
});

test('an id is given once', async () => {
  const record = docking();
  const outcomes = await Promise.allSettled([
    opened.store.dockings.create(record, SECRETS),
    opened.store.dockings.create({ ...record, name: 'Other' }, SECRETS),
  ]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const [refused] = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused?.reason).toBeInstanceOf(Conflict);
});

test('a patch changes what it names', async () => {
  const { dockings } = opened.store;
  const id = await created();
  await dockings.patch(id, { name: 'Renamed', tenantKey: 'tk' });
  const { name, tenantKey, brand, updatedAt, createdAt } = await dockings.require(id);
  expect({ name, tenantKey, brand }).toEqual({ name: 'Renamed', tenantKey: 'tk', brand: 'feishu' });
  expect(updatedAt.getTime()).toBeGreaterThan(createdAt.getTime());
});

test('the list shows what the caller may see, page by page', async () => {
  const ids = [await created(), await created(), await created()].sort();
  const { dockings } = opened.store;
  const first = await dockings.list({ ids, limit: 2 });
  const second = await dockings.list({ ids, limit: 2, cursor: first.nextCursor });
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
  expect(second.nextCursor).toBeNull();
  expect(JSON.stringify(first)).not.toContain('sealed');
  expect((await dockings.list({ ids: [] })).items).toEqual([]);
  expect((await dockings.list({ ids: '*', limit: 200 })).items.map(({ id }) => id)).toEqual(
    expect.arrayContaining(ids),
  );
  expect(await dockings.ids()).toEqual(expect.arrayContaining(ids));
});

test('a state changes only from those allowed, and of two who try one wins', async () => {
  const { dockings } = opened.store;
  const id = await created();
  expect(await dockings.setState(id, 'live', { onlyFrom: ['in-review'] })).toBe(false);
  const both = await Promise.all([
    dockings.setState(id, 'live', { onlyFrom: ['setting-up'] }),
    dockings.setState(id, 'disabled', { onlyFrom: ['setting-up'] }),
  ]);
  expect(both.filter(Boolean)).toHaveLength(1);
});

test('the reason of a pause goes with the pause', async () => {
  const { dockings } = opened.store;
  const id = await created();
  await dockings.setState(id, 'paused', { pausedReason: 'app-disabled' });
  expect((await dockings.require(id)).pausedReason).toBe('app-disabled');
  await dockings.setState(id, 'live');
  expect(await dockings.require(id)).not.toHaveProperty('pausedReason');
});

test('single secrets are replaced and removed', async () => {
  const { dockings } = opened.store;
  const id = await created();
  await dockings.setSecrets(id, { encryptKey: 'ek', ticketSystemKey: null });
  expect(await dockings.secrets(id)).toEqual({
    appSecret: 'app-secret-1',
    pushToken: 'push-1',
    encryptKey: 'ek',
  });
});

test('a pending app secret takes the place of the old one when it is promoted, and only then', async () => {
  const { dockings } = opened.store;
  const id = await created();
  await dockings.setPending(id, 'app-secret-2');
  expect(await dockings.pendingAppSecret(id)).toBe('app-secret-2');
  expect(await dockings.secrets(id)).toEqual(SECRETS);
  expect(await dockings.promotePending(id, 'app-secret-2')).toBe(true);
  expect(await dockings.secrets(id)).toEqual({ ...SECRETS, appSecret: 'app-secret-2' });
  expect(await dockings.pendingAppSecret(id)).toBeNull();
  expect(await dockings.promotePending(id, 'app-secret-2')).toBe(false);
});

test('a dropped pending secret leaves the old one in use', async () => {
  const { dockings } = opened.store;
  const id = await created();
  await dockings.setPending(id, 'wrong');
  await dockings.dropPending(id, 'wrong');
  expect(await dockings.promotePending(id, 'app-secret-2')).toBe(false);
  expect((await dockings.secrets(id)).appSecret).toBe('app-secret-1');
});

test('secrets survive a rotation of the master key, and the old key can then go', async () => {
  const id = await created();
  await opened.store.dockings.setPending(id, 'app-secret-2');
  const newKey = newMasterKey();
  const rotating = await openStore({ uri: opened.uri, masterKey: [newKey, opened.masterKey] });
  expect(await rotating.dockings.resealAll()).toBeGreaterThanOrEqual(1);
  expect(await rotating.dockings.resealAll()).toBe(0);
  await rotating.close();
  const rotated = await openStore({ uri: opened.uri, masterKey: newKey });
  expect(await rotated.dockings.secrets(id)).toEqual(SECRETS);
  expect(await rotated.dockings.pendingAppSecret(id)).toBe('app-secret-2');
  await rotated.close();
  await expect(opened.store.dockings.secrets(id)).rejects.toBeInstanceOf(SealBroken);
});

test('a secret that was copied to another docking does not open there', async () => {
  const [from, to] = [await created(), await created()];
  const collection = opened.raw.collection<{ _id: string; sealed: object }>('dockings');
  const source = await collection.findOne({ _id: from });
  await collection.updateOne({ _id: to }, { $set: { sealed: source!.sealed } });
  await expect(opened.store.dockings.secrets(to)).rejects.toBeInstanceOf(SealBroken);
});

test('no id finds no docking at all, instead of any', async () => {
  const id = await created();
  const nobody = undefined as unknown as string;
  await expect(opened.store.dockings.get(nobody)).rejects.toThrow(
    'A filter of dockings has no value for _id.',
  );
  await expect(opened.store.dockings.patch(nobody, { name: 'Somebody' })).rejects.toThrow('no value for _id');
  expect(await opened.store.dockings.get(id)).not.toMatchObject({ name: 'Somebody' });
});
