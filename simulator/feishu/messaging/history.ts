import { z } from 'zod';
import { paging } from '../fields';
import type { Platform } from '../gates';
import { pageOf } from '../pages';
import { chats } from './chats';
import { refuse } from './failures';
import { messageAnswer } from './message';
import { messages } from './message-store';

const seconds = z.coerce.number().int().nonnegative();

/**
 * `GET /im/v1/messages?container_id_type=chat`: what was said in a chat that the bot is in, both ends of the time span
 * included, whole seconds. Unverified: the scopes beside `im:message`, and that recalled messages stay in the list.
 */
export function registerHistory(platform: Platform): void {
  platform.route({
    method: 'GET',
    path: '/open-apis/im/v1/messages',
    scopes: ['im:message', 'im:message:readonly'],
    query: z.object({
      container_id_type: z.literal('chat'),
      container_id: z.string().min(1),
      start_time: seconds.optional(),
      end_time: seconds.optional(),
      sort_type: z.enum(['ByCreateTimeAsc', 'ByCreateTimeDesc']).default('ByCreateTimeAsc'),
      ...paging,
    }),
    handler: (context) => {
      const { world, app, query } = context;
      const chat = world.use(chats).get(query.container_id);
      if (!chat || chat.tenantKey !== app.tenantKey) throw refuse(230001, 'invalid container_id');
      if (!chat.appIds.includes(app.appId)) throw refuse(230002);
      const { start_time: from = 0, end_time: to = Infinity } = query;
      const said = [...world.use(messages).list({ chatId: chat.chatId })].filter(([, { createTime }]) => {
        const second = Math.floor(createTime / 1000);
        return second >= from && second <= to;
      });
      const newestFirst = query.sort_type === 'ByCreateTimeDesc';
      const page = pageOf(context, newestFirst ? said.reverse() : said, {
        // A page token remembers a key that grows along the list, also when the list runs backwards.
        keyOf: ([position]) => (newestFirst ? Number.MAX_SAFE_INTEGER - position : position),
        defaultSize: 20,
        maxSize: 50,
        owner: app.appId,
      });
      return { ...page, items: page.items.map(([, message]) => messageAnswer(message)) };
    },
  });
}
