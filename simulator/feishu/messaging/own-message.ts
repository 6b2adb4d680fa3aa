import type { App } from '../../world/types';
import type { World } from '../../world/world';
import type { MessageCode } from './failures';
import { refuse } from './failures';
import type { Message } from './message';
import { messages } from './message-store';

/**
 * The message named in the path, sent by this app. Throws 230001 for an id that this app cannot know, and
 * `notSender` (default 230001) for a message somebody else wrote.
 */
export function ownMessage(
  world: World,
  app: App,
  params: Readonly<Record<string, string>>,
  notSender: MessageCode = 230001,
): Message {
  const message = world.use(messages).get(params['message_id'] ?? '');
  if (!message || message.tenantKey !== app.tenantKey) throw refuse(230001, 'invalid message_id');
  if (message.senderType !== 'app' || message.appId !== app.appId)
    throw refuse(notSender, 'the message was not sent by this bot');
  return message;
}
