import { randomUUID } from 'node:crypto';
import { bindAutomatically, bindingsOf, mirrorDirectory } from '../../stack/story/people';
import { until } from '../../stack/story/http';
import { startConsole, type ConsoleGround } from './ground';
import { picture } from './visitors';

let ground: ConsoleGround;
const here = (path: string): string => `/dockings/${ground.dockingId}/${path}`;
let agentId = '';
const TICKET = 'T-1001';

interface Reminders {
  version: number;
  enabled: boolean;
  rules: { id: string; name: string; enabled: boolean }[];
}
const reminders = (): Promise<Reminders> =>
  ground.api.get<Reminders>(`/v1/dockings/${ground.dockingId}/reminders`);

/** The ticket is given to the agent, or only gets a tag, to which no rule listens. */
async function push(type: 'ticket.assigned_agent' | 'ticket.tag_changed'): Promise<string> {
  const eventId = randomUUID();
  const at = new Date().toISOString();
  await ground.api.post(`/v1/dockings/${ground.dockingId}/ticket-events`, {
    eventId,
    type,
    occurredAt: at,
    actor: { type: 'system', id: 'test' },
    ticket: {
      id: TICKET,
      code: TICKET,
      title: 'Printer burns',
      statusType: 'new',
      priority: 'urgent',
      assigneeId: agentId,
      updatedAt: at,
    },
    changes: [],
  });
  return eventId;
}

beforeAll(async () => {
  ground = await startConsole();
  await mirrorDirectory(ground.api, ground.dockingId);
  await bindAutomatically(ground.api, ground.dockingId);
  const [bound] = await bindingsOf(ground.api, ground.dockingId);
  agentId = bound?.agentId ?? '';
}, 180_000);
afterAll(() => ground?.stop());

test('one click switches a rule off, and whoever saved in between is not overwritten', async () => {
  const before = await reminders();
  const [rule] = before.rules;
  const page = await ground.signedIn(here('reminders'));
  const ruleSwitch = page.getByRole('switch', { name: new RegExp(`“${rule?.name}”`) });
  await ruleSwitch.waitFor();
  await ground.api.put(
    `/v1/dockings/${ground.dockingId}/reminders`,
    { enabled: true, rules: before.rules },
    { 'if-match': `"${before.version}"` },
  );
  await ruleSwitch.click();
  await page.getByText(/saved version \d+ in between/).waitFor();
  await picture(page, 'reminders-in-between');
  expect((await reminders()).rules[0]?.enabled).toBe(true);
  await page.getByRole('button', { name: 'Read again' }).click();
  await ruleSwitch.click();
  await until('the rule to be off', 15, reminders, ({ rules }) => rules[0]?.enabled === false);
  await ruleSwitch.click();
  await until('the rule to be on', 15, reminders, ({ rules }) => rules[0]?.enabled === true);
});

test('a new rule is refused with its faults where they are, and nothing is saved', async () => {
  const { version } = await reminders();
  const page = await ground.signedIn(here('reminders'));
  await page.getByRole('button', { name: 'New rule' }).click();
  const drawer = page.getByRole('dialog');
  await drawer
    .getByRole('button', { name: /Condition$/ })
    .first()
    .click();
  await drawer.getByRole('button', { name: 'Save' }).click();
  await drawer.locator('.ant-form-item-explain-error, .ant-alert-error').first().waitFor();
  await picture(page, 'reminders-faults');
  expect((await reminders()).version).toBe(version);
});

test('an event explains itself: the rule with what it saw, the receiver with the card', async () => {
  await push('ticket.assigned_agent');
  await until(
    'the card to be sent',
    30,
    () => ground.api.get<{ items: { state: string }[] }>(`/v1/dockings/${ground.dockingId}/deliveries`),
    ({ items }) => items[0]?.state === 'sent',
  );
  const page = await ground.signedIn(here(`deliveries?ticket=${TICKET}`));
  await page.locator('.ant-table-row-expand-icon').first().click();
  const why = page.getByRole('region', { name: 'Why' });
  await why.getByText('Matched', { exact: true }).first().waitFor();
  await why.getByText('Sent', { exact: true }).first().waitFor();
  await picture(page, 'deliveries-why');
});

test('whoever heard nothing is told why', async () => {
  await push('ticket.tag_changed');
  const path = `deliveries/why?agent=${encodeURIComponent(agentId)}&ticket=${TICKET}`;
  const page = await ground.signedIn(here(path));
  await page.getByText('No rule listens to this event.').first().waitFor();
  await picture(page, 'deliveries-heard-nothing');
});
