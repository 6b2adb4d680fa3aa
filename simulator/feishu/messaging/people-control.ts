import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { appNamed } from '../../control/lookups';
import { controlRoute, ControlError } from '../../control/route';
import type { App, Person } from '../../world/types';
import type { World } from '../../world/world';
import { chats } from './chats';
import { enterChat, findAnybody, idsOf, writeToBot } from './people-actions';

/** What people do besides clicking: turn a bot away, write to it, open its chat, use its menu. */
export function registerPeopleControl(server: FastifyInstance, world: World): void {
  controlRoute(server, {
    method: 'POST',
    path: '/_control/people/:id/refuse-bot',
    body: z.strictObject({
      appId: z.string(),
      /** `blocked` → 230035, `stopped` → 230053, null = welcome again. */
      refusal: z.enum(['blocked', 'stopped']).nullable(),
    }),
    handler: ({ params, body }) => {
      const { app, person } = parties(world, params, body.appId);
      world.use(chats).refuse(app, person, body.refusal ?? undefined);
      return { refusal: world.use(chats).refusal(app, person) ?? null };
    },
  });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/people/:id/message-bot',
    body: z.strictObject({ appId: z.string(), text: z.string().min(1) }),
    handler: ({ params, body }) => {
      const { app, person } = parties(world, params, body.appId);
      return writeToBot(world, app, person, body.text);
    },
  });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/people/:id/enter-chat',
    body: z.strictObject({ appId: z.string() }),
    handler: ({ params, body }) => {
      const { app, person } = parties(world, params, body.appId);
      return { read: enterChat(world, app, person) };
    },
  });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/people/:id/use-menu',
    body: z.strictObject({ appId: z.string(), eventKey: z.string().min(1) }),
    handler: ({ params, body }) => {
      const { app, person } = parties(world, params, body.appId);
      world.emit(app, 'application.bot.menu_v6', {
        operator: { operator_name: person.name, operator_id: idsOf(world, app, person) },
        event_key: body.eventKey,
        timestamp: Math.floor(world.clock.now() / 1000),
      });
      return {};
    },
  });
}

function parties(
  world: World,
  params: Readonly<Record<string, string>>,
  appId: string,
): { app: App; person: Person } {
  const app = appNamed(world, appId);
  const person = findAnybody(world, params['id'] ?? '');
  if (!person || person.tenantKey !== app.tenantKey)
    throw new ControlError('id', 'is nobody of the company of this app', 404);
  return { app, person };
}
