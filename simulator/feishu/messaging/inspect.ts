import { z } from 'zod';
import type { App, Person } from '../../world/types';
import { Slot, type World } from '../../world/world';
import type { Context, Platform } from '../gates';
import { paging, userIdType } from '../fields';
import { pageOf } from '../pages';
import { refuse } from './failures';
import type { Message, UrgentKind } from './message';
import { messageAnswer } from './message';
import { messages } from './message-store';
import { ownMessage } from './own-message';

const MAX_READERS_AGE_MS = 7 * 86_400_000;
const MAX_UNREAD_URGENT = 200;

/** `GET /im/v1/messages/:message_id`, its readers, and the three ways to buzz. */
export function registerInspect(platform: Platform): void {
  const readScopes = ['im:message', 'im:message:readonly'];
  platform.route({
    method: 'GET',
    path: '/open-apis/im/v1/messages/:message_id',
    scopes: readScopes,
    handler: ({ world, app, params }) => {
      const message = world.use(messages).get(params['message_id'] ?? '');
      if (!message || message.tenantKey !== app.tenantKey) throw refuse(230001, 'invalid message_id');
      if (message.appId !== app.appId) throw refuse(230002);
      return { items: [messageAnswer(message)] };
    },
  });
  platform.route({
    method: 'GET',
    path: '/open-apis/im/v1/messages/:message_id/read_users',
    scopes: readScopes,
    query: z.object({ user_id_type: userIdType, ...paging }),
    handler: (context) => {
      const { world, app, tenant, query } = context;
      const message = ownMessage(world, app, context.params);
      if (message.deleted) throw refuse(230110);
      if (world.clock.now() - message.createTime > MAX_READERS_AGE_MS) throw refuse(230033);
      const reads = message.reads.map((read, serial) => ({ ...read, serial: serial + 1 }));
      const page = pageOf(context, reads, {
        keyOf: (read) => read.serial,
        defaultSize: 20,
        maxSize: 100,
        owner: app.appId,
      });
      const items = page.items.map((read) => {
        const reader = tenant.directory.people.get(read.userId);
        return {
          user_id_type: query.user_id_type,
          user_id: reader ? world.personId(app, reader, query.user_id_type) : read.openId,
          timestamp: String(read.time),
          tenant_key: message.tenantKey,
        };
      });
      return { ...page, items };
    },
  });
  registerUrgent(platform, 'app', 'im:message.urgent');
  registerUrgent(platform, 'sms', 'im:message.urgent:sms');
  registerUrgent(platform, 'phone', 'im:message.urgent:phone');
}

type UrgentContext = Context<
  { user_id_type: 'open_id' | 'union_id' | 'user_id' },
  { user_id_list: string[] }
>;

function registerUrgent(platform: Platform, kind: UrgentKind, scope: string): void {
  platform.route({
    method: 'PATCH',
    path: `/open-apis/im/v1/messages/:message_id/urgent_${kind}`,
    scopes: [scope],
    tier: '50/s',
    query: z.object({ user_id_type: userIdType }),
    body: z.object({ user_id_list: z.array(z.string()).min(1).max(200) }),
    handler: (context) => {
      const message = ownMessage(context.world, context.app, context.params, 230012);
      if (message.deleted) throw refuse(230110);
      if (message.batchId) throw refuse(230054);
      return { invalid_user_id_list: buzz(context, message, kind) };
    },
  });
}

/** Unread buzzes per person and app, and what was spent of the quota for SMS and phone. */
const buzzes = new Slot(() => ({
  unread: new Map<string, Set<Message>>(),
  spent: new Map<string, number>(),
}));

/** The person's buzzes of this app that they have not read, this message not counted. */
function unreadBuzzes(world: World, app: App, person: Person): Set<Message> {
  const { unread } = world.use(buzzes);
  const key = `${app.appId}/${person.serial}`;
  const list = unread.get(key) ?? new Set<Message>();
  for (const message of list)
    if (message.deleted || message.reads.some((read) => read.userId === person.userId)) list.delete(message);
  unread.set(key, list);
  return list;
}

/**
 * Buzzes everybody who is in the message's chat; answers the ids of the others. All invalid = 230001, somebody with
 * 200 unread buzzes = 230023, quota of SMS and phone used up = 230024.
 */
function buzz({ world, app, query, body }: UrgentContext, message: Message, kind: UrgentKind): string[] {
  const invalid: string[] = [];
  const valid: Person[] = [];
  for (const id of body.user_id_list) {
    const { person } = world.findPerson(app, query.user_id_type, id);
    if (!person || (message.userId && person.userId !== message.userId)) invalid.push(id);
    else valid.push(person);
  }
  if (valid.length === 0) throw refuse(230001, 'invalid user_id_list');
  if (valid.some((person) => unreadBuzzes(world, app, person).size >= MAX_UNREAD_URGENT))
    throw refuse(230023);
  if (kind !== 'app') {
    const { spent } = world.use(buzzes);
    const total = (spent.get(app.appId) ?? 0) + valid.length;
    if (total > world.switches.urgentQuota) throw refuse(230024);
    spent.set(app.appId, total);
  }
  for (const person of valid) {
    unreadBuzzes(world, app, person).add(message);
    message.urgent.push({ kind, openId: world.openId(app, person), time: Math.floor(world.clock.now()) });
    if (message.urgent.length > MAX_UNREAD_URGENT) message.urgent.shift();
  }
  return invalid;
}
