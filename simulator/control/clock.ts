import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { switchesSchema } from '../world/switches';
import type { World } from '../world/world';
import { controlRoute, ControlError } from './route';

/** The virtual clock, the switches for unverified facts, and the tokens in circulation. */
export function registerClockControl(server: FastifyInstance, world: World): void {
  const clockView = (): object => ({
    now: world.clock.now(),
    offsetSeconds: world.clock.offsetSeconds(),
  });
  controlRoute(server, { method: 'GET', path: '/_control/clock', handler: clockView });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/clock',
    body: z.strictObject({
      advanceSeconds: z
        .number()
        .min(0)
        .max(10 * 366 * 86_400),
    }),
    handler({ body }) {
      world.clock.advance(body.advanceSeconds);
      return clockView();
    },
  });
  controlRoute(server, {
    method: 'GET',
    path: '/_control/switches',
    handler: () => world.switches,
  });
  controlRoute(server, {
    method: 'PATCH',
    path: '/_control/switches',
    body: z.record(z.string(), z.unknown()),
    handler({ body }) {
      const result = switchesSchema.safeParse({ ...world.switches, ...body });
      if (!result.success) {
        const issue = result.error.issues[0];
        const unknown = issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : '';
        throw new ControlError(unknown || (issue?.path.join('.') ?? ''), issue?.message ?? 'invalid');
      }
      world.switches = result.data;
      return world.switches;
    },
  });
  controlRoute(server, {
    method: 'DELETE',
    path: '/_control/tokens',
    query: z.strictObject({ appId: z.string().optional() }),
    handler: ({ query }) => ({ revoked: world.tokens.revoke(query.appId) }),
  });
}
