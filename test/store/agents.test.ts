import type { ReadAgent, Store } from '../../store';
import { openTestStore, uniqueId, type TestStore } from './fixture';

let opened: TestStore;
let agents: Store['agents'];
beforeAll(async () => {
  opened = await openTestStore();
  ({ agents } = opened.store);
});
afterAll(() => opened.end());

const agent = (agentId: string, fields: Partial<ReadAgent> = {}): ReadAgent => ({
  agentId,
  name: 'Li Ming',
  email: 'Li@desk.example',
  mobile: null,
  groupIds: ['g-1'],
  state: 'active',
  ...fields,
});
const idsOf = (found: { agentId: string }[]): string[] => found.map(({ agentId }) => agentId).sort();

test('a refresh replaces the whole list', async () => {
  const dockingId = uniqueId('dk');
  expect(await agents.refreshedAt(dockingId)).toBeNull();
  const [first, second] = [new Date('2026-11-01T00:00:00Z'), new Date('2026-11-02T00:00:00Z')];
  await agents.replaceAll(dockingId, [agent('a-1'), agent('a-2')], first);
  await agents.replaceAll(dockingId, [agent('a-2', { name: 'Renamed' }), agent('a-3')], second);
  expect(idsOf((await agents.list(dockingId, {})).items)).toEqual(['a-2', 'a-3']);
  expect(await agents.get(dockingId, 'a-2')).toEqual({
    dockingId,
    ...agent('a-2', { name: 'Renamed' }),
    refreshedAt: second,
  });
  expect(await agents.get(dockingId, 'a-1')).toBeNull();
  expect(await agents.refreshedAt(dockingId)).toEqual(second);
});

test('an agent who is not on the list any more stays known by name, until the list names them again', async () => {
  const dockingId = uniqueId('dk');
  await agents.replaceAll(dockingId, [agent('a-1'), agent('a-2')], new Date('2026-11-01T00:00:00Z'));
  await agents.replaceAll(dockingId, [agent('a-2')], new Date('2026-11-02T00:00:00Z'));
  expect(await agents.getMany(dockingId, ['a-1'])).toMatchObject([
    { name: 'Li Ming', state: 'deleted', email: null, groupIds: [] },
  ]);
  expect(idsOf(await agents.byGroup(dockingId, 'g-1'))).toEqual(['a-2']);
  expect(idsOf((await agents.list(dockingId, { q: 'li' })).items)).toEqual(['a-2']);
  await agents.replaceAll(dockingId, [agent('a-1'), agent('a-2')], new Date('2026-11-03T00:00:00Z'));
  expect(await agents.get(dockingId, 'a-1')).toMatchObject(agent('a-1'));
});

test('most agents gone at once are kept until a second list lacks them too', async () => {
  const dockingId = uniqueId('dk');
  const day = (number: number): Date => new Date(Date.UTC(2026, 10, number));
  const everybody = Array.from({ length: 12 }, (_, index) => agent(`a-${index + 10}`));
  const some = everybody.slice(0, 2);
  const known = async (): Promise<number> => (await agents.list(dockingId, {})).items.length;
  await agents.replaceAll(dockingId, everybody, day(1));

  expect(await agents.replaceAll(dockingId, some, day(2))).toEqual({ kept: 10 });
  expect(await known()).toBe(12);
  expect(await agents.get(dockingId, 'a-15')).toEqual({ dockingId, ...agent('a-15'), refreshedAt: day(1) });
  expect(await agents.replaceAll(dockingId, everybody, day(3))).toEqual({ kept: 0 });

  await agents.put(dockingId, agent('a-99'));
  expect(await agents.replaceAll(dockingId, some, day(4))).toEqual({ kept: 10 });
  expect(await agents.replaceAll(dockingId, some, day(5))).toEqual({ kept: 0 });
  expect(await known()).toBe(3);
  expect(await agents.getMany(dockingId, ['a-15'])).toMatchObject([{ state: 'deleted' }]);
});

test('a slow refresh that began earlier does not remove what a later one found', async () => {
  const dockingId = uniqueId('dk');
  await agents.replaceAll(dockingId, [agent('new')], new Date('2026-11-02T00:00:00Z'));
  await agents.replaceAll(dockingId, [agent('old')], new Date('2026-11-01T00:00:00Z'));
  expect(await agents.get(dockingId, 'new')).not.toBeNull();
});

test('one agent is added without touching the others', async () => {
  const dockingId = uniqueId('dk');
  await agents.replaceAll(dockingId, [agent('a-1')]);
  await agents.put(dockingId, agent('a-2'));
  expect(idsOf(await agents.getMany(dockingId, ['a-1', 'a-2', 'a-9']))).toEqual(['a-1', 'a-2']);
});

test('agents are found by group, name, email and id', async () => {
  const dockingId = uniqueId('dk');
  await agents.replaceAll(dockingId, [
    agent('7001', { groupIds: ['g-1', 'g-2'] }),
    agent('7002', { name: '王芳', email: null, groupIds: ['g-2'], state: 'disabled' }),
  ]);
  expect(idsOf(await agents.byGroup(dockingId, 'g-2'))).toEqual(['7001', '7002']);
  expect(idsOf(await agents.byGroup(dockingId, 'g-1'))).toEqual(['7001']);
  for (const [q, expected] of [
    ['ming', '7001'],
    ['LI@', '7001'],
    ['7002', '7002'],
    ['王', '7002'],
  ] as const) {
    expect(idsOf((await agents.list(dockingId, { q })).items)).toEqual([expected]);
  }
  expect(idsOf((await agents.list(dockingId, { state: 'disabled' })).items)).toEqual(['7002']);
  const streamed = [];
  for await (const { agentId } of agents.stream(dockingId)) streamed.push(agentId);
  expect(streamed).toEqual(['7001', '7002']);
});
