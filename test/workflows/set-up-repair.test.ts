import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { repairPlan } from '../../api/repair-plan';
import { setUpRepairId } from '../../workflows/names';
import { GRANTED, REDIRECT, setUpAtWork, type SetUp } from './set-up';

let environment: TestWorkflowEnvironment;
let setUp: SetUp;
setUpAtWork((ground) => ({ environment, setUp } = ground));

interface App {
  redirectUrls: string[];
  bot: boolean;
  versions: { status: number; remark: string }[];
}
const appNow = (): Promise<App> => setUp.company.control('GET', `/apps/${setUp.company.appId}`);

let repairs = 0;
/** What the API does: check, plan, keep, confirm. */
async function planned(dockingId: string) {
  await setUp.check(dockingId);
  const { store } = setUp.company;
  const docking = await store.dockings.require(dockingId);
  const changes = repairPlan(docking, (await store.checklists.get(dockingId))?.items ?? []);
  const id = `rp_${(repairs += 1)}`;
  const at = new Date();
  await store.repairs.create({
    id,
    dockingId,
    state: 'planned',
    changes,
    createdBy: 'account-1',
    createdAt: at,
    expiresAt: new Date(at.getTime() + 3_600_000),
    confirmedBy: null,
  });
  return { id, changes };
}
async function carriedOut(dockingId: string, id: string, changeIds: string[]) {
  await setUp.company.store.repairs.confirm(id, 'account-1', new Date());
  const input = { dockingId, repairId: id, changeIds, requestedBy: 'account-1' };
  await setUp.client.startRepair(input);
  await environment.client.workflow.getHandle(setUpRepairId(dockingId)).result();
  const repair = await setUp.company.store.repairs.get(id);
  if (!repair) throw new Error('the repair is gone');
  return repair;
}

test('what was shown is done, in its order, and the checklist is read again', async () => {
  const dockingId = await setUp.dock();
  await setUp.app({ redirectUrls: ['https://elsewhere.example.com/'], bot: false });
  await setUp.app({ versions: [{ version: '1.0.1', status: 1, scopes: GRANTED }] });
  const { id, changes } = await planned(dockingId);
  expect(changes.map(({ id: change, effect }) => [change, effect])).toEqual([
    ['redirect-urls', 'at-once'],
    ['abilities', 'new-version'],
    ['publish', 'new-version'],
  ]);
  expect(changes[0]?.step).toEqual({ kind: 'redirect-urls', add: [REDIRECT] });
  // Nothing has changed before the word of an admin.
  expect(await appNow()).toMatchObject({ redirectUrls: ['https://elsewhere.example.com/'] });

  const repair = await carriedOut(
    dockingId,
    id,
    changes.map((change) => change.id),
  );
  expect(repair).toMatchObject({ state: 'done', confirmedBy: 'account-1' });
  expect(repair.changes.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
  const app = await appNow();
  expect(app.redirectUrls).toContain(REDIRECT);
  expect(app.versions.filter(({ status }) => status !== 1)).toHaveLength(1);
  const items = new Map(
    ((await setUp.company.store.checklists.get(dockingId))?.items ?? []).map((item) => [item.id, item.state]),
  );
  expect(items.get('redirect-url')).toBe('passed');
  expect(items.get('review')).toBe('waiting');
});

test('a lost answer submits no second version', async () => {
  const dockingId = await setUp.dock();
  await setUp.app({ bot: false });
  await setUp.app({ versions: [{ version: '1.0.1', status: 1, scopes: GRANTED }] });
  const { id, changes } = await planned(dockingId);
  await setUp.company.control('POST', '/faults', {
    method: 'POST',
    path: '/open-apis/application/v7/applications/:app_id/publish',
    effect: 'drop-answer',
    times: 1,
  });
  const repair = await carriedOut(
    dockingId,
    id,
    changes.map((change) => change.id),
  );
  expect(repair.state).toBe('done');
  expect((await appNow()).versions.filter(({ status }) => status !== 1)).toHaveLength(1);
});

test('the first refusal of the platform ends it, with its reason, and what would follow is left alone', async () => {
  const dockingId = await setUp.dock();
  await setUp.app({ redirectUrls: [], bot: false });
  await setUp.app({ versions: [{ version: '1.0.1', status: 1, scopes: GRANTED }] });
  const { id, changes } = await planned(dockingId);
  await setUp.company.control('POST', '/faults', {
    method: 'PATCH',
    path: '/open-apis/application/v7/applications/:app_id/ability',
    effect: 'code',
    code: 210508,
  });
  const repair = await carriedOut(
    dockingId,
    id,
    changes.map((change) => change.id),
  );
  expect(repair.state).toBe('failed');
  expect(repair.changes.map(({ outcome }) => outcome)).toEqual(['done', 'refused', 'pending']);
  expect(repair.changes[1]?.reason).toContain('210508');
  expect(repair.changes[1]?.chineseReason).toMatch(/^错误码 210508：/);
  expect((await appNow()).versions).toHaveLength(1);
});
