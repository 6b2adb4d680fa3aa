import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { App, Person, UserIdType } from '../../world/types';
import type { World } from '../../world/world';
import { Slot } from '../../world/world';
import { botWorks } from '../../world/apps';
import { holdsScope } from '../checks';
import { availabilityOf } from '../contact/range';
import type { Platform } from '../gates';
import { missingScope, PlatformError } from '../gates';
import { chats } from './chats';
import { checkContent, msgTypes } from './content';
import { refuse } from './failures';
import type { Message } from './message';
import { messages } from './message-store';
import { sendScopes } from './send';

/** A batch remembers which messages it became. */
const batches = new Slot(
  () => new LRUCache<string, { appId: string; messageIds: string[]; valid: number }>({ max: 1000 }),
);

const ids = z.array(z.string()).max(200).default([]);

/**
 * `POST /message/v4/batch_send/` and the three calls about a batch: one content to many people, without updates,
 * without card callbacks, without uuid. Errors come with HTTP 200 here.
 */
export function registerBatch(platform: Platform): void {
  platform.route({
    method: 'POST',
    path: '/open-apis/message/v4/batch_send',
    scopes: sendScopes,
    body: z.object({
      msg_type: z.enum(msgTypes),
      content: z.record(z.string(), z.unknown()).optional(),
      card: z.record(z.string(), z.unknown()).optional(),
      open_ids: ids,
      user_ids: ids,
      union_ids: ids,
      department_ids: ids,
    }),
    onInvalid: () => new PlatformError(10003, 'invalid parameter', 200),
    handler: ({ world, app, tenant, body }) => {
      for (const [scope, list] of [
        ['im:message:send_multi_users', [...body.open_ids, ...body.user_ids, ...body.union_ids]],
        ['im:message:send_multi_depts', body.department_ids],
      ] as const)
        if (list.length > 0 && !holdsScope(app, [scope])) throw missingScope(app, [scope]);
      if (!botWorks(app)) throw new PlatformError(11205, 'app do not have bot', 200);
      const content = JSON.stringify(body.msg_type === 'interactive' ? body.card : body.content);
      if (content === undefined) throw new PlatformError(10003, 'invalid parameter', 200);
      checkContent(world, app, body.msg_type, content);
      const people = new Map<string, Person>();
      const add = (type: UserIdType, list: string[]): string[] =>
        list.filter((id) => {
          const { person } = world.findPerson(app, type, id);
          if (person) people.set(person.userId, person);
          return !person;
        });
      const invalid = {
        invalid_open_ids: add('open_id', body.open_ids),
        invalid_user_ids: add('user_id', body.user_ids),
        invalid_union_ids: add('union_id', body.union_ids),
        invalid_department_ids: body.department_ids.filter((id) => {
          const department = tenant.directory.findDepartment(id);
          for (const one of department
            ? [department, ...tenant.directory.descendants(department.openDepartmentId)]
            : [])
            for (const person of tenant.directory.members(one.openDepartmentId))
              people.set(person.userId, person);
          return !department;
        }),
      };
      const batchId = world.ids.next('bm-');
      sendToAll(world, app, [...people.values()], { batchId, msgType: body.msg_type, content });
      return { message_id: batchId, ...invalid };
    },
  });
  registerAboutBatch(platform);
}

function sendToAll(
  world: World,
  app: App,
  people: Person[],
  { batchId, msgType, content }: { batchId: string; msgType: string; content: string },
): void {
  const range = availabilityOf(app, world.tenantOf(app));
  const now = Math.floor(world.clock.now());
  const messageIds: string[] = [];
  for (const person of people) {
    if (person.status === 'resigned' || !range.hasPerson(person)) continue;
    if (world.use(chats).refusal(app, person)) continue;
    const openId = world.openId(app, person);
    const message: Message = {
      messageId: world.ids.next('om_'),
      appId: app.appId,
      tenantKey: app.tenantKey,
      senderType: 'app',
      receiveId: openId,
      receiveIdType: 'open_id',
      openId,
      userId: person.userId,
      chatId: world.use(chats).p2p(app, person).chatId,
      uuid: '',
      msgType,
      content,
      createTime: now,
      updateTime: now,
      updates: [],
      reads: [],
      urgent: [],
      deleted: false,
      rootId: '',
      parentId: '',
      threadId: '',
      batchId,
    };
    world.use(messages).add(message);
    messageIds.push(message.messageId);
  }
  world.use(batches).set(batchId, { appId: app.appId, messageIds, valid: people.length });
}

function registerAboutBatch(platform: Platform): void {
  const base = '/open-apis/im/v1/batch_messages/:batch_id';
  const batchOf = (world: World, app: App, params: Readonly<Record<string, string>>) => {
    const batch = world.use(batches).get(params['batch_id'] ?? '');
    if (!batch || batch.appId !== app.appId) throw refuse(230001, 'invalid batch_message_id');
    const sent = batch.messageIds.map((id) => world.use(messages).get(id)).filter((one) => one !== undefined);
    return { valid: batch.valid, sent, read: sent.filter((one) => one.reads.length > 0).length };
  };
  platform.route({
    method: 'GET',
    path: `${base}/get_progress`,
    scopes: ['im:message', 'im:message:readonly', 'im:message:send_as_bot'],
    handler: ({ world, app, params }) => {
      const { valid, sent, read } = batchOf(world, app, params);
      const recalled = sent.filter((one) => one.deleted).length;
      return {
        batch_message_send_progress: {
          valid_user_ids_count: valid,
          success_user_ids_count: sent.length,
          read_user_ids_count: read,
        },
        batch_message_recall_progress: { recall: recalled > 0, recall_count: recalled },
      };
    },
  });
  platform.route({
    method: 'GET',
    path: `${base}/read_user`,
    scopes: ['im:message', 'im:message:readonly', 'im:message:send_as_bot'],
    handler: ({ world, app, params }) => {
      const { sent, read } = batchOf(world, app, params);
      return { read_user: { read_count: String(read), total_count: String(sent.length) } };
    },
  });
  platform.route({
    method: 'DELETE',
    path: base,
    scopes: [...sendScopes, 'im:message:recall'],
    handler: ({ world, app, params }) => {
      for (const message of batchOf(world, app, params).sent) message.deleted = true;
      return {};
    },
  });
}
