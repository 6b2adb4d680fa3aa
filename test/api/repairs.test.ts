import { setUpRepairId } from '../../workflows/names';
import { NEW_DOCKING, startApi, type TestApi } from './server';

let api: TestApi;
let dockingId: string;
beforeAll(async () => {
  api = await startApi();
  dockingId = String((await api.call('POST', '/v1/dockings', NEW_DOCKING)).body['id']);
});
afterAll(() => api?.close());

const path = (tail = ''): string => `/v1/dockings/${dockingId}/repairs${tail}`;

const redirectFails = () =>
  api.store.checklists.putItems(dockingId, [
    {
      id: 'redirect-url',
      state: 'failed',
      blocking: true,
      expected: NEW_DOCKING.redirectUrl,
      found: '(none)',
      message: '',
      owner: 'feishu-developer',
      link: null,
      lostAbility: null,
      effect: 'at-once',
      effectNote: '',
      detail: null,
      checkedAt: new Date(),
    },
  ]);

test('where the checklist names nothing to mend, nothing is planned', async () => {
  expect(await api.call('POST', path())).toMatchObject({
    status: 409,
    body: { type: 'Repair.NothingToMend' },
  });
});

test('a repair is shown first, made only after an explicit word, and only once', async () => {
  await redirectFails();
  await api.store.checklists.conclude(dockingId, ['redirect-url'], new Date(), 'check-1');
  const shown = await api.call('POST', path());
  expect(shown).toMatchObject({
    status: 201,
    body: {
      state: 'planned',
      changes: [
        {
          id: 'redirect-urls',
          items: ['redirect-url'],
          effect: 'at-once',
          step: { kind: 'redirect-urls', add: [NEW_DOCKING.redirectUrl] },
        },
      ],
    },
  });
  const apply = path(`/${String(shown.body['id'])}:apply`);
  for (const body of [undefined, {}, { confirm: false }, { confirm: 'yes' }]) {
    expect(await api.call('POST', apply, body)).toMatchObject({ status: 400 });
  }
  const before = api.temporal.workflow.getHandle(setUpRepairId(dockingId)).describe();
  await expect(before).rejects.toThrow();

  expect(await api.call('POST', apply, { confirm: true })).toMatchObject({
    status: 202,
    body: { state: 'applying', confirmedBy: 'admin' },
  });
  expect(await api.call('POST', apply, { confirm: true })).toMatchObject({
    status: 409,
    body: { type: 'Repair.NotConfirmable' },
  });
  const run = await api.temporal.workflow.getHandle(setUpRepairId(dockingId)).describe();
  expect(run.status.name).toBe('RUNNING');
  const audit = await api.call('GET', `/v1/dockings/${dockingId}/audit`);
  expect(JSON.stringify(audit.body)).toContain('repair.confirmed');
});

test('a repair of another docking, or none, is not found', async () => {
  expect(await api.call('GET', path('/rp_none'))).toMatchObject({ status: 404 });
  expect(await api.call('POST', path('/rp_none:apply'), { confirm: true })).toMatchObject({ status: 404 });
});
