import { createBindingActivities } from '../../activities/binding';
import type { BindingResult } from '../../store';
import { openCompany, type Company, type SimulatedPerson } from '../workflows/company';
import { runActivity } from '../workflows/crew';

let company: Company;
let newcomers: SimulatedPerson[];
let runs = 0;

beforeAll(async () => {
  company = await openCompany({ employees: 120, departments: 6, agents: 4 });
  const system = await company.ports.ticketSystem(company.dockingId);
  const people = (await company.people()).filter(
    ({ status, email, departmentIds }) => status === 'active' && email && departmentIds.length > 0,
  );
  const free: SimulatedPerson[] = [];
  for (const person of people.slice(0, 20)) {
    const found = await Promise.all(
      [person.email, person.enterpriseEmail].map((email) => system.findAgent({ email })),
    );
    if (found.flat().length === 0) free.push(person);
  }
  newcomers = free;
  await company.store.employees.bulkApply(
    company.dockingId,
    newcomers.map(({ openId, name, email }) => ({
      employeeId: openId,
      name,
      email,
      state: 'active' as const,
    })),
  );
});
afterAll(() => company?.close());

const nextPerson = (): SimulatedPerson => {
  const person = newcomers.pop();
  if (!person) throw new Error('everybody has an agent');
  return person;
};

interface Run {
  runId: string;
  employeeId: string;
  create(): Promise<{ outcome: string; agentId: string | null }>;
  report(): Promise<BindingResult[]>;
}
async function open({ openId: employeeId }: SimulatedPerson): Promise<Run> {
  runs += 1;
  const { dockingId, store } = company;
  const runId = `create-${runs}`;
  const { openBindingRun, createAgentAndBind } = createBindingActivities(company.ports);
  await openBindingRun({
    dockingId,
    runId,
    kind: 'create-agent',
    dryRun: false,
    total: 1,
    startedBy: 'admin',
  });
  const input = {
    dockingId,
    runId,
    employeeId,
    template: { role: 'agent', groupIds: [] },
    startedBy: 'admin',
  };
  return {
    runId,
    employeeId,
    create: () => runActivity(() => createAgentAndBind(input)),
    report: async () => (await store.bindingResults.list(runId, { limit: 50 })).items,
  };
}

const loseAnswers = async (times: number): Promise<void> => {
  await fetch(`${company.ticketsUrl}/_control/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'POST', path: '*agents*', effect: 'drop-answer', times }),
  });
};
const agentOf = async ({ email }: SimulatedPerson): Promise<string> => {
  const [agent, ...more] = await (await company.ports.ticketSystem(company.dockingId)).findAgent({ email });
  expect(more).toEqual([]);
  return agent?.agentId ?? 'none';
};
const bind = (employeeId: string, agentId: string) =>
  company.store.bindings.bind({
    dockingId: company.dockingId,
    employeeId,
    agentId,
    method: 'manual',
    createdBy: 'somebody',
  });

test('an employee who was bound to another agent meanwhile leaves an agent, and the report names it', async () => {
  const person = nextPerson();
  const run = await open(person);
  await loseAnswers(1);
  await expect(run.create()).rejects.toThrow();
  await bind(person.openId, 'agent-by-hand');

  const agentId = await agentOf(person);
  expect(await run.create()).toEqual({ outcome: 'created-unbound', agentId });
  expect(await run.report()).toEqual([
    {
      runId: run.runId,
      employeeId: person.openId,
      agentId,
      outcome: 'created-unbound',
      reason: 'employee-bound-to-other',
    },
  ]);
  // Whoever asks again hears the same.
  expect(await run.create()).toEqual({ outcome: 'created-unbound', agentId });
});

test('an agent that somebody else was bound to meanwhile is named with that reason', async () => {
  const [person, other] = [nextPerson(), nextPerson()];
  const run = await open(person);
  await loseAnswers(1);
  await expect(run.create()).rejects.toThrow();
  const agentId = await agentOf(person);
  await bind(other.openId, agentId);

  expect(await run.create()).toEqual({ outcome: 'created-unbound', agentId });
  expect(await run.report()).toMatchObject([{ agentId, reason: 'agent-bound-to-other' }]);
  expect(await company.store.bindings.byEmployee(company.dockingId, [person.openId])).toEqual([]);
});

test('while no answer comes the report says that there may be an agent; with the answer it is bound', async () => {
  const person = nextPerson();
  const run = await open(person);
  await loseAnswers(1);
  await expect(run.create()).rejects.toThrow();
  expect(await run.report()).toMatchObject([
    { agentId: null, outcome: 'created-unbound', reason: 'outcome-unknown' },
  ]);
  const agentId = await agentOf(person);
  expect(await run.create()).toEqual({ outcome: 'bound', agentId });
  expect(await run.report()).toMatchObject([{ agentId, outcome: 'bound', reason: 'created' }]);
});

test('an employee who was bound before anything was created leaves nothing', async () => {
  const person = nextPerson();
  const run = await open(person);
  await bind(person.openId, 'agent-before');
  expect(await run.create()).toEqual({ outcome: 'already-bound', agentId: 'agent-before' });
  expect(await agentOf(person)).toBe('none');
});

test('a refusal of the ticket system leaves no doubt in the report', async () => {
  const person = nextPerson();
  await company.store.employees.bulkApply(company.dockingId, [
    { employeeId: person.openId, state: 'active', name: person.name, email: 'not a mailbox' },
  ]);
  const run = await open(person);
  await expect(run.create()).rejects.toThrow();
  expect(await run.report()).toEqual([]);
});
