import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { CallLog } from './calls';
import { registerAppControl } from './control/apps';
import { registerClockControl, registerSwitchControl } from './control/clock';
import { registerDepartmentControl } from './control/departments';
import { registerPeopleControl } from './control/people';
import {
  describeWorld,
  registerResetControl,
  registerTenantControl,
  resetSchema,
  resetWorld,
  type ResetOptions,
  type ResetPlan,
} from './control/reset';
import { registerTrafficControl } from './control/traffic';
import { registerCodeControl } from './control/codes';
import { FaultBook } from './faults';
import { registerApplication } from './feishu/application';
import { registerAuth } from './feishu/auth';
import { registerBot } from './feishu/bot';
import { registerConfiguration } from './feishu/configuration';
import { registerContact } from './feishu/contact';
import { registerEvents } from './feishu/events';
import { registerMessageControl, registerMessaging } from './feishu/messaging';
import { registerOAuth } from './feishu/oauth';
import { createPlatform } from './feishu/server';
import { registerTenant } from './feishu/tenant';
import { createTicketSystemSimulator, resetTicketSystems, type Colleague } from './ticket-system';
import { registerPage } from './page';
import { World } from './world/world';

export type { ResetOptions } from './control/reset';
export { switchesSchema } from './world/switches';

export interface SimulatorOptions extends ResetOptions {
  /** Port of the platform; default 0 = any free one. */
  port?: number;
  /** Port of the ticket systems; default 0 = any free one. */
  ticketsPort?: number;
  /** Default 127.0.0.1. */
  host?: string;
}

export interface Simulator {
  /** Base address of the platform and of `/_control`, without trailing slash. */
  readonly url: string;
  readonly ticketsUrl: string;
  close(): Promise<void>;
}

/**
 * A Feishu and a ticket system that run here, filled with generated companies (see `POST /_control/reset`).
 * It has no access control and shows every secret: throws with `NODE_ENV=production`.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error(
      'The simulator has no access control and shows all secrets: it does not start with NODE_ENV=production.',
    );
  }
  const { port = 0, ticketsPort = 0, host = '127.0.0.1', ...reset } = options;
  const world = new World();
  const calls = new CallLog();
  const faults = new FaultBook((name) => world.randomStream(name));
  const platform = createPlatform(world, { calls, faults });
  registerAuth(platform);
  registerBot(platform);
  registerTenant(platform);
  registerApplication(platform);
  registerContact(platform);
  registerMessaging(platform);
  registerEvents(platform);
  registerOAuth(platform);
  registerConfiguration(platform);
  registerPage(platform);

  const tickets = createTicketSystemSimulator({ clock: world.clock });

  const { server } = platform;
  const resetAll = (plan: ResetPlan): object => {
    resetWorld(world, plan);
    faults.reset();
    calls.clear();
    const systems = ticketSystemsOf(world);
    const ticketSystems = resetTicketSystems(tickets, plan.seed, {
      agents: plan.agents,
      tickets: plan.tickets,
      systems,
    });
    return { ...describeWorld(world), ticketSystems };
  };
  registerResetControl(server, resetAll);
  registerResetControl(tickets.app, resetAll);
  registerTenantControl(server, world);
  registerAppControl(server, world);
  registerPeopleControl(server, world);
  registerDepartmentControl(server, world);
  registerMessageControl(server, world);
  registerTrafficControl(server, faults, calls);
  registerClockControl(server, world.clock);
  registerSwitchControl(server, world);
  registerCodeControl(server);

  const close = async (): Promise<void> => {
    await Promise.all([server.close(), tickets.app.close()]);
  };
  try {
    resetAll(resetSchema.parse(reset));
    await tickets.app.listen({ port: ticketsPort, host });
    await server.listen({ port, host });
  } catch (error) {
    await close();
    throw error;
  }
  return { url: addressOf(server, host), ticketsUrl: addressOf(tickets.app, host), close };
}

function addressOf(server: FastifyInstance, host: string): string {
  const { port } = server.server.address() as AddressInfo;
  // Listening everywhere is no address to call; this machine is.
  return `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`;
}

/** A Sobot and a REST system per company; their agents are drawn from the people of the company. */
function ticketSystemsOf(
  world: World,
): { id: string; kind: 'sobot' | 'rest'; people: readonly Colleague[] }[] {
  return [...world.tenants.values()].flatMap((tenant, i) => {
    const people = [...tenant.directory.people.values()].filter((one) => one.status !== 'resigned');
    const suffix = i === 0 ? '' : `-${i + 1}`;
    return [
      { id: `sobot${suffix}`, kind: 'sobot' as const, people },
      { id: `helpdesk${suffix}`, kind: 'rest' as const, people },
    ];
  });
}
