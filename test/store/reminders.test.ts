import type { ReminderRule } from '../../rules';
import type { ReminderRuleDraft, Store } from '../../store';
import { openTestStore, uniqueId, type TestStore } from './fixture';

let opened: TestStore;
let reminders: Store['reminders'];
beforeAll(async () => {
  opened = await openTestStore();
  ({ reminders } = opened.store);
});
afterAll(() => opened.end());

const rule = (fields: Partial<ReminderRule> = {}): ReminderRuleDraft => ({
  name: 'Urgent ones',
  enabled: true,
  triggers: ['ticket.created'],
  conditions: { all: [{ fact: 'ticket.customFields.a.b$c', operator: 'equal', value: 1 }] },
  receivers: [{ role: 'assignee' }],
  urgency: 'urgent',
  ...fields,
});

test('a docking that never saved has no rules, is switched off and stands at version 0', async () => {
  const dockingId = uniqueId('dk');
  expect(await reminders.get(dockingId)).toMatchObject({ dockingId, enabled: false, version: 0, rules: [] });
  expect(await reminders.getVersion(dockingId, 0)).toBeNull();
});

test('each save makes the next version, and every version can be read again', async () => {
  const dockingId = uniqueId('dk');
  const first = await reminders.save(dockingId, 0, { enabled: true, rules: [rule()] }, 'admin');
  if (!first.ok) throw new Error('not saved');
  expect(first.settings).toMatchObject({ dockingId, version: 1, enabled: true, updatedBy: 'admin' });
  const second = await reminders.save(dockingId, 1, { enabled: false, rules: first.settings.rules }, 'other');
  if (!second.ok) throw new Error('not saved');
  expect(await reminders.get(dockingId)).toEqual(second.settings);
  expect(await reminders.getVersion(dockingId, 1)).toEqual(first.settings);
  expect(await reminders.getVersion(dockingId, 2)).toEqual(second.settings);
  expect(await reminders.getVersion(dockingId, 3)).toBeNull();
});

test('a new rule gets a short id that it keeps, and no two are the same', async () => {
  const dockingId = uniqueId('dk');
  const saved = await reminders.save(
    dockingId,
    0,
    { enabled: true, rules: [rule(), rule({ id: 'mine' }), rule()] },
    'x',
  );
  if (!saved.ok) throw new Error('not saved');
  const ids = saved.settings.rules.map(({ id }) => id);
  expect(ids[1]).toBe('mine');
  expect(new Set(ids).size).toBe(3);
  expect(ids[0]).toMatch(/^rule_[0-9a-f]{12}$/);
  const again = await reminders.save(dockingId, 1, { enabled: true, rules: saved.settings.rules }, 'x');
  expect(again.ok && again.settings.rules.map(({ id }) => id)).toEqual(ids);
});

test.each([0, 1])('of many who save upon version %i at once exactly one wins', async (version) => {
  const dockingId = uniqueId('dk');
  if (version === 1) await reminders.save(dockingId, 0, { enabled: true, rules: [] }, 'admin');
  const results = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      reminders.save(dockingId, version, { enabled: true, rules: [] }, `admin-${at}`),
    ),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  for (const result of results) if (!result.ok) expect(result.version).toBe(version + 1);
  expect((await reminders.get(dockingId)).version).toBe(version + 1);
});

test('an outdated version saves nothing and tells the present one', async () => {
  const dockingId = uniqueId('dk');
  await reminders.save(dockingId, 0, { enabled: true, rules: [] }, 'admin');
  expect(await reminders.save(dockingId, 0, { enabled: false, rules: [] }, 'late')).toEqual({
    ok: false,
    version: 1,
  });
  expect(await reminders.save(dockingId, 7, { enabled: false, rules: [] }, 'early')).toEqual({
    ok: false,
    version: 1,
  });
  expect((await reminders.get(dockingId)).updatedBy).toBe('admin');
});
