import { mirrorDirectory } from '../../stack/story/people';
import { all, until } from '../../stack/story/http';
import { startConsole, type ConsoleGround } from './ground';
import { picture } from './visitors';

let ground: ConsoleGround;
const here = (path = ''): string => `/dockings/${ground.dockingId}/bindings${path}`;

beforeAll(async () => {
  ground = await startConsole();
  await mirrorDirectory(ground.api, ground.dockingId);
}, 180_000);
afterAll(() => ground?.stop());

interface Named {
  employeeId: string;
  name: string;
  email: string;
}
interface Binding {
  id: string;
  employeeId: string;
  employeeName: string;
  agentId: string;
  agentName: string;
  method: string;
}
const list = <T>(what: string): Promise<T[]> =>
  all<T>(ground.api, `/v1/dockings/${ground.dockingId}/${what}?limit=200`);
const bindings = (): Promise<Binding[]> => list<Binding>('bindings');
/** Nobody else has the name, so that one search finds one person. */
async function somebody(place: number): Promise<Named> {
  const people = await list<Named & { state: string }>('employees');
  const once = people.filter(
    ({ name, state }) => state === 'active' && people.filter((other) => other.name === name).length === 1,
  );
  const found = once[place];
  if (!found) throw new Error('the company is too small');
  return found;
}
const activeAgents = async (): Promise<{ agentId: string; name: string }[]> =>
  (await list<{ agentId: string; name: string; state: string }>('agents')).filter(
    ({ state }) => state === 'active',
  );

test('a dry run shows what would be bound, and binds nothing until somebody says so', async () => {
  const page = await ground.signedIn(here());
  await page.getByRole('button', { name: 'Bind automatically' }).click();
  await page.getByRole('button', { name: 'Start the dry run' }).click();
  await page.getByText('This was a dry run; nothing was bound.').waitFor();
  await picture(page, 'bindings-dry-run');
  expect(await bindings()).toEqual([]);
  await page
    .getByText(/Several matches/)
    .first()
    .click();
  await page.getByText('What to do').first().waitFor();
  await page.getByRole('button', { name: 'Bind these for good' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Bind these for good' }).click();
  const bound = await until('people to be bound', 60, bindings, (found) => found.length > 20);
  expect(new Set(bound.map(({ method }) => method))).toEqual(new Set(['automatic']));
});

test('one person is added by hand, and a second binding is refused until it is replaced knowingly', async () => {
  const [person, everyBinding, agents] = await Promise.all([somebody(3), bindings(), activeAgents()]);
  const bound = everyBinding.find(
    ({ agentName }) => agents.filter(({ name }) => name.includes(agentName)).length === 1,
  );
  if (!bound) throw new Error('no agent with a name of its own is bound');
  const page = await ground.signedIn(here());
  await page.getByRole('button', { name: 'Add Member' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByPlaceholder('Name, e-mail or mobile').fill(person.name);
  await drawer.getByRole('tree').getByText(person.name).click();
  const agent = drawer.getByRole('combobox', { name: `Agent for ${person.name}` });
  await agent.fill(bound.agentName);
  await page.locator('.ant-select-item-option').filter({ hasText: bound.agentName }).first().click();
  await drawer.getByRole('button', { name: 'Bind (1)' }).click();
  await page.getByText('One side is bound already').waitFor();
  await picture(page, 'bindings-refused');
  expect(await bindings()).toContainEqual(bound);
  await page.getByRole('button', { name: 'Replace' }).click();
  const now = await until('the new binding', 30, bindings, (found) =>
    found.some(({ employeeId }) => employeeId === person.employeeId),
  );
  expect(now.find(({ employeeId }) => employeeId === person.employeeId)).toMatchObject({
    agentId: bound.agentId,
    method: 'manual',
  });
  expect(now.map(({ id }) => id)).not.toContain(bound.id);
});

test('a pasted list says row by row what would happen, and is bound after that', async () => {
  const before = await bindings();
  const taken = new Set(before.map(({ agentId }) => agentId));
  const free = (await activeAgents()).find(({ agentId }) => !taken.has(agentId));
  const people = new Set(before.map(({ employeeId }) => employeeId));
  const person = (await list<Named & { state: string }>('employees')).find(
    ({ employeeId, state }) => state === 'active' && !people.has(employeeId),
  );
  const page = await ground.signedIn(here());
  await page.getByRole('button', { name: 'Paste a list' }).click();
  const text = `${person?.employeeId},${free?.agentId}\nnobody@nowhere.example,${free?.agentId}`;
  await page.getByRole('textbox', { name: 'List' }).fill(text);
  await page.getByRole('button', { name: 'Check without binding' }).click();
  await page.getByRole('button', { name: 'Bind (1)' }).waitFor();
  await picture(page, 'bindings-paste');
  expect(await bindings()).toHaveLength(before.length);
  await page.getByRole('button', { name: 'Bind (1)' }).click();
  await until('the pasted binding', 30, bindings, (found) => found.length === before.length + 1);
});

test('unbinding asks first, and the list is left as it is when it is not meant', async () => {
  const [bound] = (await bindings()).filter(({ method }) => method === 'automatic');
  if (!bound) throw new Error('nobody is bound automatically');
  const page = await ground.signedIn(here(`?q=${encodeURIComponent(bound.agentId)}`));
  const open = async (): Promise<void> => {
    await page.getByRole('button', { name: `Actions on ${bound.employeeName}` }).click();
    await page.getByRole('menuitem', { name: 'Unbind' }).click();
  };
  await open();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect((await bindings()).map(({ id }) => id)).toContain(bound.id);
  await open();
  await page.getByRole('dialog').getByRole('button', { name: 'Unbind' }).click();
  await page.getByText('No binding found.').waitFor();
  expect((await bindings()).map(({ id }) => id)).not.toContain(bound.id);
});

test('whoever may only look sees the list and its export, and no way to change it', async () => {
  const { secret } = await ground.api.post<{ secret: string }>('/v1/tokens', {
    role: 'operator',
    dockingIds: [ground.dockingId],
    label: 'night shift',
  });
  const page = await ground.signedIn(here(), { token: secret });
  await page.getByRole('link', { name: 'Export CSV' }).waitFor();
  await picture(page, 'bindings-list');
  expect(await page.getByRole('button', { name: 'Add Member' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: /Actions on/ }).count()).toBe(0);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
});
