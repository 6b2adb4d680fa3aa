import pino from 'pino';
import { createActivities, type Activities, type ActivityPorts } from '../../activities';
import { createFeishu, createInProcessPacer } from '../../feishu';
import type { Docking } from '../../store';
import { docking, openTestStore, uniqueId, type TestStore } from '../store/fixture';
import { startCompany, type Company } from '../tickets/company';

/** A live docking of a simulated ticket system, anew for each test, with the activities that read it. */
export let company: Company;
export let opened: TestStore;
export let made: Docking;
/** What was woken, as `<docking> <why>`. */
export let woken: string[];
const feishu = createFeishu({ pacer: createInProcessPacer() });

/** Call at the top of a test file. */
export function pullFromCompany(): void {
  beforeAll(async () => {
    [company, opened] = await Promise.all([startCompany(), openTestStore()]);
  });
  afterAll(async () => {
    feishu.close();
    await company?.close();
    await opened?.end();
  });

  beforeEach(async () => {
    company.reset();
    woken = [];
    made = docking({
      state: 'live',
      ticketSystem: { kind: 'sobot', baseUrl: company.sobot.baseUrl, appid: 'a' },
      createdAt: new Date(company.clock.now() - 1000),
    });
    await opened.store.dockings.create(made, { appSecret: 's', pushToken: 'p' });
  });
}

export function activities(kind: 'sobot' | 'rest' = 'sobot', appKey?: string): Activities {
  const ports: ActivityPorts = {
    store: opened.store,
    feishu,
    ticketSystem: async () =>
      kind === 'sobot'
        ? company.sobotSystem({
            dockingId: made.id,
            liveSince: made.createdAt.toISOString(),
            ...(appKey === undefined ? {} : { appKey }),
          })
        : company.restSystem({ dockingId: made.id }),
    tellTicket: async () => undefined,
    tellClick: async () => undefined,
    tellDigest: async () => undefined,
    feishuEvents: { directoryChanged: async () => undefined, nudgeOnboarding: async () => undefined },
    wakePull: async (dockingId, because) => void woken.push(`${dockingId} ${because}`),
    replayParked: async () => 0,
    raiseAlert: async () => undefined,
    checkAgain: async () => undefined,
    now: () => new Date(company.clock.now()),
    log: pino({ level: 'silent' }),
    publicUrl: 'http://docking.example.com',
  };
  return createActivities(ports);
}

export const newTicket = async (query = ''): Promise<string> =>
  (await company.control<{ ticketId: string }>('POST', `/tickets${query}`, { title: 'Printer' })).ticketId;
export const pushOf = async (ticketId: string): Promise<string> => {
  const id = uniqueId('push');
  await opened.store.pushes.put({
    id,
    dockingId: made.id,
    body: JSON.stringify({ ticketid: ticketId, ticket_code: 'x' }),
    receivedAt: new Date(company.clock.now()),
    state: 'stored',
    reason: null,
  });
  return id;
};
export const cannotBeRead = (ticketId?: string): Promise<unknown> =>
  company.control('POST', '/faults', {
    method: 'GET',
    path: '/api/ws/5/ticket/get_ticket_by_id',
    effect: 'status',
    status: 500,
    times: 1000,
    ...(ticketId === undefined ? {} : { query: { ticketid: ticketId } }),
  });
export const typesOf = async (ticketId: string): Promise<string[]> => {
  const { items } = await opened.store.events.list(made.id, { ticketId, limit: 50 });
  return items.map(({ type }) => type).sort();
};
