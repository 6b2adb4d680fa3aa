import type { FastifyInstance } from 'fastify';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { registerClockControl } from '../../control/clock';
import { ControlError, controlRoute } from '../../control/route';
import { registerTrafficControl } from '../../control/traffic';
import type { PushDelivery } from '../push/delivery';
import { switchesSchema } from '../switches';
import type { TicketWorld } from '../world';
import { describeSystem } from '../describe';

/** Push targets, faults, switches, calls, pushes and time. */
export function worldControl(
  server: FastifyInstance,
  world: TicketWorld,
  pushes: PushDelivery,
  baseUrl: () => string,
): void {
  registerTrafficControl(server, world.faults, world.calls);
  registerClockControl(server, world.clock);
  controlRoute(server, {
    method: 'GET',
    path: '/_control/ticket-systems',
    handler: () => ({ items: [...world.systems.values()].map((one) => describeSystem(one, baseUrl())) }),
  });
  controlRoute(server, {
    method: 'PATCH',
    path: '/_control/ticket-systems/:id',
    body: z.strictObject({
      pushUrl: z.union([z.literal(''), z.url()]).optional(),
      pushFormat: z.enum(['wrapper', 'flat', 'bare']).optional(),
      /** The first signs; keep the old one second while rotating. */
      webhookSecret: z.string().min(1).optional(),
      /** A new key ends the tokens of the old one (Sobot). */
      appKey: z.string().min(1).optional(),
      apiKey: z.string().min(1).optional(),
      timezone: z
        .string()
        .refine((zone) => IANAZone.isValidZone(zone), 'is not an IANA time zone')
        .optional(),
    }),
    handler: ({ params, body }) => {
      const system = world.systems.get(params.id ?? '');
      if (!system) throw new ControlError('id', 'no such ticket system', 404);
      if (body.pushUrl !== undefined) system.push.url = body.pushUrl;
      if (body.pushFormat !== undefined) system.push.format = body.pushFormat;
      if (body.webhookSecret !== undefined) {
        system.webhookSecrets = [body.webhookSecret, ...system.webhookSecrets.slice(0, 1)];
      }
      if (body.appKey !== undefined) {
        system.appKey = body.appKey;
        system.tokens = [];
      }
      if (body.apiKey !== undefined) system.apiKey = body.apiKey;
      if (body.timezone !== undefined) system.timezone = body.timezone;
      return describeSystem(system, baseUrl());
    },
  });
  controlRoute(server, { method: 'GET', path: '/_control/switches', handler: () => world.switches });
  controlRoute(server, {
    method: 'PATCH',
    path: '/_control/switches',
    body: z.record(z.string(), z.unknown()),
    handler: ({ body }) => {
      const merged = switchesSchema.safeParse({ ...world.switches, ...body });
      if (!merged.success) {
        const issue = merged.error.issues[0];
        const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
        throw new ControlError(unknown ?? (issue?.path.join('.') || 'body'), issue?.message ?? 'invalid');
      }
      world.switches = merged.data;
      return world.switches;
    },
  });
  controlRoute(server, {
    method: 'GET',
    path: '/_control/pushes',
    query: z.strictObject({ ticket: z.string().optional() }),
    handler: ({ query }) => ({
      items: pushes.list().filter((one) => !query.ticket || one.ticketId === query.ticket),
      nextCursor: null,
    }),
  });
}
