import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { observeTraffic } from '../traffic';
import { Clock } from '../world/clock';
import { agentControl } from './control/agents';
import { ticketControl } from './control/tickets';
import { worldControl } from './control/world';
import { describeSystem, type TicketSystemDescription } from './describe';
import { answerOfFault } from './fault-answers';
import { generateSystem, type SystemPlan } from './generate';
import { PushDelivery } from './push/delivery';
import { agentRoutes as restAgents } from './rest/agents';
import { ticketRoutes as restTickets } from './rest/tickets';
import { agentRoutes as sobotAgents } from './sobot/agents';
import { catalogueRoutes } from './sobot/catalogue';
import { createRoutes } from './sobot/creates';
import { groupRoutes } from './sobot/groups';
import { ticketRoutes as sobotTickets } from './sobot/tickets';
import { tokenRoute } from './sobot/token';
import { writeRoutes } from './sobot/writes';
import type { Colleague } from './types';
import { TicketWorld } from './world';

export interface TicketSystemSimulatorOptions {
  /** Default: a clock of its own, which a reset sets back to real time. */
  clock?: Clock;
  /** Where the world reaches this listener. Default: its own address once it listens. */
  baseUrl?: string;
}

export interface TicketSystemReset {
  /** Agents per system. Default 24. */
  agents?: number;
  /** Tickets per system. Default 40. */
  tickets?: number;
  /** The company's people, from whom the agents are drawn. Default: nobody. */
  people?: readonly Colleague[];
  /** Default: one Sobot in Asia/Shanghai (`sobot`) and one REST system in UTC (`helpdesk`). */
  systems?: { id: string; kind: 'sobot' | 'rest'; timezone?: string; people?: readonly Colleague[] }[];
}

export interface TicketSystemSimulator {
  /** Call `listen` on it; `close` ends it and its pushes. */
  readonly app: FastifyInstance;
  readonly world: TicketWorld;
}

const DEFAULT_SYSTEMS: NonNullable<TicketSystemReset['systems']> = [
  { id: 'sobot', kind: 'sobot' },
  { id: 'helpdesk', kind: 'rest' },
];

/**
 * A Sobot open API (`/api/…`) and the generic contract (`/v1/…`) side by side, each company told apart by its key,
 * with a control surface under `/_control`. It begins with the default systems and the seed `default`.
 */
export function createTicketSystemSimulator(
  options: TicketSystemSimulatorOptions = {},
): TicketSystemSimulator {
  const world = new TicketWorld(options.clock ?? new Clock());
  const pushes = new PushDelivery(world);
  const app = fastify({ logger: false, bodyLimit: 2 * 1024 * 1024, forceCloseConnections: true });
  const simulator: TicketSystemSimulator = { app, world };
  if (!options.clock) world.onReset(() => world.clock.reset());
  baseUrls.set(world, () => options.baseUrl ?? ownAddress(app));

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  observeTraffic(app, {
    calls: world.calls,
    faults: world.faults,
    isProduct: (path) => path.startsWith('/api/') || path.startsWith('/v1/'),
    render: answerOfFault,
  });
  app.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).send({ error: { code: 'not_found', message: 'no such route', retryable: false } }),
  );
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) process.stderr.write(`simulator: ${error.stack ?? error.message}\n`);
    return reply.code(status).send({
      ret_code: '999999',
      ret_msg: 'unknown error',
      error: {
        code: status >= 500 ? 'internal' : 'invalid',
        message: 'unknown error',
        retryable: status >= 500,
      },
    });
  });

  tokenRoute(app, world);
  sobotAgents(app, world);
  groupRoutes(app, world);
  sobotTickets(app, world);
  catalogueRoutes(app, world);
  createRoutes(app, world);
  writeRoutes(app, world);
  restAgents(app, world);
  restTickets(app, world);
  agentControl(app, world);
  ticketControl(app, world);
  worldControl(app, world, pushes, () => baseUrlOf(simulator));
  app.addHook('onClose', async () => {
    if (!options.clock) world.clock.reset();
    await pushes.close();
  });

  resetTicketSystems(simulator, 'default');
  return simulator;
}

const baseUrls = new WeakMap<TicketWorld, () => string>();

function baseUrlOf({ world }: TicketSystemSimulator): string {
  return baseUrls.get(world)?.() ?? '';
}

function ownAddress(app: FastifyInstance): string {
  const address = app.server.address() as AddressInfo | null;
  return address ? `http://127.0.0.1:${address.port}` : '';
}

/** Replaces everything by new systems, the same for the same seed and options. Answers how to reach them. */
export function resetTicketSystems(
  simulator: TicketSystemSimulator,
  seed: string,
  options: TicketSystemReset = {},
): TicketSystemDescription[] {
  const { world } = simulator;
  world.clear(seed);
  for (const { id, kind, timezone, people } of options.systems ?? DEFAULT_SYSTEMS) {
    const plan: SystemPlan = {
      id,
      kind,
      timezone: timezone ?? (kind === 'sobot' ? 'Asia/Shanghai' : 'UTC'),
      agents: options.agents ?? 24,
      tickets: options.tickets ?? 40,
      people: people ?? options.people ?? [],
    };
    world.systems.set(id, generateSystem(world, plan));
  }
  return [...world.systems.values()].map((system) => describeSystem(system, baseUrlOf(simulator)));
}
