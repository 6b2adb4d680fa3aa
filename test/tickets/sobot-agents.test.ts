import { memoryTokenStore, TicketSystemError } from '../../tickets';
import { allAgents, startCompany, type Company } from './company';

let company: Company;
beforeAll(async () => {
  company = await startCompany();
});
afterAll(() => company.close());
beforeEach(() => company.reset());

interface ControlledAgents {
  items: { agentId: string; email: string; mobile: string; status: string }[];
}
const controlled = (): Promise<ControlledAgents> => company.control('GET', '/agents?system=sobot');

const draft = { name: 'New Colleague', email: 'new.colleague@corp.example', groupIds: [] };

test('lists everybody but the deleted, with states that tell who can work', async () => {
  const agents = await allAgents(company.sobotSystem());
  const { items } = await controlled();
  const living = items.filter((agent) => agent.status !== 'deleted');
  expect(living.length).toBeLessThan(items.length);
  expect(agents.map(({ agentId, state, email }) => ({ agentId, status: state, email }))).toEqual(
    living.map(({ agentId, status, email }) => ({ agentId, status, email: email || null })),
  );
});

test('pages through hundreds and resumes from a cursor', async () => {
  for (let i = 0; i < 100; i++) await company.control('POST', '/agents?system=sobot', { name: `Extra ${i}` });
  const system = company.sobotSystem();
  const pages = [];
  for await (const page of system.listAgents()) pages.push(page);
  expect(pages.map((page) => page.nextCursor)).toEqual(['2', '3', null]);
  const rest = [];
  for await (const page of system.listAgents('2')) rest.push(...page.agents);
  expect(rest).toEqual([...(pages[1]?.agents ?? []), ...(pages[2]?.agents ?? [])]);
});

test('finds by e-mail whatever its case and by phone whatever its notation', async () => {
  await company.control('POST', '/agents?system=sobot', {
    name: 'Odd Notation',
    email: 'Odd@Corp.example',
    mobile: '+86 139 0000 0001',
  });
  const system = company.sobotSystem();
  const byEmail = await system.findAgent({ email: 'odd@corp.EXAMPLE ' });
  const byPhone = await system.findAgent({ phone: '0086-139-0000-0001' });
  expect(byEmail.map((agent) => agent.name)).toEqual(['Odd Notation']);
  expect(byPhone).toEqual(byEmail);
  expect(await system.findAgent({ email: 'odd@corp.example', phone: '13800000000' })).toEqual([]);
  expect(await system.findAgent({ id: byEmail[0]?.agentId ?? '' })).toEqual(byEmail);
});

test('all who share a phone are found, so that nobody guesses', async () => {
  for (const name of ['One', 'Two']) {
    await company.control('POST', '/agents?system=sobot', { name, mobile: '13911112222' });
  }
  const found = await company.sobotSystem().findAgent({ phone: '+8613911112222' });
  expect(found.map((agent) => agent.name)).toEqual(['One', 'Two']);
});

test('a created agent waits for activation and is not made twice', async () => {
  const system = company.sobotSystem();
  const groups = await system.listGroups();
  const ticketGroup = groups.find((group) => group.kind === 'ticket')?.groupId ?? '';
  const wanted = { ...draft, mobile: '13900009999', groupIds: [ticketGroup] };
  const made = await system.createAgent('key-1', wanted);
  expect(made).toMatchObject({ ...wanted, state: 'inactive', role: '5555', isAdmin: false });
  expect(await system.createAgent('key-1', wanted)).toEqual(made);
  expect(await company.sobotSystem().findAgent({ email: draft.email })).toEqual([made]);
});

test('a lost answer leads to the agent that was made, not to a second one', async () => {
  await company.control('POST', '/faults', {
    method: 'POST',
    path: '*/save_agent',
    effect: 'drop-answer',
    times: 1,
  });
  const made = await company.sobotSystem().createAgent('key-1', draft);
  const { items } = await controlled();
  expect(items.filter((agent) => agent.email === draft.email).map((agent) => agent.agentId)).toEqual([
    made.agentId,
  ]);
});

test('a call that never arrived fails for another try and leaves nobody behind', async () => {
  await company.control('POST', '/faults', {
    method: 'POST',
    path: '*/save_agent',
    effect: 'reset',
    times: 1,
  });
  const system = company.sobotSystem();
  await expect(system.createAgent('key-1', draft)).rejects.toMatchObject({ retryClass: 'normal' });
  const made = await system.createAgent('key-1', draft);
  expect(await system.findAgent({ email: draft.email })).toMatchObject([{ agentId: made.agentId }]);
});

test('an e-mail that belongs to somebody else names the agent who has it', async () => {
  const { items } = await controlled();
  const taken = items.find((agent) => agent.status === 'active' && agent.email !== '');
  const failure = await company
    .sobotSystem()
    .createAgent('key-1', { ...draft, email: taken?.email.toUpperCase() ?? '' })
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'already-exists', retryClass: 'never', existingId: taken?.agentId });
  expect(failure).toBeInstanceOf(TicketSystemError);
});

test('a used-up seat limit is final and says what Sobot said', async () => {
  await company.control('PATCH', '/switches', { seatLimit: 1 });
  await expect(company.sobotSystem().createAgent('key-1', draft)).rejects.toMatchObject({
    retryClass: 'never',
    platformCode: '500902',
  });
});

test('two who make the same agent at once get the same one', async () => {
  const tokenStore = memoryTokenStore(company.clock);
  const workers = [1, 2, 3].map(() => company.sobotSystem({}, { tokenStore }));
  // With the token at hand they go side by side.
  for (const worker of workers) await worker.listStatuses();
  const made = await Promise.all(workers.map((worker) => worker.createAgent('key-1', draft)));
  expect(new Set(made.map((agent) => agent.agentId)).size).toBe(1);
  const { items } = await controlled();
  expect(items.filter((agent) => agent.email === draft.email)).toHaveLength(1);
});

test('nobody is found only in a list read just now: who came meanwhile is', async () => {
  const system = company.sobotSystem();
  expect(await system.findAgent({ email: draft.email })).toEqual([]);
  await company.control('POST', '/agents?system=sobot', draft);
  expect(await system.findAgent({ email: draft.email })).toMatchObject([{ name: draft.name }]);
});
