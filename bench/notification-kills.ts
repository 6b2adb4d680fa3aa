/**
 * `npm run bench -- notification-kills`: events arrive twice and out of order while worker, API, Temporal, the
 * database and the platform fail at random; then every message is counted against what plain code expects, and every event explained.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { openStore } from '../store';
import { stackSettings } from '../stack/settings';
import { drawing, oneOf } from './drawing';
import { controlOf, dockingIdOf, seatDocking, type App } from './notification-ground';
import { LOAD_RULES, ticketEvents, wantedAgents, type LoadEvent } from './reminder-load';
import { openWholeStack, type WholeStack } from './whole-stack';

const SEEDS = (process.env['BENCH_SEEDS'] ?? '1,2').split(',');
const TICKETS = Number(process.env['BENCH_TICKETS'] ?? 200);
const AGENTS = 40;
const SEND = '/open-apis/im/v1/messages';
const DEATHS = ['worker', 'worker', 'api', 'temporal', 'mongodb'] as const;
const HELD = ['mongodb held', 'temporal held'] as const;
const HELD_SHARE = 0.3;
const FAULTS = [
  { effect: 'drop-answer' },
  { effect: 'reset' },
  { effect: 'rate-limit' },
  { effect: 'html-502' },
  { effect: 'status', status: 503 },
  { effect: 'code', code: 230020 },
  { effect: 'delay', delayMs: 3_000 },
] as const;
/** Unbound, and bound to somebody whose account is frozen. */
const UNREACHABLE = { unbound: 'a1', frozen: 'a2' } as const;
const PATIENCE_MS = 240_000;

export interface KillsFigures {
  seed: string;
  events: number;
  pushed: number;
  deaths: string;
  expected: number;
  received: number;
  missing: number;
  twice: number;
  unexpected: number;
  unexplained: number;
  seconds: number;
}

export async function run(): Promise<KillsFigures[]> {
  const figures: KillsFigures[] = [];
  for (const seed of SEEDS) {
    const whole = await openWholeStack();
    try {
      figures.push(await storm(whole, seed));
    } finally {
      await whole.close();
    }
  }
  return figures;
}

async function storm(whole: WholeStack, seed: string): Promise<KillsFigures> {
  const { control, product } = whole;
  const draw = drawing(seed);
  const employees = await seat(whole, seed);
  const events = Array.from({ length: TICKETS }, (_, number) =>
    ticketEvents(draw, seed, number, AGENTS),
  ).flat();
  const expected = expectations(events, employees);
  const startedAt = performance.now();

  for (const fault of FAULTS)
    await control('POST', '/faults', { path: SEND, method: 'POST', ...fault, probability: 0.03 });
  let over = false;
  const deaths: Record<string, number> = {};
  const dying = (async () => {
    while (!over) {
      await pause(2_000 + draw() * 4_000);
      const blow = draw() < HELD_SHARE ? oneOf(draw, HELD) : oneOf(draw, DEATHS);
      deaths[blow] = (deaths[blow] ?? 0) + 1;
      await whole.strike(blow, draw);
      if (draw() < 0.3)
        await control('POST', '/faults', {
          path: SEND,
          method: 'POST',
          effect: 'status',
          status: 503,
          times: 20,
        });
    }
  })();
  let pushed = 0;
  for (const batch of batchesOf(draw, events)) {
    pushed += batch.length;
    await product('POST', `/dockings/${dockingIdOf(0)}/ticket-events`, { events: batch });
    await pause(draw() * 300);
  }
  over = true;
  await dying;
  await control('DELETE', '/faults');

  const received = await untilReceived(
    control,
    [...expected.values()].reduce((sum, count) => sum + count, 0),
  );
  const unexplained = await unexplainedOf(product, events, employees);
  const keys = new Set([...expected.keys(), ...received.keys()]);
  const differ = (of: (want: number, got: number) => number): number =>
    [...keys].reduce((sum, key) => sum + Math.max(0, of(expected.get(key) ?? 0, received.get(key) ?? 0)), 0);
  return {
    seed,
    events: events.length,
    pushed,
    deaths: Object.entries(deaths)
      .map(([part, count]) => `${count} ${part}`)
      .join(', '),
    expected: [...expected.values()].reduce((sum, count) => sum + count, 0),
    received: [...received.values()].reduce((sum, count) => sum + count, 0),
    missing: differ((want, got) => want - got),
    twice: differ((want, got) => (want > 0 ? got - want : 0)),
    unexpected: differ((want, got) => (want === 0 ? got : 0)),
    unexplained,
    seconds: Math.round((performance.now() - startedAt) / 1000),
  };
}

/** A docking with agents a0, a1, …; answers the employee of each agent who can be reached. */
async function seat({ stack, folder, control }: WholeStack, seed: string): Promise<Map<string, string>> {
  const simulator = stack.endpoints.simulator ?? '';
  const world = await control<{
    apps: App[];
    ticketSystems: { kind: string; baseUrl: string; apiKey?: string }[];
  }>('POST', '/reset', { seed, employees: AGENTS + 40, departments: 10, agents: 0, tickets: 0 });
  const app = world.apps[0];
  if (!app) throw new Error('the simulator made no app');
  const { masterKey } = await stackSettings(folder);
  const store = await openStore({ uri: stack.endpoints.mongodb, masterKey });
  try {
    const desk = world.ticketSystems.find(({ kind }) => kind === 'rest');
    await seatDocking(store, controlOf(simulator), { index: 0, app, simulator, agents: AGENTS, desk });
    const id = dockingIdOf(0);
    const bindings = await store.bindings.byAgent(
      id,
      Array.from({ length: AGENTS }, (_, at) => `a${at}`),
    );
    const employees = new Map(bindings.map(({ agentId, employeeId }) => [agentId, employeeId]));
    const unbound = bindings.find(({ agentId }) => agentId === UNREACHABLE.unbound);
    await store.bindings.unbind(unbound?.id ?? '', 'bench');
    const frozen = employees.get(UNREACHABLE.frozen) ?? '';
    await store.employees.bulkApply(id, [{ employeeId: frozen, state: 'frozen' }]);
    await store.reminders.save(id, 0, { enabled: true, rules: LOAD_RULES }, 'bench');
    for (const agentId of Object.values(UNREACHABLE)) employees.delete(agentId);
    return employees;
  } finally {
    await store.close();
  }
}

/** Messages that each person must get about each ticket, by `open_id code`. */
function expectations(
  events: readonly LoadEvent[],
  employees: ReadonlyMap<string, string>,
): Map<string, number> {
  const expected = new Map<string, number>();
  for (const event of events) {
    for (const agentId of wantedAgents(event)) {
      const employeeId = employees.get(agentId);
      if (employeeId === undefined) continue;
      const key = `${employeeId} ${event.ticket.code}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
  }
  return expected;
}

/** One event in eight comes again, one in ten changes places with a later one. */
function batchesOf(draw: () => number, events: readonly LoadEvent[]): LoadEvent[][] {
  const stream = [...events, ...events.filter(() => draw() < 0.125)];
  for (let index = 0; index < stream.length; index += 1) {
    if (draw() >= 0.1) continue;
    const other = Math.min(stream.length - 1, index + Math.floor(draw() * 20));
    const [one, two] = [stream[index], stream[other]];
    if (one && two) [stream[index], stream[other]] = [two, one];
  }
  const batches: LoadEvent[][] = [];
  for (let at = 0; at < stream.length;) {
    const size = 1 + Math.floor(draw() * 8);
    batches.push(stream.slice(at, at + size));
    at += size;
  }
  return batches;
}

/** Waits until as many have come, and a little longer for those that should not. */
async function untilReceived(control: WholeStack['control'], wanted: number): Promise<Map<string, number>> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(1_000)) {
    const received = await receivedSoFar(control);
    if ([...received.values()].reduce((sum, count) => sum + count, 0) >= wanted) break;
  }
  await pause(5_000);
  return receivedSoFar(control);
}

async function receivedSoFar(control: WholeStack['control']): Promise<Map<string, number>> {
  const received = new Map<string, number>();
  for (let cursor: string | number | null = 0; cursor !== null;) {
    const page: { items: { openId: string; content: string }[]; nextCursor: string | number | null } =
      await control('GET', `/messages?limit=1000&cursor=${cursor}`);
    for (const { openId, content } of page.items) {
      const key = `${openId} ${/K\d+K/.exec(content)?.[0] ?? '?'}`;
      received.set(key, (received.get(key) ?? 0) + 1);
    }
    cursor = page.nextCursor;
  }
  return received;
}

interface Why {
  rules: { ruleId: string; matched: boolean }[];
  receivers: { agentId: string | null; outcome: string; reason: string | null }[];
}

/**
 * Events of which the record does not say, for everybody who had to hear of it, that it was sent or why not. A worker that died behind
 * an accepted message leaves its result to the next try, half a minute later.
 */
async function unexplainedOf(
  product: WholeStack['product'],
  events: readonly LoadEvent[],
  employees: ReadonlyMap<string, string>,
): Promise<number> {
  let asked = events;
  for (const deadline = Date.now() + PATIENCE_MS; ; await pause(2_000)) {
    const left: { event: LoadEvent; why: Why }[] = [];
    for (const event of asked) {
      const why = await product<Why>('GET', `/dockings/${dockingIdOf(0)}/ticket-events/${event.eventId}`);
      if (!isExplained(event, why, employees)) left.push({ event, why });
    }
    const isUnderWay = left.some(({ why }) => why.receivers.some(({ outcome }) => outcome === 'pending'));
    if (isUnderWay && Date.now() < deadline) {
      asked = left.map(({ event }) => event);
      continue;
    }
    for (const one of left) process.stderr.write(`${JSON.stringify(one)}\n`);
    return left.length;
  }
}

function isExplained(event: LoadEvent, why: Why, employees: ReadonlyMap<string, string>): boolean {
  const listening = LOAD_RULES.filter(({ triggers }) => triggers.includes(event.type)).length;
  const isTold = (agentId: string): boolean => {
    const told = why.receivers.find((one) => one.agentId === agentId);
    if (employees.has(agentId)) return told?.outcome === 'sent';
    return told?.outcome === 'suppressed' && Boolean(told.reason);
  };
  return why.rules.length === listening && wantedAgents(event).every(isTold);
}
