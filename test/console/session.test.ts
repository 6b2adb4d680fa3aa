import { docking } from '../store/fixture';
import { ADMIN_TOKEN, startApi, type TestApi } from '../api/server';
import { openVisitors, picture, type Visitors } from './visitors';

let api: TestApi;
let visitors: Visitors;

beforeAll(async () => {
  api = await startApi();
  visitors = await openVisitors(api.url);
  await api.store.dockings.create(docking({ name: 'Nanjing desk' }), { appSecret: 's', pushToken: 'p' });
});
afterAll(async () => {
  await visitors?.close();
  await api?.close();
}, 30_000);

test('who has no session signs in with a token, and hears in words when nobody has it', async () => {
  const page = await visitors.visitor();
  await page.goto(api.url);
  await page.getByLabel('Access token').fill('dkt_nobody');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Nobody has this token, or it was revoked.').waitFor();
  await picture(page, 'sign-in');
  await page.getByLabel('Access token').fill(ADMIN_TOKEN);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Nanjing desk' }).waitFor();
  await page.reload();
  await page.getByRole('link', { name: 'Nanjing desk' }).waitFor();
});

test('the link of the first start signs in, and leaves the token neither in the address nor in the browser', async () => {
  const page = await visitors.signedIn('/', { token: ADMIN_TOKEN });
  expect(page.url()).not.toContain(ADMIN_TOKEN);
  const kept = await page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie])');
  expect(kept).not.toContain(ADMIN_TOKEN);
  expect(kept).not.toContain('docking_session');
});

test.each(['#token=%E0%A4%A', '#token=', '#token=%E4%BB%A4%E7%89%8C', '#token=dkt_nobody'])(
  'a link that signs nobody in says so, however it is broken: %s',
  async (link) => {
    const page = await visitors.visitor();
    await page.goto(`${api.url}/${link}`);
    await page.getByText('This link is not valid, or not any more.').waitFor();
    await page.getByLabel('Access token').waitFor();
    expect(page.url()).not.toContain('token');
    await picture(page, 'bad-link');
  },
);

test('an admin for some dockings is offered no new one', async () => {
  const [docking] = (await api.store.dockings.list({ limit: 1 })).items;
  const dockingIds = [docking?.id ?? ''];
  const { secret } = await api.store.tokens.create({ role: 'admin', dockingIds, label: 'x' });
  const page = await visitors.signedIn('/', { token: secret });
  await page.getByRole('link', { name: 'Nanjing desk' }).waitFor();
  expect(await page.getByRole('button', { name: 'New docking' }).count()).toBe(0);
  const whole = await visitors.signedIn('/', { token: ADMIN_TOKEN });
  await whole.getByRole('button', { name: 'New docking' }).waitFor();
});

test('signing out leads back, and so does a token that was revoked meanwhile, which is said', async () => {
  const page = await visitors.signedIn('/', { token: ADMIN_TOKEN });
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Access token').waitFor();

  const { token, secret } = await api.store.tokens.create({ role: 'operator', dockingIds: '*', label: 'x' });
  const other = await visitors.signedIn('/', { token: secret });
  await other.getByRole('link', { name: 'Nanjing desk' }).waitFor();
  await api.store.tokens.revoke(token.id);
  await other.getByRole('link', { name: 'Nanjing desk' }).click();
  await other.getByText('Your session has ended').waitFor();
  await picture(other, 'session-ended');
});

test('the language is the one of the browser until the person chooses another, and stays', async () => {
  const page = await visitors.signedIn('/', { token: ADMIN_TOKEN, language: 'zh' });
  await page.getByText('对接列表').waitFor();
  await page.getByText('English', { exact: true }).click();
  await page.getByText('Dockings', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('Dockings', { exact: true }).waitFor();
});

test('an address that leads nowhere says so, and shows the way back', async () => {
  const page = await visitors.signedIn('/nowhere', { token: ADMIN_TOKEN });
  await page.getByText('There is no such page.').waitFor();
  await page.getByRole('button', { name: 'All dockings' }).click();
  await page.getByRole('link', { name: 'Nanjing desk' }).waitFor();
});
