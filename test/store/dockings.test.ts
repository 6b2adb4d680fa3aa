import { Conflict, NotFound, openStore, SealBroken, type DockingSecrets } from '../../store';
import {
  delivery,
  docking,
  event,
  newBinding,
  newMasterKey,
  openTestStore,
  person,
  uniqueId,
  type TestStore,
} from './fixture';

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

/** Fills every collection with something of the docking. */
async function fill(dockingId: string): Promise<void> {
  const { store } = opened;
  const at = new Date();
  const syncRun = uniqueId('sync');
  const bindingRun = uniqueId('bind');
  const run = { dockingId, reason: null, startedBy: 'admin', startedAt: at, finishedAt: null };
  const counts = { joined: 0, changed: 0, moved: 0, left: 0, returned: 0, unchanged: 0, parked: 0 };
  const item = {
    id: 'bot',
    blocking: true,
    expected: null,
    found: null,
    message: '',
    link: null,
    lostAbility: null,
    effect: 'new-version' as const,
    effectNote: '',
    detail: null,
  };
  await store.checklists.putItems(dockingId, [
    { ...item, state: 'passed', owner: 'feishu-admin', checkedAt: at },
  ]);
  await store.checklists.conclude(dockingId, ['bot'], at, 'check-1');
  await store.onboardings.save({
    dockingId,
    state: 'setting-up',
    waitingFor: ['ticket-admin'],
    waitingSince: at,
    nextCheckAt: null,
    steps: [],
    updatedAt: at,
  });
  await store.handovers.create({
    id: `ho-${dockingId}`,
    dockingId,
    step: 'review',
    to: 'somebody',
    createdBy: 'test',
    createdAt: at,
    expiresAt: at,
  });
  await store.repairs.create({
    id: `rp-${dockingId}`,
    dockingId,
    state: 'planned',
    changes: [],
    createdBy: 'test',
    createdAt: at,
    expiresAt: at,
    confirmedBy: null,
  });
  await store.pullMarks.put(dockingId, { since: at.toISOString(), pulledAt: at });
  await store.departments.bulkUpsert(dockingId, [{ departmentId: 'od', state: 'active' }], syncRun);
  await store.employees.bulkApply(dockingId, [person('ou')]);
  await store.syncRuns.create({
    ...run,
    runId: syncRun,
    mode: 'apply',
    state: 'running',
    progress: { departments: 0, employees: 0, percent: 0, etaSeconds: null },
    counts,
    calls: 0,
    callsByApi: [],
  });
  const cursor = { departmentId: 'od', pageToken: null, done: true };
  await store.syncStaging.put(syncRun, dockingId, 'employee', [person('ou')], cursor);
  await store.syncDepartments.add(syncRun, [{ departmentId: 'od', record: null }], 'listed');
  await store.syncChanges.putMany([{ runId: syncRun, employeeId: 'ou', kind: 'joined', fields: [] }]);
  await store.syncChanges.putParked([{ runId: syncRun, kind: 'employee', recordId: 'ou', reason: 'bad' }]);
  const agent = {
    agentId: 'a',
    name: 'A',
    email: null,
    mobile: null,
    groupIds: [],
    state: 'active' as const,
  };
  await store.agents.replaceAll(dockingId, [agent]);
  const bound = await store.bindings.bind(newBinding({ dockingId }));
  if (bound.ok) await store.bindings.unbind(bound.binding.id, 'admin');
  await store.bindings.bind(newBinding({ dockingId }));
  await store.bindingRuns.create({
    ...run,
    runId: bindingRun,
    kind: 'auto',
    dryRun: false,
    state: 'done',
    progress: { done: 0, total: 0 },
  });
  await store.bindingResults.putMany([
    { runId: bindingRun, employeeId: 'ou', agentId: null, outcome: 'no-match', reason: '' },
  ]);
  for (const version of [0, 1])
    await store.reminders.save(dockingId, version, { enabled: true, rules: [] }, 'admin');
  await store.events.insertOnce(event({ dockingId }));
  await store.deliveries.plan([delivery({ dockingId })]);
  await store.tickets.setRaw(dockingId, 't', {});
  await store.signIns.begin(dockingId, 'authorize', {}, 60_000);
  await store.pushes.put({
    id: uniqueId('p'),
    dockingId,
    body: '',
    receivedAt: at,
    state: 'stored',
    reason: null,
  });
  await store.usage.add(dockingId, 'GET /x', 1, at);
  await store.preferences.put(dockingId, 'ou', {
    quietHours: null,
    language: null,
    timeZone: null,
    events: {},
    digest: null,
  });
  await store.feishuEvents.note(dockingId, { eventId: 'fe', type: 'contact.user.updated_v3' });
  await store.audit.append({ dockingId, actor: 'admin', action: 'docking.created', detail: {}, from: null });
}

/** How many documents each collection holds; what belongs to no docking is left out. */
async function sizes(): Promise<Record<string, number>> {
  const names = (await opened.raw.db!.listCollections().toArray()).map(({ name }) => name);
  const counted = await Promise.all(
    names.map(async (name) => [name, await opened.raw.collection(name).countDocuments()] as const),
  );
  const ofNoDocking = ['tokens', 'leases', 'limits', 'sealed-tokens', 'system.indexes'];
  return Object.fromEntries(counted.filter(([name]) => !ofNoDocking.includes(name)));
}

test('removing a docking removes everything of it but the audit trail, and nothing of another', async () => {
  const { dockings } = opened.store;
  const [other, id] = [await created(), await created()];
  await fill(other);
  const before = await sizes();
  expect(Object.entries(before).filter(([, count]) => count === 0)).toEqual([]);
  await fill(id);
  await dockings.remove(id);
  expect(await dockings.get(id)).toBeNull();
  expect(await sizes()).toEqual({
    ...before,
    dockings: before['dockings']! - 1,
    audit: before['audit']! + 1,
  });
});
