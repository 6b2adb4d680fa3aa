import { flagAt, numberAt, objectAt, objectsAt, pageOf, requiredText, textAt, textsAt } from './decode';
import type { Json, Page, PageRequest } from './decode';
import type { CallOptions, Invoke } from './invoke';
import { PLATFORM_LIMITS } from './limits';
import { ROUTES } from './routes';

export type ReceiverKind = 'open_id' | 'union_id' | 'user_id' | 'email' | 'chat_id';

/** Content by kind: a card as its JSON object, a text as it is, a post as its JSON object. */
export type MessageContent =
  | { readonly kind: 'interactive'; readonly card: object }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'post'; readonly post: object };

export interface OutgoingMessage {
  readonly to: string;
  /** Default `open_id`. */
  readonly toKind?: ReceiverKind;
  readonly content: MessageContent;
  /** At most 50 characters. Within one hour the same uuid sends at most once. */
  readonly uuid: string;
}

/** A message as Feishu keeps it. Times in epoch ms. */
export interface Message {
  readonly messageId: string;
  /** Also for a private message: the chat between person and bot. */
  readonly chatId: string | undefined;
  readonly kind: string | undefined;
  readonly createdAtMs: number | undefined;
  readonly updatedAtMs: number | undefined;
  readonly deleted: boolean | undefined;
  readonly updated: boolean | undefined;
  readonly senderId: string | undefined;
  readonly content: string | undefined;
}

export interface Reader {
  readonly openId: string;
  readonly readAtMs: number | undefined;
}

export interface MessageCalls {
  /** Retry with the same uuid within the hour when the outcome is unknown; later look into `history` first. */
  send(message: OutgoingMessage, options?: CallOptions): Promise<Message>;
  reply(
    messageId: string,
    message: { content: MessageContent; uuid: string; inThread?: boolean },
    options?: CallOptions,
  ): Promise<Message>;
  /** Replaces a card of our own, up to 14 days old (230031). Same content twice does no harm. */
  updateCard(messageId: string, card: object, options?: CallOptions): Promise<void>;
  recall(messageId: string, options?: CallOptions): Promise<void>;
  get(messageId: string, options?: CallOptions): Promise<Message | undefined>;
  /** Messages of a chat, newest first: did a send with a lost answer arrive? Times in epoch ms. */
  history(
    chatId: string,
    query?: PageRequest & { fromMs?: number; toMs?: number },
    options?: CallOptions,
  ): Promise<Page<Message>>;
  /** Who has read a message of ours, up to 7 days old (230033). */
  readers(messageId: string, page?: PageRequest, options?: CallOptions): Promise<Page<Reader>>;
  /** Buzz inside the client. Needs `im:message.urgent`. Resolves with the people Feishu would not buzz. */
  buzz(messageId: string, openIds: readonly string[], options?: CallOptions): Promise<readonly string[]>;
  /** Replaces a card by the token of a click: within 30 minutes, twice, and only after the click was answered. */
  updateClickedCard(
    update: { token: string; card: object; openIds?: readonly string[] },
    options?: CallOptions,
  ): Promise<void>;
}

/** Calls that send, change and follow messages. */
export function messageCalls(invoke: Invoke): MessageCalls {
  return {
    send: async ({ to, toKind = 'open_id', content, uuid }, options) =>
      invoke(
        {
          route: ROUTES.sendMessage,
          receiver: to,
          query: { receive_id_type: toKind },
          body: { receive_id: to, ...wire(content), uuid: checkedUuid(uuid) },
          decode: (data) => messageFrom(data ?? {}),
        },
        options,
      ),
    reply: async (messageId, { content, uuid, inThread = false }, options) =>
      invoke(
        {
          route: ROUTES.replyMessage,
          receiver: messageId,
          path: { message_id: messageId },
          body: { ...wire(content), uuid: checkedUuid(uuid), reply_in_thread: inThread },
          decode: (data) => messageFrom(data ?? {}),
        },
        options,
      ),
    updateCard: (messageId, card, options) =>
      invoke(
        {
          route: ROUTES.updateCard,
          receiver: messageId,
          path: { message_id: messageId },
          body: { content: JSON.stringify(card) },
          decode: () => undefined,
        },
        options,
      ),
    recall: (messageId, options) =>
      invoke(
        { route: ROUTES.recallMessage, path: { message_id: messageId }, decode: () => undefined },
        options,
      ),
    get: (messageId, options) =>
      invoke(
        {
          route: ROUTES.message,
          path: { message_id: messageId },
          decode: (data) => (objectsAt(data, 'items') ?? []).map(messageFrom)[0],
        },
        options,
      ),
    history: (chatId, { fromMs, toMs, pageSize = 50, pageToken } = {}, options) =>
      invoke(
        {
          route: ROUTES.chatHistory,
          query: {
            container_id_type: 'chat',
            container_id: chatId,
            start_time: wholeSeconds(fromMs, Math.floor),
            end_time: wholeSeconds(toMs, Math.ceil),
            sort_type: 'ByCreateTimeDesc',
            page_size: pageSize,
            page_token: pageToken,
          },
          decode: (data) => pageOf(data, (objectsAt(data, 'items') ?? []).map(messageFrom)),
        },
        options,
      ),
    readers: (messageId, { pageSize = 100, pageToken } = {}, options) =>
      invoke(
        {
          route: ROUTES.messageReaders,
          path: { message_id: messageId },
          query: { user_id_type: 'open_id', page_size: pageSize, page_token: pageToken },
          decode: (data) => pageOf(data, (objectsAt(data, 'items') ?? []).map(readerFrom)),
        },
        options,
      ),
    buzz: (messageId, openIds, options) =>
      invoke(
        {
          route: ROUTES.urgentMessage,
          path: { message_id: messageId },
          query: { user_id_type: 'open_id' },
          body: { user_id_list: openIds },
          decode: (data) => textsAt(data, 'invalid_user_id_list') ?? [],
        },
        options,
      ),
    updateClickedCard: ({ token, card, openIds }, options) =>
      invoke(
        {
          route: ROUTES.lateCardUpdate,
          body: { token, card: openIds === undefined ? card : { ...card, open_ids: openIds } },
          decode: () => undefined,
        },
        options,
      ),
  };
}

/** On the wire every content is JSON inside a string. */
function wire(content: MessageContent): { msg_type: string; content: string } {
  switch (content.kind) {
    case 'interactive':
      return { msg_type: 'interactive', content: JSON.stringify(content.card) };
    case 'text':
      return { msg_type: 'text', content: JSON.stringify({ text: content.text }) };
    case 'post':
      return { msg_type: 'post', content: JSON.stringify(content.post) };
  }
}

/** A longer uuid would be refused, or cut so that two messages become one. */
function checkedUuid(uuid: string): string {
  if (uuid.length === 0 || uuid.length > PLATFORM_LIMITS.uuidLength)
    throw new RangeError(
      `A message uuid has 1 to ${PLATFORM_LIMITS.uuidLength} characters, this one ${uuid.length}.`,
    );
  return uuid;
}

function wholeSeconds(ms: number | undefined, round: (value: number) => number): number | undefined {
  return ms === undefined ? undefined : round(ms / 1_000);
}

function messageFrom(message: Json): Message {
  return {
    messageId: requiredText(message, 'message_id'),
    chatId: textAt(message, 'chat_id'),
    kind: textAt(message, 'msg_type'),
    createdAtMs: numberAt(message, 'create_time'),
    updatedAtMs: numberAt(message, 'update_time'),
    deleted: flagAt(message, 'deleted'),
    updated: flagAt(message, 'updated'),
    senderId: textAt(objectAt(message, 'sender'), 'id'),
    content: textAt(objectAt(message, 'body'), 'content'),
  };
}

function readerFrom(reader: Json): Reader {
  return { openId: requiredText(reader, 'user_id'), readAtMs: numberAt(reader, 'timestamp') };
}
