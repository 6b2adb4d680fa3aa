import { z } from 'zod';
import { botWorks } from '../../world/apps';
import type { Platform } from '../gates';
import { exceeds } from '../rate-limits';
import type { CardJson } from './cards/validation';
import { isObject, schemaOf } from './cards/validation';
import { checkContent, validCard } from './content';
import { refuse, refuseCard } from './failures';
import type { Message } from './message';
import { messages } from './message-store';
import { messageAnswer } from './message';
import { ownMessage } from './own-message';
import { checkReceiver, findReceiver } from './receivers';
import { sendScopes } from './send';

const DAY_MS = 86_400_000;
const MAX_UPDATE_AGE_MS = 14 * DAY_MS;
const MAX_RECALL_AGE_MS = DAY_MS;
const UPDATES_PER_SECOND = 5;
/** unverified: how often a text may be edited. */
const MAX_EDITS = 20;

const updateScopes = [...sendScopes, 'im:message:update'];

/** `PATCH`, `PUT` and `DELETE /im/v1/messages/:message_id`. */
export function registerChange(platform: Platform): void {
  platform.route({
    method: 'PATCH',
    path: '/open-apis/im/v1/messages/:message_id',
    scopes: updateScopes,
    body: z.object({ content: z.string().min(1) }),
    handler: ({ world, app, params, body }) => {
      if (!botWorks(app)) throw refuse(230006);
      const message = ownMessage(world, app, params);
      if (message.deleted) throw refuse(230011);
      if (message.msgType !== 'interactive') throw refuse(230001, 'NOT a card');
      if (message.batchId) throw refuse(230054);
      if (world.clock.now() - message.createTime > MAX_UPDATE_AGE_MS) throw refuse(230031);
      checkReceiver(world, app, findReceiver(world, app, 'chat_id', message.chatId));
      checkContent(world, app, 'interactive', body.content);
      checkSuccession(message, validCard(world, app, body.content));
      if (exceeds(world, `update ${message.messageId}`, UPDATES_PER_SECOND)) throw refuse(230020);
      world.use(messages).update(message, body.content, Math.floor(world.clock.now()));
      return {};
    },
  });
  platform.route({
    method: 'PUT',
    path: '/open-apis/im/v1/messages/:message_id',
    scopes: updateScopes,
    body: z.object({ msg_type: z.enum(['text', 'post']), content: z.string().min(1) }),
    handler: ({ world, app, params, body }) => {
      const message = ownMessage(world, app, params);
      if (message.deleted) throw refuse(230110);
      if (message.msgType !== body.msg_type) throw refuse(230054);
      if (message.updates.length >= MAX_EDITS) throw refuse(230001, 'edited too often');
      checkContent(world, app, body.msg_type, body.content);
      world.use(messages).update(message, body.content, Math.floor(world.clock.now()));
      return messageAnswer(message);
    },
  });
  platform.route({
    method: 'DELETE',
    path: '/open-apis/im/v1/messages/:message_id',
    scopes: [...sendScopes, 'im:message:recall'],
    handler: ({ world, app, params }) => {
      const message = ownMessage(world, app, params, 230026);
      if (message.deleted) throw refuse(230110);
      if (world.clock.now() - message.createTime > MAX_RECALL_AGE_MS) throw refuse(230009);
      message.deleted = true;
      const recall = { message_id: message.messageId, chat_id: message.chatId };
      const recalledAt = String(Math.floor(world.clock.now()));
      world.emit(app, 'im.message.recalled_v1', {
        ...recall,
        recall_time: recalledAt,
        recall_type: 'message_owner',
      });
      return {};
    },
  });
}

/**
 * Whether the new card may follow the one that is shown. Throws 230001 for a v1 card without `update_multi` and
 * 230099 for a change of schema. unverified: both codes.
 */
export function checkSuccession(message: Message, next: CardJson): void {
  const before = JSON.parse(message.content) as CardJson;
  if (schemaOf(before) !== schemaOf(next))
    throw refuseCard({
      errCode: 200830,
      errMsg: `schema of the card can not change from ${schemaOf(before)} to ${schemaOf(next)}`,
    });
  if (schemaOf(next) === '1.0' && !(isShared(before) && isShared(next)))
    throw refuse(230001, 'config.update_multi must be true');
}

function isShared(card: CardJson): boolean {
  return isObject(card['config']) && card['config']['update_multi'] === true;
}
