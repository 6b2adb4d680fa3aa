import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { appNamed } from '../../control/lookups';
import { controlRoute, ControlError } from '../../control/route';
import type { Person } from '../../world/types';
import type { World } from '../../world/world';
import { isObject } from './cards/validation';
import { chats } from './chats';
import type { ClickAction } from './clicks';
import { click } from './clicks';
import type { Message } from './message';
import { messages, personKey } from './message-store';
import { findAnybody, read } from './people-actions';
import { registerPeopleControl } from './people-control';

const listQuery = z.strictObject({
  /** open_id, union_id or userId of a person, or a chat id. */
  receiver: z.string().optional(),
  uuid: z.string().optional(),
  app: z.string().optional(),
  /** Virtual milliseconds: messages accepted then or later. */
  since: z.coerce.number().optional(),
  /** `app` (default): what bots sent; `user`: what people wrote to bots. */
  sender: z.enum(['app', 'user', 'all']).default('app'),
  cursor: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** The control routes for messages, chats and what people do with them. */
export function registerMessageControl(server: FastifyInstance, world: World): void {
  controlRoute(server, {
    method: 'GET',
    path: '/_control/messages',
    query: listQuery,
    handler: ({ query }) => listMessages(world, query),
  });
  controlRoute(server, {
    method: 'GET',
    path: '/_control/messages/:id',
    handler: ({ params }) => messageNamed(world, params),
  });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/messages/:id/read',
    body: z.strictObject({ reader: z.string().optional() }),
    handler: ({ params, body }) => {
      const message = messageNamed(world, params);
      read(world, appNamed(world, message.appId), personFor(world, message, 'reader', body.reader), [
        message,
      ]);
      return message;
    },
  });
  controlRoute(server, {
    method: 'POST',
    path: '/_control/messages/:id/click',
    body: z.strictObject({
      /** The callback's `action` (an object with `tag` or `value`), or only its value. */
      action: z.unknown().optional(),
      value: z.unknown().optional(),
      /** Who clicks; left out = the person the message went to. */
      operator: z.string().optional(),
    }),
    handler: ({ params, body }) => {
      const message = messageNamed(world, params);
      const person = personFor(world, message, 'operator', body.operator);
      return click(world, message, person, actionOf(body.action, body.value));
    },
  });
  registerChatControl(server, world);
  registerPeopleControl(server, world);
}

function listMessages(world: World, query: z.output<typeof listQuery>): object {
  const store = world.use(messages);
  const filter =
    query.receiver === undefined
      ? {}
      : query.receiver.startsWith('oc_')
        ? { chatId: query.receiver }
        : { person: receiverKey(world, query.receiver) };
  const items: Message[] = [];
  for (const [position, message] of store.list(filter, query.cursor)) {
    if (query.sender !== 'all' && message.senderType !== query.sender) continue;
    if (query.uuid !== undefined && message.uuid !== query.uuid) continue;
    if (query.app !== undefined && message.appId !== query.app) continue;
    if (query.since !== undefined && message.createTime < query.since) continue;
    if (items.length === query.limit) return { items, nextCursor: String(position) };
    items.push(message);
  }
  return { items, nextCursor: null };
}

function receiverKey(world: World, id: string): string {
  const person = findAnybody(world, id);
  if (!person) throw new ControlError('receiver', 'is nobody in this world', 404);
  return personKey(person.tenantKey, person.userId);
}

/** `{tag, value, …}` is an action; any other object is the value of a button. */
function actionOf(action: unknown, value: unknown): ClickAction {
  if (action === undefined) return { tag: 'button', value };
  if (!isObject(action)) return { tag: 'button', value: action };
  if ('value' in action || 'tag' in action) return { tag: 'button', ...action };
  return { tag: 'button', value: action };
}

function personFor(world: World, message: Message, field: string, id: string | undefined): Person {
  const person = id === undefined ? findAnybody(world, message.userId) : findAnybody(world, id);
  if (!person) throw new ControlError(field, 'is nobody in this world', 404);
  return person;
}

function messageNamed(world: World, params: Readonly<Record<string, string>>): Message {
  const message = world.use(messages).get(params['id'] ?? '');
  if (!message) throw new ControlError('id', 'is not a message of this world', 404);
  return message;
}

function registerChatControl(server: FastifyInstance, world: World): void {
  controlRoute(server, {
    method: 'POST',
    path: '/_control/chats',
    body: z.strictObject({
      name: z.string().default(''),
      /** Bots in the group; the first one's tenant is the group's. */
      appIds: z.array(z.string()).min(1),
      userIds: z.array(z.string()).default([]),
    }),
    handler: ({ body }) => {
      const apps = body.appIds.map((appId) => appNamed(world, appId));
      const tenantKey = apps[0]?.tenantKey ?? '';
      return world.use(chats).group({ ...body, tenantKey });
    },
  });
  controlRoute(server, {
    method: 'PATCH',
    path: '/_control/chats/:id',
    body: z.strictObject({
      name: z.string().optional(),
      appIds: z.array(z.string()).optional(),
      userIds: z.array(z.string()).optional(),
      muted: z.boolean().optional(),
      dissolved: z.boolean().optional(),
    }),
    handler: ({ params, body }) => {
      const chat = world.use(chats).get(params['id'] ?? '');
      if (!chat) throw new ControlError('id', 'is not a chat of this world', 404);
      return Object.assign(chat, body);
    },
  });
}
