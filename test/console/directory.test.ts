import type { Page } from 'playwright-core';
import { until } from '../../stack/story/http';
import { startConsole, type ConsoleGround } from './ground';
import { picture } from './visitors';

let ground: ConsoleGround;
const here = (path: string): string => `/dockings/${ground.dockingId}/${path}`;

beforeAll(async () => {
  ground = await startConsole();
});
afterAll(() => ground?.stop());

interface Run {
  runId: string;
  state: string;
  reason: string | null;
  counts: Record<string, number>;
}

const runs = async (): Promise<Run[]> =>
  (await ground.api.get<{ items: Run[] }>(`/v1/dockings/${ground.dockingId}/directory/syncs`)).items;
const latestIs = async (state: string): Promise<Run> => {
  const [latest] = await until(`the latest run to be ${state}`, 60, runs, ([run]) => run?.state === state);
  if (!latest) throw new Error('there is no run');
  return latest;
};
const mirrored = async (name: string): Promise<number> => {
  const path = `/v1/dockings/${ground.dockingId}/employees?state=active&q=${encodeURIComponent(name)}`;
  return (await ground.api.get<{ items: unknown[] }>(path)).items.length;
};

interface Person {
  userId: string;
  name: string;
  departmentIds: string[];
}
const people = async (): Promise<Person[]> =>
  (await ground.simulator.get<{ items: Person[] }>('/_control/people?limit=1000')).items;
const syncNow = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Sync now' }).click();
  await page.getByRole('button', { name: 'OK' }).click();
};

test('a preview shows who would join, waits, and changes nothing until a person applies it', async () => {
  const page = await ground.signedIn(here('directory'));
  await page.getByRole('button', { name: 'Preview a sync' }).click();
  await page.getByText('A change set of the directory waits for a decision').waitFor();
  await page
    .getByText(/Joined 99\d/)
    .first()
    .waitFor();
  expect(await mirrored('')).toBe(0);
  await picture(page, 'directory-preview');
  await page.getByRole('button', { name: 'Apply this change set' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Apply this change set' }).click();
  await page.getByText('Applied', { exact: true }).waitFor();
  expect((await latestIs('applied')).counts['joined']).toBeGreaterThan(900);
});

test('people of the mirror are found by name and by department', async () => {
  const wanted = (await people())[400];
  if (!wanted) throw new Error('the company is too small');
  const page = await ground.signedIn(here('directory/people'));
  await page.getByPlaceholder('Name, e-mail or mobile').fill(wanted.name);
  await page.keyboard.press('Enter');
  await page.getByText(wanted.name).first().waitFor();
  await picture(page, 'directory-people');
});

describe('a mass change', () => {
  let page: Page;

  beforeAll(async () => {
    const { items } = await ground.simulator.get<{ items: { departmentId: string; name: string }[] }>(
      '/_control/departments?limit=200',
    );
    const [kept] = items;
    await ground.simulator.patch(`/_control/apps/${ground.company.app.appId}`, {
      contactRange: { type: 'some', userIds: [], departmentIds: [kept?.departmentId], groupIds: [] },
    });
    await ground.api.post(`/v1/dockings/${ground.dockingId}/directory/syncs`, { mode: 'apply' });
    await latestIs('guarded');
    page = await ground.signedIn(here('directory'));
  });

  it('stops the sync, and is asked about on every page of the docking', async () => {
    await page.goto(`${ground.url}/#${here('bindings')}`);
    await page.getByText('The directory sync has stopped: the change is unusually large').waitFor();
    const { reason } = await latestIs('guarded');
    await page.getByText(reason ?? 'no reason').waitFor();
    await picture(page, 'guard-on-every-page');
  });

  it('is applied only by somebody who says that they have looked', async () => {
    const before = await mirrored('');
    await page.getByRole('button', { name: 'Look at the changes' }).click();
    await page.getByText('Nothing was changed yet. If this is what happened').waitFor();
    await picture(page, 'guard-decision');
    await page.getByRole('button', { name: 'Apply this change set' }).click();
    const apply = page.getByRole('dialog').getByRole('button', { name: 'Apply this change set' });
    expect(await apply.isDisabled()).toBe(true);
    expect(await mirrored('')).toBe(before);
    await page.getByRole('checkbox').check();
    expect(await apply.isEnabled()).toBe(true);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  });

  it('is thrown away by one click and a second one, and the mirror stays', async () => {
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('button', { name: 'OK' }).click();
    await page.getByText('Discarded', { exact: true }).waitFor();
    await latestIs('discarded');
    expect(await mirrored('')).toBeGreaterThan(0);
    expect(await page.getByText('The directory sync has stopped').count()).toBe(0);
  });
});

test('a run is paused, goes on, and is cancelled from its page', async () => {
  await ground.simulator.post('/_control/faults', {
    path: '/open-apis/contact/v3/users/find_by_department',
    effect: 'delay',
    delayMs: 1_500,
    times: 500,
  });
  const page = await ground.signedIn(here('directory'));
  await syncNow(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await latestIs('paused');
  await page.getByText('Paused', { exact: true }).first().waitFor();
  await picture(page, 'directory-paused');
  await page.getByRole('button', { name: 'Go on' }).click();
  await latestIs('running');
  await page.getByRole('button', { name: 'Cancel the run' }).click();
  await page.getByRole('button', { name: 'OK' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor({ state: 'detached' });
  expect((await latestIs('discarded')).counts['left']).toBe(0);
});

test('whoever may only read sees the runs and no button to change anything, in Chinese too', async () => {
  const { secret } = await ground.api.post<{ secret: string }>('/v1/tokens', {
    role: 'ticket-system',
    dockingIds: [ground.dockingId],
    label: 'reader',
  });
  const page = await ground.signedIn(here('directory'), { token: secret, language: 'zh' });
  await page.getByText('同步记录').waitFor();
  expect(await page.getByRole('button', { name: '立即同步' }).count()).toBe(0);
  await picture(page, 'directory-reader-zh');
});
