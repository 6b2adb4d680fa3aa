import type { Binding, BindResult, NewBinding, Store } from '../../store';
import { newBinding, openTestStore, pairOf, person, uniqueId, type TestStore } from './fixture';

let opened: TestStore;
let bindings: Store['bindings'];
let bindingHistory: Store['bindingHistory'];
beforeAll(async () => {
  opened = await openTestStore();
  ({ bindings, bindingHistory } = opened.store);
});
afterAll(() => opened.end());

async function bound(wanted: NewBinding): Promise<Binding> {
  const result = await bindings.bind(wanted);
  if (!result.ok) throw new Error(`the ${result.conflict} is bound already`);
  return result.binding;
}
const allOf = async (dockingId: string): Promise<Binding[]> =>
  (await bindings.list(dockingId, { limit: 200 })).items;
const isCreated = (result: BindResult): boolean => result.ok && result.created;

test('a binding reads back from every side', async () => {
  const wanted = newBinding({ dockingId: uniqueId('dk') });
  const binding = await bound(wanted);
  expect(binding).toEqual<Binding>({
    ...wanted,
    id: binding.id,
    state: 'active',
    suspendedReason: null,
    createdAt: expect.any(Date) as Date,
    lastDelivery: null,
  });
  expect(await bindings.get(binding.id)).toEqual(binding);
  expect(await bindings.byAgent(wanted.dockingId, [wanted.agentId, 'x'])).toEqual([binding]);
  expect(await bindings.byEmployee(wanted.dockingId, [wanted.employeeId, 'x'])).toEqual([binding]);
  expect(await bindings.byAgent('elsewhere', [wanted.agentId])).toEqual([]);
  expect(await bindings.count(wanted.dockingId)).toBe(1);
});

test('the same pair again is the same binding', async () => {
  const wanted = newBinding();
  const binding = await bound(wanted);
  expect(await bindings.bind(wanted)).toEqual({ ok: true, binding, created: false });
  expect(await bindings.bind({ ...wanted, replace: true })).toEqual({ ok: true, binding, created: false });
});

test('a second binding of either side is refused and shows the first', async () => {
  const wanted = newBinding();
  const existing = await bound(wanted);
  expect(await bindings.bind({ ...wanted, agentId: uniqueId('agent') })).toEqual({
    ok: false,
    conflict: 'employee',
    existing,
  });
  expect(await bindings.bind({ ...wanted, employeeId: uniqueId('ou') })).toEqual({
    ok: false,
    conflict: 'agent',
    existing,
  });
});

test('the same ids in another docking are other people', async () => {
  const wanted = newBinding({ dockingId: uniqueId('dk') });
  await bound(wanted);
  expect(await bindings.bind({ ...wanted, dockingId: uniqueId('dk') })).toMatchObject({
    ok: true,
    created: true,
  });
});

test.each([
  ['one employee', { employeeId: 'ou-same' }],
  ['one agent', { agentId: 'agent-same' }],
])('of many who bind %s at once exactly one wins', async (_what, same) => {
  const dockingId = uniqueId('dk');
  const results = await Promise.all(
    Array.from({ length: 12 }, () => bindings.bind(newBinding({ dockingId, ...same }))),
  );
  const winners = results.filter(isCreated);
  expect(winners).toHaveLength(1);
  const [kept] = await allOf(dockingId);
  expect(await allOf(dockingId)).toHaveLength(1);
  for (const result of results) expect(result.ok ? result.binding.id : result.existing.id).toBe(kept?.id);
});

test('of many who bind one pair at once one makes the binding and all get it', async () => {
  const wanted = newBinding({ dockingId: uniqueId('dk') });
  const results = await Promise.all(Array.from({ length: 12 }, () => bindings.bind(wanted)));
  expect(results.every(({ ok }) => ok)).toBe(true);
  expect(results.filter(isCreated)).toHaveLength(1);
});

test('replacing knowingly ends the old binding of the employee and keeps it in the history', async () => {
  const wanted = newBinding({ dockingId: uniqueId('dk') });
  const old = await bound(wanted);
  const replaced = await bound({ ...wanted, agentId: uniqueId('agent'), createdBy: 'boss', replace: true });
  expect(await allOf(wanted.dockingId)).toEqual([replaced]);
  expect(replaced.id).not.toBe(old.id);
  expect(await bindings.get(old.id)).toBeNull();
  const { state: _state, suspendedReason: _reason, ...ended } = old;
  expect((await bindingHistory.list(wanted.dockingId, {})).items).toEqual([
    { ...ended, endedAt: expect.any(Date) as Date, endedBy: 'boss', endedBecause: 'replaced' },
  ]);
});

test('replacing frees both sides when both are bound to others', async () => {
  const dockingId = uniqueId('dk');
  const [one, two] = [await bound(newBinding({ dockingId })), await bound(newBinding({ dockingId }))];
  const crossed = { employeeId: one.employeeId, agentId: two.agentId };
  const replaced = await bound(newBinding({ dockingId, ...crossed, replace: true }));
  expect(await allOf(dockingId)).toEqual([replaced]);
  const ended = (await bindingHistory.list(dockingId, {})).items;
  expect(ended.map(({ id }) => id).sort()).toEqual([one.id, two.id].sort());
});

test('a replacement that broke off after the first end is finished by the same call', async () => {
  const dockingId = uniqueId('dk');
  const [one, two] = [await bound(newBinding({ dockingId })), await bound(newBinding({ dockingId }))];
  // What a crash in between leaves behind: the agent is free, the employee still has the old one.
  await opened.raw.collection('bindings').deleteOne({ bindingId: two.id });
  const crossed = { employeeId: one.employeeId, agentId: two.agentId };
  const replaced = await bound(newBinding({ dockingId, ...crossed, replace: true }));
  expect(await allOf(dockingId)).toEqual([replaced]);
});

test('many replacements at once leave every employee and every agent bound once', async () => {
  const dockingId = uniqueId('dk');
  const people = ['ou-1', 'ou-2', 'ou-3'];
  const candidates = ['a-1', 'a-2', 'a-3'];
  const results = await Promise.allSettled(
    people.flatMap((employeeId) =>
      candidates.map((agentId) =>
        bindings.bind(newBinding({ dockingId, employeeId, agentId, replace: true })),
      ),
    ),
  );
  expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
  const left = await allOf(dockingId);
  expect(left.length).toBeGreaterThan(0);
  expect(new Set(left.map(({ employeeId }) => employeeId)).size).toBe(left.length);
  expect(new Set(left.map(({ agentId }) => agentId)).size).toBe(left.length);
});

test('unbinding frees both sides, once, and is told in the history', async () => {
  const wanted = newBinding({ dockingId: uniqueId('dk') });
  const binding = await bound(wanted);
  const both = await Promise.all([bindings.unbind(binding.id, 'x'), bindings.unbind(binding.id, 'y')]);
  expect(both.filter((ended) => ended !== null)).toEqual([binding]);
  expect(await bindings.unbind(binding.id, 'z')).toBeNull();
  const history = (await bindingHistory.list(wanted.dockingId, { employeeId: wanted.employeeId })).items;
  expect(history.map(({ id, endedBecause }) => [id, endedBecause])).toEqual([[binding.id, 'unbound']]);
  expect((await bindingHistory.list(wanted.dockingId, { agentId: 'other' })).items).toEqual([]);
  expect(isCreated(await bindings.bind(wanted))).toBe(true);
});

test('a suspended binding stays, says why, and can be resumed', async () => {
  const wanted = newBinding({ dockingId: uniqueId('dk') });
  await bound(wanted);
  const suspended = await bindings.suspend(wanted.dockingId, wanted.employeeId, 'employee-left');
  expect(suspended).toMatchObject({ state: 'suspended', suspendedReason: 'employee-left' });
  expect(await bindings.byAgent(wanted.dockingId, [wanted.agentId])).toEqual([suspended]);
  expect(isCreated(await bindings.bind(wanted))).toBe(false);
  expect(await bindings.resume(wanted.dockingId, wanted.employeeId)).toMatchObject({
    state: 'active',
    suspendedReason: null,
  });
  expect(await bindings.suspend(wanted.dockingId, 'nobody', 'x')).toBeNull();
});

test('the latest delivery is kept, whatever order it is told in', async () => {
  const wanted = newBinding({ dockingId: uniqueId('dk') });
  const { id } = await bound(wanted);
  const [early, late] = [new Date('2026-11-01T00:00:00Z'), new Date('2026-11-02T00:00:00Z')];
  await bindings.noteDelivery(wanted.dockingId, wanted.employeeId, { deliveryId: 'dl-2', at: late });
  await bindings.noteDelivery(wanted.dockingId, wanted.employeeId, { deliveryId: 'dl-1', at: early });
  expect((await bindings.get(id))?.lastDelivery).toEqual({ deliveryId: 'dl-2', at: late });
});

test('the list is searched by the people behind it and filtered', async () => {
  const dockingId = uniqueId('dk');
  await opened.store.employees.bulkApply(dockingId, [person('ou-1', { name: 'Zoe Quinn' }), person('ou-2')]);
  const desk = { email: null, mobile: null, groupIds: [], state: 'active' as const };
  await opened.store.agents.replaceAll(dockingId, [{ agentId: 'a-2', name: 'Pat Moss', ...desk }]);
  const zoe = await bound(newBinding({ dockingId, employeeId: 'ou-1', agentId: 'a-1' }));
  const pat = await bound(newBinding({ dockingId, employeeId: 'ou-2', agentId: 'a-2', method: 'automatic' }));
  await bindings.suspend(dockingId, 'ou-2', 'frozen');
  const pairs = async (query: Parameters<typeof bindings.list>[1]): Promise<string[]> =>
    (await bindings.list(dockingId, query)).items.map(pairOf);
  expect(await pairs({ q: 'quinn' })).toEqual([pairOf(zoe)]);
  expect(await pairs({ q: 'pat' })).toEqual([pairOf(pat)]);
  expect(await pairs({ q: 'a-1' })).toEqual([pairOf(zoe)]);
  expect(await pairs({ q: 'nobody' })).toEqual([]);
  expect(await pairs({ method: 'automatic' })).toEqual([pairOf(pat)]);
  expect(await pairs({ state: 'active' })).toEqual([pairOf(zoe)]);
});

test('runs and their results read back, and a repeated result replaces the first', async () => {
  const { bindingRuns, bindingResults } = opened.store;
  const runId = uniqueId('bind');
  const run = {
    runId,
    dockingId: uniqueId('dk'),
    kind: 'auto' as const,
    dryRun: true,
    state: 'running' as const,
    progress: { done: 0, total: 2 },
    reason: null,
    startedBy: 'admin',
    startedAt: new Date(),
    finishedAt: null,
  };
  await bindingRuns.create(run);
  await bindingRuns.create({ ...run, startedBy: 'somebody else' });
  expect(await bindingRuns.get(runId)).toEqual(run);
  await bindingRuns.patch(runId, { state: 'done', progress: { done: 2, total: 2 } });
  expect((await bindingRuns.list(run.dockingId, {})).items).toEqual([
    { ...run, state: 'done', progress: { done: 2, total: 2 } },
  ]);
  const noMatch = {
    runId,
    employeeId: 'ou-1',
    agentId: null,
    outcome: 'no-match' as const,
    reason: 'nobody',
  };
  const matched = { runId, employeeId: 'ou-2', agentId: 'a-2', outcome: 'bound' as const, reason: 'mobile' };
  await bindingResults.putMany([noMatch, matched]);
  await bindingResults.putMany([{ ...noMatch, reason: 'still nobody' }]);
  expect((await bindingResults.list(runId, {})).items).toEqual([
    { ...noMatch, reason: 'still nobody' },
    matched,
  ]);
  expect((await bindingResults.list(runId, { outcome: 'bound' })).items).toEqual([matched]);
  expect(await bindingResults.counts(runId)).toEqual({ 'no-match': 1, bound: 1 });
});
