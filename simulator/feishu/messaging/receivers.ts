import type { App, Person } from '../../world/types';
import type { World } from '../../world/world';
import { holdsScope } from '../checks';
import { availabilityOf } from '../contact/range';
import { missingScope } from '../gates';
import type { Chat } from './chats';
import { chats } from './chats';
import { refuse } from './failures';
import type { ReceiveIdType } from './message';

/** Where a message goes: a person by way of the p2p chat, or a group. */
export interface Receiver {
  readonly chat: Chat;
  /** Undefined in a group. */
  readonly person: Person | undefined;
}

const USER_ID_SCOPES = ['contact:user.employee_id:readonly'];

const shapes: Record<ReceiveIdType, RegExp> = {
  open_id: /^ou_/,
  union_id: /^on_/,
  user_id: /./,
  email: /@/,
  chat_id: /^oc_/,
};

/**
 * Whom a `receive_id` means to this app. Throws 230034 (malformed or unknown), 230001 (open_id of another app),
 * 230038 (person of another company), 230002 (chat without this bot).
 */
export function findReceiver(world: World, app: App, type: ReceiveIdType, id: string): Receiver {
  if (!shapes[type].test(id)) throw refuse(230034);
  if (type === 'user_id' && world.switches.sendByUserIdNeedsScope && !holdsScope(app, USER_ID_SCOPES))
    throw missingScope(app, USER_ID_SCOPES);
  if (type === 'chat_id') return inChat(world, app, id);
  const person = type === 'email' ? byEmail(world, app, id) : byId(world, app, type, id);
  return { chat: world.use(chats).p2p(app, person), person };
}

/** Whether the bot may write to the receiver now. Throws 230029, 230013, 230035, 230053, 230002, 232009. */
export function checkReceiver(world: World, app: App, { chat, person }: Receiver): void {
  if (chat.dissolved) throw refuse(232009);
  if (!chat.appIds.includes(app.appId)) throw refuse(230002);
  if (chat.muted) throw refuse(230035);
  if (!person) return;
  if (person.status === 'resigned') throw refuse(230029);
  if (!availabilityOf(app, world.tenantOf(app)).hasPerson(person)) throw refuse(230013);
  const refusal = world.use(chats).refusal(app, person);
  if (refusal === 'blocked') throw refuse(230035);
  if (refusal === 'stopped') throw refuse(230053);
}

function byId(world: World, app: App, type: Exclude<ReceiveIdType, 'email' | 'chat_id'>, id: string): Person {
  const found = world.findPerson(app, type, id);
  if (found.person) return found.person;
  if (found.problem === 'cross-app') throw refuse(230001, 'invalid receive_id');
  throw refuse(found.problem === 'cross-tenant' ? 230038 : 230034);
}

function byEmail(world: World, app: App, email: string): Person {
  // Sending by email is rare: a walk through the company is cheaper than one more index for everybody.
  for (const person of world.tenantOf(app).directory.people.values())
    if (person.email === email || person.enterpriseEmail === email) return person;
  throw refuse(230034);
}

function inChat(world: World, app: App, chatId: string): Receiver {
  const chat = world.use(chats).get(chatId);
  if (!chat) throw refuse(230034);
  if (chat.tenantKey !== app.tenantKey || !chat.appIds.includes(app.appId)) throw refuse(230002);
  if (chat.kind === 'group') return { chat, person: undefined };
  return { chat, person: world.tenantOf(app).directory.people.get(chat.userIds[0] ?? '') };
}
