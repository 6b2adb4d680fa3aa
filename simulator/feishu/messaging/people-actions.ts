import { holdsScope } from '../checks';
import type { App, Person } from '../../world/types';
import type { World } from '../../world/world';
import { chats } from './chats';
import type { Message } from './message';
import { messages, personKey } from './message-store';

/** A person's ids for one app, as events carry them; `user_id` needs its scope. */
export function idsOf(world: World, app: App, person: Person): Record<string, string> {
  return {
    open_id: world.openId(app, person),
    union_id: world.unionId(person),
    ...(holdsScope(app, ['contact:user.employee_id:readonly']) ? { user_id: person.userId } : {}),
  };
}

/** Marks messages of the app as read by a person and tells the app about those of the p2p chat. */
export function read(world: World, app: App, person: Person, seen: readonly Message[]): Message[] {
  const time = Math.floor(world.clock.now());
  const fresh = seen.filter(
    (message) =>
      message.senderType === 'app' &&
      !message.deleted &&
      !message.reads.some((one) => one.userId === person.userId),
  );
  for (const message of fresh)
    message.reads.push({ openId: world.openId(app, person), userId: person.userId, time });
  const personal = fresh.filter((message) => message.userId !== '' && !message.batchId);
  if (personal.length > 0)
    world.emit(app, 'im.message.message_read_v1', {
      reader: { reader_id: idsOf(world, app, person), read_time: String(time), tenant_key: person.tenantKey },
      message_id_list: personal.map((message) => message.messageId),
    });
  return fresh;
}

/** The person opens the chat with the bot: everything in it is read. Answers how many were new. */
export function enterChat(world: World, app: App, person: Person): number {
  const chat = world.use(chats).p2p(app, person);
  const inside = [...world.use(messages).list({ chatId: chat.chatId })].map(([, message]) => message);
  const last = inside.at(-1);
  const ids = idsOf(world, app, person);
  if (inside.length === 0)
    world.emit(app, 'p2p_chat_create', {
      app_id: app.appId,
      chat_id: chat.chatId,
      operator: { open_id: ids['open_id'], user_id: ids['user_id'] },
      tenant_key: app.tenantKey,
      user: { name: person.name, open_id: ids['open_id'], user_id: ids['user_id'] },
    });
  world.emit(app, 'im.chat.access_event.bot_p2p_chat_entered_v1', {
    chat_id: chat.chatId,
    operator_id: ids,
    last_message_id: last?.messageId ?? '',
    last_message_create_time: last ? String(last.createTime) : '',
  });
  return read(world, app, person, inside).length;
}

/** The person writes to the bot. The app hears of it with `im:message` or `im:message.p2p_msg:readonly`. */
export function writeToBot(world: World, app: App, person: Person, text: string): Message {
  const now = Math.floor(world.clock.now());
  const chat = world.use(chats).p2p(app, person);
  const message: Message = {
    messageId: world.ids.next('om_'),
    appId: app.appId,
    tenantKey: app.tenantKey,
    senderType: 'user',
    receiveId: world.ids.botOpenId(app.appId),
    receiveIdType: 'open_id',
    openId: world.openId(app, person),
    userId: person.userId,
    chatId: chat.chatId,
    uuid: '',
    msgType: 'text',
    content: JSON.stringify({ text }),
    createTime: now,
    updateTime: now,
    updates: [],
    reads: [],
    urgent: [],
    deleted: false,
    rootId: '',
    parentId: '',
    threadId: '',
  };
  world.use(messages).add(message);
  if (holdsScope(app, ['im:message', 'im:message.p2p_msg:readonly']))
    world.emit(app, 'im.message.receive_v1', {
      sender: { sender_id: idsOf(world, app, person), sender_type: 'user', tenant_key: person.tenantKey },
      message: {
        message_id: message.messageId,
        create_time: String(now),
        update_time: String(now),
        chat_id: chat.chatId,
        chat_type: 'p2p',
        message_type: 'text',
        content: message.content,
      },
    });
  return message;
}

/** Anybody in the world by `userId`, `union_id` or an app's `open_id`. */
export function findAnybody(world: World, id: string): Person | undefined {
  for (const tenant of world.tenants.values()) {
    const person = tenant.directory.people.get(id);
    if (person) return person;
    const serial = world.ids.serialOfUnionId(tenant.tenantKey, id);
    if (serial !== undefined) return world.peopleBySerial[serial];
  }
  for (const appId of world.apps.keys()) {
    const serial = world.ids.serialOfOpenId(appId, id);
    if (serial !== undefined) return world.peopleBySerial[serial];
  }
  return undefined;
}

/** Everything a person received and wrote, oldest first. */
export function messagesOf(world: World, person: Person): Message[] {
  const key = personKey(person.tenantKey, person.userId);
  return [...world.use(messages).list({ person: key })].map(([, message]) => message);
}
