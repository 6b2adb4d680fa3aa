/** `npm run bench -- simulate`: a draft of the ready-made rules over 30,000 stored events, beside the rules of now. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateReminders } from '../intake';
import { readyMadeRules, type Simulation } from '../rules';
import { choosePort, resolveMongo, startMongo, superviseProcesses } from '../stack';
import { openStore, type Docking } from '../store';
import { EVENT_TYPES, ticketEventSchema } from '../tickets';

const EVENTS = 30_000;
const AGENTS = 500;
const GROUPS = 20;
const DAYS = 30;

export async function run(): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'docking-bench-'));
  const processes = superviseProcesses(join(folder, 'logs'));
  const { value: server } = await resolveMongo(() => undefined);
  let uri = 'uri' in server ? server.uri : '';
  if (!('uri' in server)) {
    const port = await choosePort(0);
    await startMongo({ server, port, dataDir: join(folder, 'db'), inMemory: true, heapMb: 2048 }, processes);
    uri = `mongodb://127.0.0.1:${port}`;
  }
  const store = await openStore({
    uri: `${uri.replace(/\/$/, '')}/bench-simulate-${Date.now()}`,
    masterKey: randomBytes(32).toString('base64'),
  });
  try {
    const docking = await company(store);
    await fill(store, docking.id);
    const before = process.cpuUsage();
    const start = performance.now();
    const since = new Date(Date.now() - DAYS * 86_400_000);
    const simulation = await simulateReminders(store, docking, readyMadeRules('en'), since);
    const cpu = process.cpuUsage(before);
    return [
      {
        events: simulation.events,
        agents: AGENTS,
        'meant now': meant(simulation.now),
        'meant draft': meant(simulation.draft),
        seconds: ((performance.now() - start) / 1000).toFixed(2),
        'CPU seconds': ((cpu.user + cpu.system) / 1e6).toFixed(2),
      },
    ];
  } finally {
    await store.close();
    await processes.stopAll();
    await rm(folder, { recursive: true, force: true });
  }
}

const meant = ({ messages, unreachable }: Simulation['now']): number =>
  messages + unreachable.reduce((sum, one) => sum + one.messages, 0);

type Store = Awaited<ReturnType<typeof openStore>>;

async function company(store: Store): Promise<Docking> {
  const docking: Docking = {
    id: 'bench',
    name: 'Bench',
    brand: 'feishu',
    appId: 'cli_bench',
    platformUrl: 'http://127.0.0.1:1',
    homepageUrl: 'https://example.com',
    redirectUrl: 'https://example.com',
    state: 'live',
    ticketSystem: { kind: 'rest', baseUrl: 'http://127.0.0.1:1' },
    createdAt: new Date(),
    updatedAt: new Date(),
    createdBy: 'bench',
  };
  await store.dockings.create(docking, { appSecret: 'bench', pushToken: 'bench' });
  const rules = readyMadeRules('en').filter(({ urgency }) => urgency === 'urgent');
  await store.reminders.save(docking.id, 0, { enabled: true, rules }, 'bench');
  await store.agents.replaceAll(
    docking.id,
    Array.from({ length: AGENTS }, (_, index) => ({
      agentId: `a${index}`,
      name: `Agent ${index}`,
      email: null,
      mobile: null,
      groupIds: [`g${index % GROUPS}`],
      state: 'active' as const,
    })),
  );
  return docking;
}

/** Agents are unbound: everybody meant is counted, as unreachable. */
async function fill(store: Store, dockingId: string): Promise<void> {
  const priorities = ['low', 'normal', 'high', 'urgent'] as const;
  for (let from = 0; from < EVENTS; from += 200) {
    const batch = Array.from({ length: 200 }, (_, offset) => from + offset);
    await Promise.all(
      batch.map((n) => {
        const occurredAt = new Date(Date.now() - Math.floor((DAYS - 1) * 86_400_000 * (n / EVENTS)));
        const event = ticketEventSchema.parse({
          eventId: `e${n}`,
          type: EVENT_TYPES[n % EVENT_TYPES.length],
          occurredAt: occurredAt.toISOString(),
          actor: { type: 'customer', id: 'c1' },
          ticket: {
            id: `t${n % 6000}`,
            version: n,
            title: `Ticket ${n}`,
            statusType: 'in_progress',
            priority: priorities[n % 4],
            ...(n % 3 === 0 ? {} : { assigneeId: `a${n % AGENTS}` }),
            groupId: `g${n % GROUPS}`,
          },
          changes: [{ field: 'priority', from: 'low', to: 'high' }],
        });
        return store.events.insertOnce({
          dockingId,
          eventId: event.eventId,
          ticketId: event.ticket.id,
          type: event.type,
          occurredAt,
          receivedAt: occurredAt,
          entrance: 'bench',
          envelope: event,
          state: 'silent',
          stale: false,
          verdict: null,
          receivers: [],
          handedOverAt: null,
        });
      }),
    );
  }
}
