import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../world/clock';
import { switchesSchema } from '../world/switches';
import type { World } from '../world/world';
import { controlRoute, ControlError } from './route';

/** Longest jump: ten years. */
const MOST_SECONDS = 10 * 366 * 86_400;

/** The virtual clock; the platform and the ticket systems share one. */
export function registerClockControl(server: FastifyInstance, clock: Clock): void {
  const view = (): object => ({ now: clock.now(), offsetSeconds: clock.offsetSeconds() });
  controlRoute(server, { method: 'GET', path: '/_control/clock', handler: view });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/clock',
    body: z.strictObject({ advanceSeconds: z.number().min(0).max(MOST_SECONDS) }),
    async handler({ body }) {
      await clock.pass(body.advanceSeconds);
      return view();
    },
  });
}

/** The switches for unverified facts, and the tokens in circulation. */
export function registerSwitchControl(server: FastifyInstance, world: World): void {
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
