import {
  delivery,
  docking,
  event,
  newBinding,
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

async function created(): Promise<string> {
  const record = docking();
  await opened.store.dockings.create(record, { appSecret: 's', pushToken: 'p' });
  return record.id;
}

/** Fills every collection with something of the docking. */
async function fill(dockingId: string): Promise<void> {
  const { store } = opened;
  const at = new Date();
  const syncRun = uniqueId('sync');
  const bindingRun = uniqueId('bind');
  const run = { dockingId, reason: null, startedBy: 'admin', startedAt: at, finishedAt: null };
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
  await store.syncRuns.open({ ...run, runId: syncRun, mode: 'apply' });
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
  await store.digests.note([{ id: uniqueId('dg'), dockingId, employeeId: 'ou-1', at }]);
  await store.clicks.ask({
    id: uniqueId('dl'),
    dockingId,
    deliveryId: 'dl-1',
    ticketId: 't',
    employeeId: 'ou-1',
    agentId: 'a1',
    action: 'claim',
    text: null,
    minutes: null,
    askedAt: at,
  });
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
  await store.longConnections.put({
    dockingId,
    state: 'connected',
    since: at,
    reason: null,
    nextTryAt: null,
    lastEventAt: null,
    heldBy: 'process',
    aliveAt: new Date(),
  });
  await store.audit.append({ dockingId, actor: 'admin', action: 'docking.created', detail: {}, from: null });
}

/** How many documents each collection holds; what belongs to no docking is left out. */
async function sizes(): Promise<Record<string, number>> {
  const names = (await opened.raw.db!.listCollections().toArray()).map(({ name }) => name);
  const counted = await Promise.all(
    names.map(async (name) => [name, await opened.raw.collection(name).countDocuments()] as const),
  );
  const ofNoDocking = ['tokens', 'console-sessions', 'leases', 'limits', 'sealed-tokens', 'system.indexes'];
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
