/** A generated company in the simulator, a docking for it, and real activities on a real database. */
import { randomBytes } from 'node:crypto';
import pino from 'pino';
import type { ActivityPorts } from '../../activities';
import { createFeishu, createInProcessPacer } from '../../feishu';
import { startSimulator, type ResetOptions } from '../../simulator';
import { openStore, type Employee, type Store } from '../../store';
import { createTicketSystem } from '../../tickets';
import { startMongo } from '../support/servers';

export interface SimulatedPerson {
  userId: string;
  openId: string;
  unionId: string;
  name: string;
  enName: string;
  email: string;
  enterpriseEmail: string;
  mobile: string;
  departmentIds: string[];
  status: 'active' | 'not-activated' | 'frozen' | 'resigned' | 'exited';
  jobTitle: string;
  employeeNo: string;
}

export interface Company {
  dockingId: string;
  appId: string;
  /** Where the simulated ticket systems and their own control surface answer. */
  ticketsUrl: string;
  store: Store;
  ports: ActivityPorts;
  /** One call of the simulator's control surface. */
  control<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
  people(): Promise<SimulatedPerson[]>;
  /** Everybody of the mirror, those who left included. */
  mirror(): Promise<Employee[]>;
  /** Calls that the simulator has answered, per route. */
  calls(): Promise<Record<string, number>>;
  /** Another docking of the same app, with nothing mirrored yet. */
  freshDocking(): Promise<string>;
  close(): Promise<void>;
}

export async function openCompany(plan: ResetOptions = {}): Promise<Company> {
  const mongo = await startMongo();
  const simulator = await startSimulator();
  const store = await openStore({ uri: mongo.uri, masterKey: randomBytes(32).toString('base64') });
  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${simulator.url}/_control${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  };
  const world = await control<{
    apps: { appId: string; appSecret: string }[];
    ticketSystems: {
      id: string;
      kind: 'sobot' | 'rest';
      baseUrl: string;
      apiKey?: string;
      webhookSecret: string;
    }[];
  }>('POST', '/reset', { tickets: 0, ...plan });
  const app = world.apps[0];
  const helpdesk = world.ticketSystems.find(({ kind }) => kind === 'rest');
  if (!app || !helpdesk) throw new Error('the simulator made no app or no REST ticket system');

  const feishu = createFeishu({ pacer: createInProcessPacer() });
  const ports: ActivityPorts = {
    store,
    feishu,
    ticketSystem: async (dockingId) =>
      createTicketSystem({
        kind: 'rest',
        dockingId,
        baseUrl: helpdesk.baseUrl,
        apiKey: helpdesk.apiKey ?? '',
        webhookSecret: helpdesk.webhookSecret,
      }),
    now: () => new Date(),
    log: pino({ level: 'silent' }),
    publicUrl: 'http://docking.example.com',
    tellTicket: async () => undefined,
    tellClick: async () => undefined,
    tellDigest: async () => undefined,
    feishuEvents: { directoryChanged: async () => undefined, nudgeOnboarding: async () => undefined },
    wakePull: async () => undefined,
    replayParked: async () => 0,
    checkAgain: async () => undefined,
    raiseAlert: async () => undefined,
  };
  let dockings = 0;
  const freshDocking = async (): Promise<string> => {
    dockings += 1;
    const id = `d${dockings}`;
    const now = new Date();
    await store.dockings.create(
      {
        id,
        name: 'Test company',
        brand: 'feishu',
        appId: app.appId,
        platformUrl: simulator.url,
        homepageUrl: 'https://example.com',
        redirectUrl: 'https://example.com/back',
        state: 'live',
        ticketSystem: { kind: 'rest', baseUrl: helpdesk.baseUrl },
        createdAt: now,
        updatedAt: now,
        createdBy: 'test',
      },
      { appSecret: app.appSecret, pushToken: 'push-token' },
    );
    return id;
  };
  const dockingId = await freshDocking();

  return {
    dockingId,
    appId: app.appId,
    ticketsUrl: simulator.ticketsUrl,
    store,
    ports,
    control,
    freshDocking,
    async people() {
      const all: SimulatedPerson[] = [];
      for (let cursor: string | null = '0'; cursor !== null;) {
        const page: { items: SimulatedPerson[]; nextCursor: string | null } = await control(
          'GET',
          `/people?limit=1000&cursor=${cursor}`,
        );
        all.push(...page.items);
        cursor = page.nextCursor;
      }
      return all;
    },
    async mirror() {
      return mirrorOf(store, dockingId);
    },
    async calls() {
      const { routes } = await control<{ routes: { method: string; route: string; count: number }[] }>(
        'GET',
        '/calls',
      );
      return Object.fromEntries(routes.map(({ method, route, count }) => [`${method} ${route}`, count]));
    },
    async close() {
      feishu.close();
      await store.close();
      await mongo.stop();
      await simulator.close();
    },
  };
}

export async function mirrorOf(store: Store, dockingId: string): Promise<Employee[]> {
  const all: Employee[] = [];
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page: Awaited<ReturnType<Store['employees']['search']>> = await store.employees.search(dockingId, {
      cursor,
      limit: 200,
    });
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return all;
}

/** What of a mirrored employee must equal the simulator's truth; departments as a set. */
export function content(employee: Employee): Record<string, unknown> {
  const { unionId, userId, name, enName, email, enterpriseEmail, mobile, jobTitle, employeeNo, state } =
    employee;
  const departmentIds = [...(employee.departmentIds ?? [])].sort();
  return {
    unionId,
    userId,
    name,
    enName,
    email,
    enterpriseEmail,
    mobile,
    jobTitle,
    employeeNo,
    state,
    departmentIds,
  };
}

const STATES = {
  active: 'active',
  'not-activated': 'not-activated',
  frozen: 'frozen',
  resigned: 'left',
  exited: 'left',
} as const;

export function truth(person: SimulatedPerson): Record<string, unknown> {
  const { unionId, userId, name, enName, email, enterpriseEmail, mobile, jobTitle, employeeNo } = person;
  const departmentIds = [...person.departmentIds].sort();
  const state = STATES[person.status];
  return {
    unionId,
    userId,
    name,
    enName,
    email,
    enterpriseEmail,
    mobile,
    jobTitle,
    employeeNo,
    state,
    departmentIds,
  };
}
