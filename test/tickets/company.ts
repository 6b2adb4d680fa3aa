import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createTicketSystemSimulator,
  resetTicketSystems,
  type Colleague,
  type TicketSystemDescription,
  type TicketSystemSimulator,
} from '../../simulator/ticket-system';
import {
  createTicketSystem,
  type Agent,
  type Clock,
  type RestConfig,
  type SobotConfig,
  type TicketSystem,
  type TicketSystemPorts,
} from '../../tickets';

export interface Push {
  body: string;
  headers: Record<string, string | string[] | undefined>;
  query: Record<string, string>;
}

/** Two simulated ticket systems over HTTP and an address that takes their pushes. */
export interface Company {
  readonly simulator: TicketSystemSimulator;
  readonly sobot: TicketSystemDescription;
  readonly helpdesk: TicketSystemDescription;
  /** The simulator's time; sleeping moves it on instead of waiting. */
  readonly clock: Clock;
  readonly pushes: Push[];
  readonly pushUrl: string;
  /** What the push address answers; default: taken, in Sobot's words. */
  answer: { status: number; body: string };
  /** Back to the same world, without faults, pushes or switches. */
  reset(): void;
  sobotSystem(config?: Partial<SobotConfig>, ports?: TicketSystemPorts): TicketSystem;
  restSystem(config?: Partial<RestConfig>, ports?: TicketSystemPorts): TicketSystem;
  control<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  /** The pushes once there are this many. */
  arrived(count: number): Promise<Push[]>;
  close(): Promise<void>;
}

export const PEOPLE: Colleague[] = Array.from({ length: 60 }, (_, index) => ({
  name: `Person ${index + 1}`,
  email: index === 58 || index === 59 ? 'shared@corp.example' : `person${index + 1}@corp.example`,
  mobile: `+8613800${String(100_000 + index)}`,
  status: 'active',
}));

export async function startCompany(): Promise<Company> {
  const simulator = createTicketSystemSimulator();
  await simulator.app.listen({ port: 0, host: '127.0.0.1' });
  const { clock: simulated } = simulator.world;
  const pushes: Push[] = [];
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const query = Object.fromEntries(new URL(request.url ?? '/', 'http://receiver').searchParams);
      pushes.push({ body: Buffer.concat(chunks).toString('utf8'), headers: request.headers, query });
      response.writeHead(company.answer.status, { 'content-type': 'application/json' });
      response.end(company.answer.body);
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const pushUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/push?access_token=hush`;
  const clock: Clock = {
    now: () => simulated.now(),
    sleep: async (ms) => {
      simulated.advance(ms / 1000);
      // Leaves the network its turn, else whoever waits for another's answer would outrun it.
      await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
  const [sobot, helpdesk] = resetTicketSystems(simulator, 'company', { people: PEOPLE });
  if (!sobot || !helpdesk) throw new Error('the simulator made no systems');

  const company: Company = {
    simulator,
    sobot,
    helpdesk,
    clock,
    pushes,
    pushUrl,
    answer: { status: 200, body: '{"retCode":"000000"}' },
    reset: () => {
      resetTicketSystems(simulator, 'company', { people: PEOPLE });
      pushes.length = 0;
      company.answer = { status: 200, body: '{"retCode":"000000"}' };
    },
    sobotSystem: (config, ports) =>
      createTicketSystem(
        {
          kind: 'sobot',
          dockingId: 'docking-1',
          baseUrl: sobot.baseUrl,
          appid: sobot.appid ?? '',
          appKey: sobot.appKey ?? '',
          timezone: sobot.timezone,
          callsPerSecond: 1000,
          ...config,
        },
        { clock, ...ports },
      ),
    restSystem: (config, ports) =>
      createTicketSystem(
        {
          kind: 'rest',
          dockingId: 'docking-2',
          baseUrl: helpdesk.baseUrl,
          apiKey: helpdesk.apiKey ?? '',
          webhookSecret: helpdesk.webhookSecret,
          ...config,
        },
        { clock, ...ports },
      ),
    control: async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const response = await fetch(`${sobot.baseUrl}/_control${path}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const answer = (await response.json()) as T;
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
      return answer;
    },
    arrived: async (count) => {
      await until(() => pushes.length >= count);
      return pushes;
    },
    close: async () => {
      await simulator.app.close();
      await closeServer(receiver);
    },
  };
  return company;
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Waits for a condition, looking often, for at most a minute. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('the awaited condition did not come true');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** All pages of a listing. */
export async function allAgents(system: TicketSystem): Promise<Agent[]> {
  const agents = [];
  for await (const page of system.listAgents()) agents.push(...page.agents);
  return agents;
}
