/**
 * The main job from an empty company to proven reminders, all of it through HTTP as any ticket system would do it.
 * The simulator plays Feishu and Sobot; what must arrive is worked out without the product's code.
 */
import { connectEvents, pressClose } from './clicks';
import type { StoryContext, StoryReport } from './context';
import { storyEvents, type StoryEvent } from './events';
import { expectedCards, STORY_RULES } from './expectation';
import { httpTo, until, type Http } from './http';
import {
  bindAutomatically,
  bindingsOf,
  bindOneByHand,
  mirrorDirectory,
  wronglyBound,
  type BoundAgent,
} from './people';
import {
  arrivals,
  askWhy,
  compare,
  eventIdsOf,
  ticketHistories,
  type Arrivals,
  type Comparison,
} from './proof';
import { storyReport, type CallCounts } from './report';
import { checklistOf, createDocking, foundCompany, goLive, type Company } from './set-up';
import { actInSobot, customersReply, sendEvents, type SobotCard } from './traffic';

const EVENTS = 190;
const TICKETS = 45;
const SEED = 20_261_124;
const PUSHED_TWICE = 20;

export async function runStory(context: StoryContext): Promise<StoryReport> {
  const { urls, step } = context;
  if (!urls.simulator || !urls.ticketSystem) throw new Error('the story needs the simulator');
  const platformUrl = urls.simulator;
  const api = httpTo(urls.api, context.adminToken);
  const simulator = httpTo(platformUrl);
  const tickets = httpTo(urls.ticketSystem);

  const company = await step(
    'A company with its app, and a ticket system',
    () => foundCompany(simulator),
    ({ employees, departments, ticketSystem }) =>
      `${employees} employees, ${departments} departments, ${ticketSystem.agents.length} agents`,
  );
  const dockingId = await step(
    'Create a docking with App ID and App Secret',
    () => createDocking(api, company, platformUrl),
    (id) => id,
  );
  const items = await step(
    'The checklist proves itself',
    () => checklistOf(api, dockingId),
    (found) => `${found.filter((item) => item.state === 'passed').length} of ${found.length} items passed`,
  );
  await step(
    'A person approves what no call can prove; the docking goes live',
    () => goLive(api, dockingId),
    (approved) => `approved: ${approved.join(', ')}`,
  );
  await step('The platform tells the docking of clicks and changes', () =>
    connectEvents({ api, simulator }, company.app.appId, dockingId),
  );
  const sync = await step(
    'Mirror the directory',
    () => mirrorDirectory(api, dockingId),
    ({ progress, calls }) =>
      `${progress.departments} departments, ${progress.employees} employees, ${calls} calls`,
  );
  const { bindings, outcomes } = await step(
    'Bind the agents: by mobile or email, and one by hand',
    () => bindEverybody({ api, simulator, tickets }, company, dockingId),
    (bound) => `${tell(bound.outcomes)}; ${bound.bindings.length} bound`,
  );
  await step(
    'Save the reminder rules',
    () => saveRules(api, dockingId),
    ({ version }) => `${STORY_RULES.length} rules, version ${version}`,
  );
  const happened = await step(
    '200 ticket events for 50 tickets; 20 pushed twice; API and worker are killed in the middle',
    () => play(context, { api, tickets }, company, dockingId, bindings),
    ({ events, sobot, duplicatesAnswered }) =>
      `${events.length} by API, ${2 * sobot.length} by Sobot push, ${duplicatesAnswered} answered as duplicate`,
  );
  const expected = expectation(happened, bindings);
  const { arrived, compared } = await step(
    'Every expected card has arrived exactly once',
    () => arrivalsOf(simulator, company.app.appId, expected),
    ({ compared: { sent, duplicate, missing, unexpected } }) =>
      `${sent} of ${cardsIn(expected)} sent, ${duplicate} duplicate, ${missing.length} missing, ${unexpected.length} unexpected`,
  );
  const why = await step(
    'Every event explains itself',
    async () => askWhy(api, dockingId, await eventIdsOf(api, dockingId)),
    (found) => `${found.answered} of ${found.asked} answered, ${found.silent} of them sent nothing`,
  );
  const clicked = await step(
    'A colleague presses "Close" on a card, then its agent twice at once',
    () => pressClose({ api, simulator, tickets }, dockingId, oneOf(happened.sobot), bindings),
    ({ statusType, done, strangerToast }) =>
      `the ticket is ${statusType}, done ${done} time; the colleague was answered with an ${strangerToast}`,
  );

  const histories = await ticketHistories(urls.temporal, dockingId);
  const calls = await simulator.get<CallCounts>('/_control/calls');
  const latencies = [...arrived.at].flatMap(([key, at]) => {
    const sentAt = happened.sentAt.get(key.split(' ')[0] ?? '');
    return sentAt === undefined ? [] : [Math.max(0, at - sentAt)];
  });
  return storyReport({
    dockingId,
    company,
    items,
    sync,
    outcomes,
    bindings,
    happened,
    pushedTwice: PUSHED_TWICE,
    expected: cardsIn(expected),
    compared,
    why,
    clicked,
    histories,
    calls,
    latencies,
  });
}

/** In place of the ready-made ones that a new docking starts with. */
async function saveRules(api: Http, dockingId: string): Promise<{ version: number }> {
  const path = `/v1/dockings/${dockingId}/reminders`;
  const { version } = await api.get<{ version: number }>(path);
  return api.put(path, { enabled: true, rules: STORY_RULES }, { 'if-match': `"${version}"` });
}

async function bindEverybody(
  { api, simulator, tickets }: { api: Http; simulator: Http; tickets: Http },
  company: Company,
  dockingId: string,
): Promise<{ bindings: BoundAgent[]; outcomes: Record<string, number> }> {
  const outcomes = await bindAutomatically(api, dockingId);
  await bindOneByHand(api, dockingId);
  const bindings = await bindingsOf(api, dockingId);
  const wrong = await wronglyBound(simulator, tickets, company.app.appId, bindings);
  if (wrong.length > 0) throw new Error(`bound to somebody else: ${wrong.join(', ')}`);
  return { bindings, outcomes };
}

function oneOf([card]: readonly SobotCard[]): SobotCard {
  if (!card) throw new Error('the story has no ticket in Sobot');
  return card;
}

async function arrivalsOf(
  simulator: Http,
  appId: string,
  expected: ReadonlyMap<string, number>,
): Promise<{ arrived: Arrivals; compared: Comparison }> {
  const look = async (): Promise<{ arrived: Arrivals; compared: Comparison }> => {
    const arrived = await arrivals(simulator, appId);
    return { arrived, compared: compare(expected, arrived) };
  };
  // What never comes is a result to report, not an error to stop at.
  return until('every expected card', 120, look, ({ compared }) => compared.missing.length === 0).catch(look);
}

function tell(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ');
}

export interface Happened {
  events: StoryEvent[];
  sobot: SobotCard[];
  sentAt: Map<string, number>;
  duplicatesAnswered: number;
}

async function play(
  context: StoryContext,
  { api, tickets }: { api: Http; tickets: Http },
  company: Company,
  dockingId: string,
  bindings: readonly BoundAgent[],
): Promise<Happened> {
  const bound = bindings.map((binding) => binding.agentId);
  // A few tickets go to agents that nobody is bound to: those must be explained, not sent.
  const unbound = company.ticketSystem.agents
    .map(({ agentId }) => agentId)
    .filter((id) => !bound.includes(id));
  const events = storyEvents([...bound.slice(0, 20), ...unbound.slice(0, 3)], EVENTS, TICKETS, SEED);
  const twice = new Set(Array.from({ length: PUSHED_TWICE }, (_, index) => index * 9));
  const reachable = bindings.filter((binding) => binding.deliverability.ok).map((binding) => binding.agentId);
  const sobot = await actInSobot(tickets, api, dockingId, company.ticketSystem, reachable);
  const traffic = await sendEvents(api, dockingId, events, twice, async () => {
    // The cards of the last batch are on their way: whoever has them dies. The API is started again at once, the worker later.
    await Promise.all([context.stack.crash('api'), context.stack.killWorker()]);
    await until('the API', 60, () => isReady(api), Boolean);
    await customersReply(tickets, sobot);
    await context.stack.startWorker();
  });
  return { events, sobot, ...traffic };
}

const isReady = (api: Http): Promise<boolean> =>
  api.get('/readyz').then(
    () => true,
    () => false,
  );

/** Cards by `mark employeeId`: one per firing event, and two per Sobot ticket (assigned urgent, customer replied). */
function expectation({ events, sobot }: Happened, bindings: readonly BoundAgent[]): Map<string, number> {
  const employeeOf = new Map(
    bindings
      .filter((binding) => binding.deliverability.ok)
      .map((binding) => [binding.agentId, binding.employeeId]),
  );
  const expected = new Map([...expectedCards(events, employeeOf)].map((key) => [key, 1]));
  for (const { mark, agentId } of sobot) expected.set(`${mark} ${employeeOf.get(agentId) ?? ''}`, 2);
  return expected;
}

function cardsIn(expected: ReadonlyMap<string, number>): number {
  return [...expected.values()].reduce((sum, count) => sum + count, 0);
}
