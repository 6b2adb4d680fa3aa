import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { botWorks } from '../../world/apps';
import type { App } from '../../world/types';
import type { World } from '../../world/world';
import { Slot } from '../../world/world';
import type { Context, Platform } from '../gates';
import { PlatformError } from '../gates';
import { exceeds } from '../rate-limits';
import { checkContent, msgTypes } from './content';
import type { MsgType } from './content';
import { refuse } from './failures';
import type { Message, ReceiveIdType } from './message';
import { messageAnswer } from './message';
import { messages } from './message-store';
import type { Receiver } from './receivers';
import { checkReceiver, findReceiver } from './receivers';

export const sendScopes = ['im:message', 'im:message:send_as_bot'];

/** Messages per second to one person or one group. */
const PER_RECEIVER_PER_SECOND = 5;

const receiveIdTypes = z.enum(['open_id', 'user_id', 'union_id', 'email', 'chat_id']);
const uuid = z.string().max(50).optional();

/** uuids of sends that are under way, see the switch `sendLatencyMs`. */
const inFlight = new Slot(() => new Set<string>());

interface Draft {
  readonly receiveId: string;
  readonly receiveIdType: ReceiveIdType;
  readonly msgType: MsgType;
  readonly content: string;
  readonly uuid: string;
  readonly parent?: Message;
  readonly inThread?: boolean;
}

/** `POST /im/v1/messages` and `POST /im/v1/messages/:message_id/reply`. */
export function registerSend(platform: Platform): void {
  platform.route({
    method: 'POST',
    path: '/open-apis/im/v1/messages',
    scopes: sendScopes,
    query: z.object({ receive_id_type: receiveIdTypes }),
    body: z.object({
      receive_id: z.string().min(1),
      msg_type: z.enum(msgTypes),
      content: z.string().min(1),
      uuid,
    }),
    handler: async (context) => {
      const { query, body } = context;
      const message = await send(
        context,
        () => findReceiver(context.world, context.app, query.receive_id_type, body.receive_id),
        {
          receiveId: body.receive_id,
          receiveIdType: query.receive_id_type,
          msgType: body.msg_type,
          content: body.content,
          uuid: body.uuid ?? '',
        },
      );
      return messageAnswer(message);
    },
  });
  platform.route({
    method: 'POST',
    path: '/open-apis/im/v1/messages/:message_id/reply',
    scopes: sendScopes,
    body: z.object({
      msg_type: z.enum(msgTypes),
      content: z.string().min(1),
      reply_in_thread: z.boolean().optional(),
      uuid,
    }),
    handler: async (context) => {
      const { world, app, body } = context;
      const parent = world.use(messages).get(context.params['message_id'] ?? '');
      if (!parent || parent.tenantKey !== app.tenantKey) throw refuse(230001, 'invalid message_id');
      if (parent.deleted) throw refuse(230110);
      const message = await send(context, () => findReceiver(world, app, 'chat_id', parent.chatId), {
        receiveId: parent.chatId,
        receiveIdType: 'chat_id',
        msgType: body.msg_type,
        content: body.content,
        uuid: body.uuid ?? '',
        parent,
        inThread: body.reply_in_thread ?? false,
      });
      return messageAnswer(message);
    },
  });
}

/**
 * The business checks in their order: bot, receiver, uuid, receiver's state, content, pace. The order beyond the
 * gates is our guess.
 */
async function send(
  { world, app }: Pick<Context, 'world' | 'app'>,
  find: () => Receiver,
  draft: Draft,
): Promise<Message> {
  if (!botWorks(app)) throw refuse(230006);
  const receiver = find();
  const store = world.use(messages);
  const earlier = draft.uuid && store.sentWith(app.appId, draft.uuid, world.clock.now());
  if (earlier) {
    // unverified: the platform promises at most one message; what the second call answers is not stated.
    if (world.switches.duplicateUuid === 'first-message') return earlier;
    throw new PlatformError(230001, 'Your request contains an invalid request parameter. ext=duplicate uuid');
  }
  const flights = world.use(inFlight);
  const flight = `${app.appId} ${draft.uuid}`;
  if (draft.uuid && flights.has(flight)) throw refuse(230049);
  checkReceiver(world, app, receiver);
  checkContent(world, app, draft.msgType, draft.content);
  if (exceeds(world, `receiver ${paceKey(app, receiver)}`, PER_RECEIVER_PER_SECOND)) throw refuse(230020);
  if (world.switches.sendLatencyMs > 0) {
    flights.add(flight);
    try {
      await delay(world.switches.sendLatencyMs);
    } finally {
      flights.delete(flight);
    }
  }
  const message = newMessage(world, app, receiver, draft);
  store.add(message);
  return message;
}

/** All bots share the pace of a group; the pace of a p2p chat is each bot's own. */
function paceKey(app: App, { chat }: Receiver): string {
  return chat.kind === 'group' ? chat.chatId : `${app.appId} ${chat.chatId}`;
}

function newMessage(world: World, app: App, { chat, person }: Receiver, draft: Draft): Message {
  const now = Math.floor(world.clock.now());
  const { parent } = draft;
  const newThread = draft.inThread && !parent?.threadId ? world.ids.next('omt_', 16) : '';
  return {
    messageId: world.ids.next('om_'),
    appId: app.appId,
    tenantKey: app.tenantKey,
    senderType: 'app',
    receiveId: draft.receiveId,
    receiveIdType: draft.receiveIdType,
    openId: person ? world.openId(app, person) : '',
    userId: person?.userId ?? '',
    chatId: chat.chatId,
    uuid: draft.uuid,
    msgType: draft.msgType,
    content: draft.content,
    createTime: now,
    updateTime: now,
    updates: [],
    reads: [],
    urgent: [],
    deleted: false,
    rootId: parent ? parent.rootId || parent.messageId : '',
    parentId: parent?.messageId ?? '',
    threadId: parent?.threadId || newThread,
  };
}
