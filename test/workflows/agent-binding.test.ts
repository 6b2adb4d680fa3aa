import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createBindingActivities } from '../../activities/binding';
import { createDirectoryActivities } from '../../activities/directory';
import type { BindingResult } from '../../store';
import { agentBindingId, directorySyncId, TASK_QUEUES } from '../../workflows/names';
import type { AgentBindingInput, AgentBindingResult } from '../../workflows/messages';
import { startTimeSkipping } from '../support/servers';
import { openCompany, type Company, type SimulatedPerson } from './company';
import { quietRuntime, withWorkers } from './crew';

let environment: TestWorkflowEnvironment;
let company: Company;

beforeAll(async () => {
  quietRuntime();
  environment = await startTimeSkipping();
  company = await openCompany({ employees: 300, departments: 12, agents: 60 });
  await working(() =>
    environment.client.workflow.execute('directorySync', {
      workflowId: directorySyncId(company.dockingId),
      taskQueue: TASK_QUEUES.docking,
      args: [{ dockingId: company.dockingId, runId: 'sync', mode: 'apply', startedBy: 'test' }],
    }),
  );
});
afterAll(async () => {
  await company?.close();
  await environment?.teardown();
});

const working = <T>(body: () => Promise<T>): Promise<T> =>
  withWorkers(
    environment,
    { ...createDirectoryActivities(company.ports), ...createBindingActivities(company.ports) },
    body,
  );
const run = (input: AgentBindingInput): Promise<AgentBindingResult> =>
  working(() =>
    environment.client.workflow.execute<(input: AgentBindingInput) => Promise<AgentBindingResult>>(
      'agentBinding',
      {
        workflowId: agentBindingId(input.dockingId, input.runId),
        taskQueue: TASK_QUEUES.docking,
        args: [input],
      },
    ),
  );
const auto = (runId: string, dryRun: boolean): AgentBindingInput => ({
  kind: 'auto',
  dockingId: company.dockingId,
  runId,
  by: ['mobile', 'email'],
  dryRun,
  region: 'CN',
  startedBy: 'admin-1',
});

async function resultsOf(runId: string): Promise<BindingResult[]> {
  const { items } = await company.store.bindingResults.list(runId, { limit: 200 });
  return items;
}

/** Pairs that anybody would agree on: one agent and one person who share every value that both have. */
async function obviousPairs(): Promise<Map<string, string>> {
  const digits = (text: string | null): string => (text ?? '').replace(/\D/g, '').slice(-11);
  const mailbox = (text: string | null): string => (text ?? '').toLowerCase();
  const people = (await company.people()).filter(
    ({ status }) => status !== 'resigned' && status !== 'exited',
  );
  const { items: agents } = await company.store.agents.list(company.dockingId, { limit: 200 });
  const working = agents.filter(({ state }) => state !== 'disabled');
  const related = (agent: (typeof agents)[number], person: SimulatedPerson): boolean =>
    (digits(agent.mobile) !== '' && digits(agent.mobile) === digits(person.mobile)) ||
    (mailbox(agent.email) !== '' &&
      [mailbox(person.email), mailbox(person.enterpriseEmail)].includes(mailbox(agent.email)));
  const pairs = new Map<string, string>();
  for (const agent of working) {
    const mine = people.filter((person) => related(agent, person));
    const [person] = mine;
    if (!person || mine.length > 1 || person.status !== 'active') continue;
    if (working.filter((other) => related(other, person)).length === 1)
      pairs.set(agent.agentId, person.openId);
  }
  return pairs;
}

test('a dry run reports what would be bound and writes no binding', async () => {
  const result = await run(auto('dry', true));
  expect(result.state).toBe('done');
  expect(await company.store.bindings.count(company.dockingId)).toBe(0);
  expect(Object.values(result.outcomes).reduce((sum, count) => sum + count, 0)).toBe(
    (await company.store.agents.list(company.dockingId, { limit: 200 })).items.length,
  );
});

test('exactly the pairs that leave no room for a guess are bound, each of them reachable', async () => {
  const result = await run(auto('real', false));
  const pairs = await obviousPairs();
  const bindings = await company.store.bindings.byAgent(company.dockingId, [...pairs.keys()]);
  expect(new Map(bindings.map(({ agentId, employeeId }) => [agentId, employeeId]))).toEqual(pairs);
  expect(await company.store.bindings.count(company.dockingId)).toBe(pairs.size);
  expect(result.outcomes['bound']).toBe(pairs.size);
  expect(pairs.size).toBeGreaterThan(20);
  const bound = await company.store.employees.getMany(company.dockingId, [...pairs.values()]);
  expect(bound.map(({ inAvailability }) => inAvailability)).toEqual(bound.map(() => true));
  const outcomes = new Set((await resultsOf('real')).map(({ outcome }) => outcome));
  expect(outcomes).toEqual(new Set(['bound', 'no-match', 'several-matches', 'cross-match', 'unreachable']));
});

test('a second run finds everybody bound already and changes nothing', async () => {
  const before = await company.store.bindings.list(company.dockingId, { limit: 200 });
  const result = await run(auto('again', false));
  expect(result.outcomes['bound']).toBeUndefined();
  expect(result.outcomes['already-bound']).toBeGreaterThanOrEqual(before.items.length);
  expect(await company.store.bindings.list(company.dockingId, { limit: 200 })).toEqual(before);
});

describe('creating an agent', () => {
  const create = (runId: string, employeeId: string): AgentBindingInput => ({
    kind: 'create-agent',
    dockingId: company.dockingId,
    runId,
    employeeId,
    template: { role: 'agent', groupIds: [] },
    startedBy: 'admin-1',
  });
  /** Somebody active whom no agent of the ticket system belongs to. */
  async function newcomer(index: number): Promise<SimulatedPerson> {
    const { items: agents } = await company.store.agents.list(company.dockingId, { limit: 200 });
    const taken = new Set(agents.map(({ email }) => email?.toLowerCase()));
    const free = (await company.people()).filter(
      ({ status, email, enterpriseEmail, departmentIds }) =>
        status === 'active' &&
        email &&
        !taken.has(email.toLowerCase()) &&
        !taken.has(enterpriseEmail.toLowerCase()) &&
        departmentIds.length > 0,
    );
    const person = free[index];
    if (!person) throw new Error('everybody has an agent');
    return person;
  }
  const agentsOf = async (email: string) =>
    (await company.ports.ticketSystem(company.dockingId)).findAgent({ email });

  test('makes one from the employee, binds it and says so', async () => {
    const person = await newcomer(0);
    expect(await run(create('create-1', person.openId))).toMatchObject({
      state: 'done',
      outcomes: { bound: 1 },
    });
    const [agent, ...more] = await agentsOf(person.email);
    expect(more).toEqual([]);
    const [binding] = await company.store.bindings.byEmployee(company.dockingId, [person.openId]);
    expect(binding).toMatchObject({
      agentId: agent?.agentId,
      method: 'created',
      createdBy: 'admin-1',
      state: 'active',
    });
    expect(await resultsOf('create-1')).toMatchObject([
      { outcome: 'bound', reason: 'created', employeeId: person.openId },
    ]);
  });

  test('makes no second one when the answer was lost', async () => {
    const person = await newcomer(1);
    const faults = `${company.ticketsUrl}/_control/faults`;
    await fetch(faults, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ method: 'POST', path: '*agents*', effect: 'drop-answer', times: 1 }),
    });
    expect(await run(create('create-2', person.openId))).toMatchObject({ outcomes: { bound: 1 } });
    expect(await (await fetch(faults)).json()).toMatchObject({ items: [{ hits: 1 }] });
    expect(await agentsOf(person.email)).toHaveLength(1);
    expect(await company.store.bindings.byEmployee(company.dockingId, [person.openId])).toHaveLength(1);
  });

  test('leaves a bound employee alone, and refuses somebody unknown with the next step', async () => {
    const person = await newcomer(0);
    const [binding] = (await company.store.bindings.list(company.dockingId, {})).items;
    expect(await run(create('create-3', binding?.employeeId ?? ''))).toMatchObject({
      outcomes: { 'already-bound': 1 },
    });
    await expect(run(create('create-4', `${person.openId}x`))).rejects.toThrow();
    expect(await company.store.bindingRuns.get('create-4')).toMatchObject({
      state: 'failed',
      reason: 'Binding.NoSuchEmployee',
    });
  });
});

test('unbound people are invited once, whom no card reaches is told, and the report stays', async () => {
  const people = await company.people();
  const bound = (await company.store.bindings.list(company.dockingId, { limit: 1 })).items[0]?.employeeId;
  const taken = new Set(
    (await company.store.bindings.list(company.dockingId, { limit: 200 })).items.map(
      ({ employeeId }) => employeeId,
    ),
  );
  const free = people.filter(({ status, openId }) => status === 'active' && !taken.has(openId)).slice(0, 3);
  const frozen = people.find(({ status }) => status === 'frozen')?.openId;
  if (!bound || !frozen) throw new Error('nobody is bound, or nobody is frozen');
  const employeeIds = [...free.map(({ openId }) => openId), bound, frozen];
  await company.control('POST', '/faults', {
    path: '/open-apis/im/v1/messages',
    effect: 'drop-answer',
    times: 1,
  });
  const result = await run({
    kind: 'invite',
    dockingId: company.dockingId,
    runId: 'invite-1',
    employeeIds,
    startedBy: 'admin-1',
  });
  expect(result).toMatchObject({
    state: 'done',
    outcomes: { invited: 3, 'already-bound': 1, unreachable: 1 },
  });
  for (const { openId } of free) {
    const { items } = await company.control<{ items: { content: string }[] }>(
      'GET',
      `/messages?receiver=${openId}`,
    );
    expect(items).toHaveLength(1);
    expect(JSON.stringify(items[0])).toContain(`/sign-in/${company.dockingId}`);
  }
});
