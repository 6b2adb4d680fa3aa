import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { startSimulator, type Simulator } from '../../simulator';

interface AgentView {
  agentId: string;
  email: string;
  mobile: string;
  status: string;
}
interface SystemView {
  id: string;
  kind: string;
  baseUrl: string;
  agents: AgentView[];
}
interface PersonView {
  email: string;
  enterpriseEmail: string;
  mobile: string;
  status: string;
}

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ employees: 300, agents: 60 });
});
afterAll(() => simulator.close());

async function ask<T>(base: string, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(base + path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as T;
}

async function people(): Promise<PersonView[]> {
  const found: PersonView[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const path: string = `/_control/people?limit=100${cursor ? `&cursor=${cursor}` : ''}`;
    const page: { items: PersonView[]; nextCursor: string | null } = await ask(simulator.url, 'GET', path);
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

const systems = async (): Promise<SystemView[]> =>
  (await ask<{ items: SystemView[] }>(simulator.ticketsUrl, 'GET', '/_control/ticket-systems')).items;

test('a reset of the platform renews its ticket systems, and the same seed makes the same ones', async () => {
  const reset = (): Promise<{ ticketSystems: SystemView[] }> =>
    ask(simulator.url, 'POST', '/_control/reset', { seed: 'again', employees: 300, agents: 60 });
  const first = await reset();
  const second = await reset();
  expect(second.ticketSystems).toEqual(first.ticketSystems);
  expect(first.ticketSystems.map(({ id, kind }) => [id, kind])).toEqual([
    ['sobot', 'sobot'],
    ['helpdesk', 'rest'],
  ]);
  expect(first.ticketSystems[0]?.baseUrl).toBe(simulator.ticketsUrl);
  expect(await systems()).toEqual(first.ticketSystems);
});

test('agents are drawn from the company so that binding meets every case', async () => {
  const staff = (await people()).filter((person) => person.status !== 'resigned');
  const phone = (text: string): string => parsePhoneNumberFromString(text, 'CN')?.number ?? text;
  const [sobot] = await systems();
  const kinds = { mobile: 0, email: 0, nobody: 0, cross: 0, several: 0 };
  const perMobile = new Map<string, number>();
  for (const agent of sobot?.agents ?? []) {
    if (agent.mobile) perMobile.set(phone(agent.mobile), (perMobile.get(phone(agent.mobile)) ?? 0) + 1);
    const byMobile = staff.filter((one) => agent.mobile !== '' && one.mobile === phone(agent.mobile));
    const email = agent.email.toLowerCase();
    const byEmail = staff.filter((one) =>
      [one.email, one.enterpriseEmail].some((own) => own.toLowerCase() === email),
    );
    const everybody = new Set([...byMobile, ...byEmail]);
    if (byEmail.length > 1) kinds.several++;
    else if (everybody.size === 0) kinds.nobody++;
    else if (everybody.size > 1) kinds.cross++;
    else if (byMobile.length === 1) kinds.mobile++;
    else kinds.email++;
  }
  if ([...perMobile.values()].some((count) => count > 1)) kinds.several++;
  for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(0);
  expect(kinds.mobile + kinds.email).toBeGreaterThan(30);
  expect(new Set(sobot?.agents.map((agent) => agent.status))).toEqual(
    new Set(['active', 'inactive', 'disabled', 'deleted']),
  );
  const notations = new Set(sobot?.agents.map((agent) => agent.mobile.replace(/\d+/g, '#')));
  expect(notations.size).toBeGreaterThan(2);
});

test('each company has its own two ticket systems', async () => {
  await ask(simulator.url, 'POST', '/_control/reset', { employees: 30, tenants: 2, agents: 5 });
  expect((await systems()).map((system) => system.id)).toEqual([
    'sobot',
    'helpdesk',
    'sobot-2',
    'helpdesk-2',
  ]);
});

test.each([
  ['an unknown action', 'POST', '/_control/tickets/:ticket/act', { action: 'dance' }, 'action'],
  ['an unknown field', 'POST', '/_control/tickets', { colour: 'red' }, 'colour'],
  [
    'an unknown agent',
    'POST',
    '/_control/tickets/:ticket/act',
    { action: 'assign', toAgentId: 'x' },
    'toAgentId',
  ],
  ['a bad push address', 'PATCH', '/_control/ticket-systems/sobot', { pushUrl: 'nowhere' }, 'pushUrl'],
  ['an unknown switch', 'PATCH', '/_control/switches', { gravity: false }, 'gravity'],
  ['an unknown effect', 'POST', '/_control/faults', { effect: 'explode' }, 'effect'],
])('%s is refused by name', async (_what, method, path, body, field) => {
  const { items } = await ask<{ items: { ticketId: string }[] }>(
    simulator.ticketsUrl,
    'GET',
    '/_control/tickets',
  );
  const answer = await ask<{ error?: { field: string } }>(
    simulator.ticketsUrl,
    method,
    path.replace(':ticket', items[0]?.ticketId ?? ''),
    body,
  );
  expect(answer.error?.field).toBe(field);
});
