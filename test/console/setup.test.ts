import type { Page } from 'playwright-core';
import { until } from '../../stack/story/http';
import { LATIN_SENTENCE } from '../support/latin-sentence';
import { startConsole, type ConsoleGround } from './ground';
import { picture } from './visitors';

let ground: ConsoleGround;
const here = (path = ''): string => `/dockings/${ground.dockingId}/setup${path}`;

beforeAll(async () => {
  ground = await startConsole();
});
afterAll(() => ground?.stop());

const app = (): string => `/_control/apps/${ground.company.app.appId}`;
const checkAgain = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Check again' }).click();
  await page.getByRole('button', { name: /Checking/ }).waitFor();
  await page.getByRole('button', { name: 'Check again' }).waitFor();
};

test('what an admin breaks in the Feishu app is found by the next check, character by character, and mended', async () => {
  const { redirectUrls } = ground.company.app;
  await ground.simulator.patch(app(), { redirectUrls: [`${redirectUrls[0]} `] });
  const page = await ground.signedIn(here());
  await checkAgain(page);
  await page.getByText('Only open ones').click();
  await page.locator('mark', { hasText: 'U+0020' }).first().waitFor();
  await picture(page, 'setup-difference');
  await ground.simulator.patch(app(), { redirectUrls });
  await checkAgain(page);
  await until(
    'the difference to be gone',
    30,
    () => page.locator('mark').count(),
    (count) => count === 0,
  );
});

test('in Chinese nothing on the set-up page is an English sentence, whatever is broken, and the switch of the language changes it at once', async () => {
  const { redirectUrls } = ground.company.app;
  await ground.simulator.patch(app(), {
    redirectUrls: [`${redirectUrls[0]} `],
    description: '',
    bot: false,
    mobileDefault: 'web_app',
  });
  const page = await ground.signedIn(here(), { language: 'zh' });
  const shown = async (tab: string): Promise<string> => {
    await page.getByRole('tab', { name: tab }).click();
    await page.locator('.ant-spin-spinning').waitFor({ state: 'detached' });
    return page.getByRole('main').innerText();
  };
  await page.getByRole('button', { name: '重新检查' }).click();
  await page.getByText('机器人无响应').first().waitFor();
  // Open items show all they know; those that passed are opened too.
  const closed = page.locator('.ant-table-row-expand-icon-collapsed');
  while ((await closed.count()) > 0) await closed.first().click();
  const checklist = await shown('检查清单');
  expect(checklist).toContain('首尾有空白');
  expect(checklist).not.toMatch(LATIN_SENTENCE);
  await picture(page, 'setup-chinese');
  expect(await shown('步骤')).not.toMatch(LATIN_SENTENCE);

  await shown('检查清单');
  await page.getByText('English').click();
  await page.getByText('The bot does not answer').first().waitFor();
  await page.getByText('中文').click();
  await page.getByText('机器人无响应').first().waitFor();
  expect(await page.getByText('The bot does not answer').count()).toBe(0);
  await ground.simulator.patch(app(), {
    redirectUrls,
    description: 'Ticket reminders',
    bot: true,
    mobileDefault: 'bot',
  });
});

test('a docking is created from the list; what the API refuses stands at its field, and nothing is stored', async () => {
  const { app: feishuApp, ticketSystem } = ground.company;
  const page = await ground.signedIn('/');
  await page.getByRole('button', { name: 'New docking' }).click();
  const form = page.getByRole('dialog');
  const fill = (label: string, text: string): Promise<void> =>
    form.getByLabel(label, { exact: true }).fill(text);
  await fill('Name', 'Second desk');
  await fill('App ID', 'nonsense');
  await fill('App Secret', feishuApp.appSecret);
  await fill('Base URL of its API', ticketSystem.baseUrl);
  await fill('Sobot appid', ticketSystem.appid);
  await fill('Sobot app_key', ticketSystem.appKey);
  await fill('Expected homepage URL', feishuApp.webApp.pcUrl);
  await fill('Expected redirect URL', feishuApp.redirectUrls[0] ?? '');
  await form.getByText('Further settings').click();
  await fill('Address of the platform', ground.platformUrl);
  await form.getByRole('button', { name: 'Create' }).click();
  const refusal = form.locator('.ant-form-item-explain-error');
  await refusal.waitFor();
  await picture(page, 'docking-refused');
  const named = async (): Promise<number> =>
    (await ground.api.get<{ items: { name: string }[] }>('/v1/dockings')).items.filter(
      ({ name }) => name === 'Second desk',
    ).length;
  expect(await named()).toBe(0);

  await fill('App ID', feishuApp.appId);
  await refusal.waitFor({ state: 'detached' });
  await form.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/#\/dockings\/dk_\w+\/setup$/);
  await page.getByText(/of 29 items passed/).waitFor();
  expect(await named()).toBe(1);
  await picture(page, 'docking-created');
});

test('in Chinese a refusal of the API stands at its field in Chinese', async () => {
  const page = await ground.signedIn('/', { language: 'zh' });
  await page.getByRole('button', { name: '新建对接' }).click();
  const form = page.getByRole('dialog');
  const { app: feishuApp, ticketSystem } = ground.company;
  for (const [field, text] of Object.entries({
    name: '第二服务台',
    appId: 'nonsense',
    appSecret: feishuApp.appSecret,
    ticketSystem_baseUrl: ticketSystem.baseUrl,
    ticketSystem_appid: ticketSystem.appid,
    ticketSystem_appKey: ticketSystem.appKey,
    homepageUrl: feishuApp.webApp.pcUrl,
    redirectUrl: feishuApp.redirectUrls[0] ?? '',
  })) {
    await form.locator(`input[id$="${field}"]`).first().fill(text);
  }
  await form.locator('button[type="submit"], .ant-btn-primary').last().click();
  const refusal = form.locator('.ant-form-item-explain-error');
  await refusal.first().waitFor();
  expect(await refusal.allInnerTexts()).toEqual(['格式须为 cli_ 加 16 位十六进制字符']);
});

test('a step is sent back only with a reason, and everybody sees it then', async () => {
  const page = await ground.signedIn(here('/steps'));
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Reopen' }).first().click();
  await dialog.getByRole('button', { name: 'Reopen' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Send back' }).first().click();
  await dialog.getByRole('button', { name: 'Send back' }).click();
  await dialog.locator('.ant-form-item-explain-error').waitFor();
  await dialog.getByRole('textbox').fill('It is the app of the test company.');
  await dialog.getByRole('button', { name: 'Send back' }).click();
  await page.getByText('It is the app of the test company.').first().waitFor();
  await picture(page, 'setup-sent-back');
  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByText('Step rejected').first().waitFor();
  await picture(page, 'audit');
});

test('an admin says where a card leads to; an address without a ticket in it is refused at its field', async () => {
  const page = await ground.signedIn(here('/settings'));
  const field = page.getByLabel('Page of a ticket');
  const general = page.locator('.ant-card').filter({ has: field });
  await field.fill('https://desk.example.com/tickets');
  await general.getByRole('button', { name: 'Save' }).click();
  await general.getByText('must be an https URL with {id} or {code} in it').waitFor();
  await field.fill('https://desk.example.com/tickets/{id}');
  await general.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await page.reload();
  await field.waitFor();
  expect(await field.inputValue()).toBe('https://desk.example.com/tickets/{id}');
  await picture(page, 'setup-settings');
});

test('a docking is deleted only by somebody who types its name', async () => {
  const page = await ground.signedIn(here('/settings'));
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog');
  const forGood = dialog.getByRole('button', { name: 'Delete for good' });
  await forGood.waitFor();
  expect(await forGood.isDisabled()).toBe(true);
  await dialog.getByRole('textbox').fill('Demo');
  expect(await forGood.isDisabled()).toBe(true);
  await dialog.getByRole('textbox').fill('Demo company');
  expect(await forGood.isEnabled()).toBe(true);
  await picture(page, 'setup-delete');
});
