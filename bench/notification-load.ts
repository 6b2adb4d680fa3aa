/** Events for the notification benchmark, sent at a steady rate whatever the answers take, and when each card was accepted. */
import type { Contestant, Ground } from './notification-ground';
import { dockingIdOf } from './notification-ground';

export interface Phase {
  /** Index of the docking and app. */
  docking: number;
  /** Unique in the run: part of every id. */
  label: string;
  events: number;
  /** Events per second; null sends all at once. */
  rate: number | null;
  /** Nobody is to be told. */
  silent?: boolean;
}

export interface Measured {
  p50: number;
  p99: number;
  /** From the first event to the last accepted message. */
  seconds: number;
  cpuMsPerEvent: number;
  /** The same with what Temporal server and database used meanwhile. */
  wholeMsPerEvent: number;
}

const AT_ONCE_BATCH = 40;
const SEND = '/open-apis/im/v1/messages';

export async function measure(ground: Ground, contestant: Contestant, phase: Phase): Promise<Measured> {
  const marks = Array.from(
    { length: phase.events },
    (_, index) => `${contestant.name.slice(0, 1)}-${phase.label}-${index}`,
  );
  const receivers = await receiversOf(ground, phase.docking);
  const bodies = marks.map((mark, index) => bodyFor(contestant.name, phase, mark, index, receivers));
  const before = await used(ground, contestant);
  const sendsBefore = await sends(ground);
  const sentAt = new Map<string, number>();
  const startedAt = Date.now();
  const answers: Promise<void>[] = [];
  if (phase.rate === null) {
    for (const mark of marks) sentAt.set(mark, startedAt);
    for (let at = 0; at < bodies.length; at += AT_ONCE_BATCH) {
      answers.push(contestant.send(phase.docking, bodies.slice(at, at + AT_ONCE_BATCH)));
    }
  } else {
    for (const [index, body] of bodies.entries()) {
      await until(startedAt + (index * 1000) / phase.rate);
      sentAt.set(marks[index] ?? '', Date.now());
      answers.push(contestant.send(phase.docking, [body]));
    }
  }
  await Promise.all(answers);
  const cost = async (): Promise<Pick<Measured, 'cpuMsPerEvent' | 'wholeMsPerEvent'>> => {
    const after = await used(ground, contestant);
    return {
      cpuMsPerEvent: (after.own - before.own) / phase.events,
      wholeMsPerEvent: (after.whole - before.whole) / phase.events,
    };
  };
  if (phase.silent) {
    return { p50: 0, p99: 0, seconds: (Date.now() - startedAt) / 1000, ...(await cost()) };
  }
  await untilSent(ground, sendsBefore + phase.events);
  // The run's end comes after the message: a moment later its work is done too.
  await until(Date.now() + 500);
  const spent = await cost();
  const acceptedAt = await untilAccepted(ground, phase, marks, startedAt);
  const waits = marks
    .map((mark) => (acceptedAt.get(mark) ?? NaN) - (sentAt.get(mark) ?? NaN))
    .sort((a, b) => a - b);
  return {
    p50: waits[Math.floor((waits.length - 1) * 0.5)] ?? NaN,
    p99: waits[Math.floor((waits.length - 1) * 0.99)] ?? NaN,
    seconds: (Math.max(...acceptedAt.values()) - startedAt) / 1000,
    ...spent,
  };
}

async function used(ground: Ground, contestant: Contestant): Promise<{ own: number; whole: number }> {
  const own = await contestant.cpuMs();
  const { temporalMs, databaseMs } = ground.servers;
  return { own, whole: own + (await temporalMs()) + (await databaseMs()) };
}

/** How many messages the platform has accepted so far: a small answer, so that asking takes nothing from the measured. */
async function sends(ground: Ground): Promise<number> {
  const { routes } = await ground.control<{
    routes: { method: string; route: string; codes: Record<string, number> }[];
  }>('GET', '/calls?limit=0');
  const send = routes.find(({ method, route }) => method === 'POST' && route === SEND);
  return send?.codes['0'] ?? 0;
}

async function untilSent(ground: Ground, wanted: number): Promise<void> {
  for (const deadline = Date.now() + 120_000; (await sends(ground)) < wanted;) {
    if (Date.now() > deadline) return;
    await until(Date.now() + 100);
  }
}

async function receiversOf(ground: Ground, docking: number): Promise<string[]> {
  const agents = await ground.store.agents.byGroup(dockingIdOf(docking), 'g1');
  const bindings = await ground.store.bindings.byAgent(
    dockingIdOf(docking),
    agents.map(({ agentId }) => agentId),
  );
  const byAgent = new Map(bindings.map(({ agentId, employeeId }) => [agentId, employeeId]));
  return agents.map((_, at) => byAgent.get(`a${at}`) ?? '');
}

function bodyFor(name: string, phase: Phase, mark: string, index: number, receivers: string[]): object {
  const agent = index % receivers.length;
  if (name === 'floor') {
    return { ticketId: mark, app: phase.docking, receiver: receivers[agent], uuid: mark, title: mark };
  }
  return {
    eventId: `ev-${mark}`,
    type: phase.silent ? 'ticket.tag_changed' : 'ticket.assigned_agent',
    occurredAt: new Date().toISOString(),
    causeId: `cause-${mark}`,
    actor: { type: 'automation', id: 'routing' },
    ticket: {
      id: mark,
      code: '100',
      version: 1,
      title: mark,
      contentExcerpt: 'It worked yesterday. Please help.',
      statusType: 'new',
      priority: 'high',
      assigneeId: `a${agent}`,
      groupId: 'g1',
      url: 'https://desk.example.com/tickets/1',
    },
    changes: [{ field: 'assigneeId', from: null, to: `a${agent}` }],
    schemaVersion: 1,
  };
}

interface Accepted {
  uuid: string;
  content: string;
  createTime: number;
}

async function untilAccepted(
  ground: Ground,
  { docking }: Phase,
  marks: readonly string[],
  since: number,
): Promise<Map<string, number>> {
  const wanted = new Set(marks);
  const deadline = Date.now() + 120_000;
  for (;;) {
    const found = new Map<string, number>();
    for (let cursor: number | null = 0; cursor !== null;) {
      const page: { items: Accepted[]; nextCursor: string | number | null } = await ground.control(
        'GET',
        `/messages?app=${ground.apps[docking]?.appId ?? ''}&since=${since}&limit=1000&cursor=${cursor}`,
      );
      for (const { content, createTime } of page.items) {
        const mark = /[pf]-\w+-\d+/.exec(content)?.[0];
        if (mark === undefined || !wanted.has(mark)) continue;
        if (found.has(mark)) throw new Error(`${mark} was sent twice`);
        found.set(mark, createTime);
      }
      cursor = page.nextCursor === null ? null : Number(page.nextCursor);
    }
    if (found.size === wanted.size) return found;
    if (Date.now() > deadline) throw new Error(`only ${found.size} of ${wanted.size} cards arrived`);
    await until(Date.now() + 250);
  }
}

async function until(at: number): Promise<void> {
  const wait = at - Date.now();
  if (wait > 0) await new Promise((done) => setTimeout(done, wait));
}
