import { LRUCache } from 'lru-cache';
import { Slot } from '../../world/world';
import type { Message } from './message';
import { MAX_UPDATES } from './message';

/** Bounds of the store; the oldest messages fall out first. */
export interface MessageStoreLimits {
  messages: number;
  /** Sum of the lengths of all contents, former ones included, in characters. */
  contentLength: number;
}

/** Two bytes each at worst: cards of 30 KB in Chinese need no more than 256 MB. */
const MOST_CONTENT = 128_000_000;

/** A uuid protects for one hour (platform page "send message"). */
const UUID_WINDOW_MS = 3_600_000;

/** Every message of the world in the order it was accepted, found by id, person or chat. */
export class MessageStore {
  /** Position of the next message; grows for ever, so it serves as cursor. */
  private next = 0;
  private readonly byPosition = new Map<number, Message>();
  private readonly positions = new Map<string, number>();
  private readonly byPerson = new Map<string, Set<number>>();
  private readonly byChat = new Map<string, Set<number>>();
  private readonly byUuid: LRUCache<string, { messageId: string; sentAt: number }>;
  private contentLength = 0;

  constructor(private readonly limits: MessageStoreLimits) {
    this.byUuid = new LRUCache({ max: limits.messages });
  }

  add(message: Message): void {
    const position = this.next++;
    this.byPosition.set(position, message);
    this.positions.set(message.messageId, position);
    index(this.byPerson, personKey(message.tenantKey, message.userId), position);
    index(this.byChat, message.chatId, position);
    if (message.uuid)
      this.byUuid.set(uuidKey(message.appId, message.uuid), {
        messageId: message.messageId,
        sentAt: message.createTime,
      });
    this.grow(weight(message));
  }

  /** Replaces what the client shows and remembers the change. */
  update(message: Message, content: string, time: number): void {
    const before = weight(message);
    message.content = content;
    message.updateTime = time;
    message.updates.push({ content, time });
    if (message.updates.length > MAX_UPDATES) message.updates.shift();
    if (this.positions.has(message.messageId)) this.grow(weight(message) - before);
  }

  get(messageId: string): Message | undefined {
    const position = this.positions.get(messageId);
    return position === undefined ? undefined : this.byPosition.get(position);
  }

  /** The message that this app sent under this uuid within the last hour. */
  sentWith(appId: string, uuid: string, now: number): Message | undefined {
    const found = this.byUuid.get(uuidKey(appId, uuid));
    return found && now - found.sentAt < UUID_WINDOW_MS ? this.get(found.messageId) : undefined;
  }

  /** Oldest first, from `from` on, with each message's position. */
  *list(filter: { person?: string; chatId?: string }, from = 0): Iterable<[number, Message]> {
    const { person, chatId } = filter;
    if (person === undefined && chatId === undefined) {
      const oldest = this.byPosition.keys().next().value ?? 0;
      for (let position = Math.max(from, oldest); position < this.next; position++) {
        const message = this.byPosition.get(position);
        if (message) yield [position, message];
      }
      return;
    }
    const positions = person !== undefined ? this.byPerson.get(person) : this.byChat.get(chatId ?? '');
    for (const position of positions ?? []) {
      const message = this.byPosition.get(position);
      if (message && position >= from) yield [position, message];
    }
  }

  /** People with messages, newest conversation first: `tenantKey/userId`. */
  recentPeople(limit: number): string[] {
    const people = new Set<string>();
    const newestFirst = [...this.byPosition.keys()].slice(-5000).reverse();
    for (const position of newestFirst) {
      const message = this.byPosition.get(position);
      if (message?.userId) people.add(personKey(message.tenantKey, message.userId));
      if (people.size >= limit) break;
    }
    return [...people];
  }

  get size(): number {
    return this.byPosition.size;
  }

  private grow(length: number): void {
    this.contentLength += length;
    while (this.byPosition.size > this.limits.messages || this.contentLength > this.limits.contentLength) {
      if (!this.dropOldest()) break;
    }
  }

  private dropOldest(): boolean {
    const oldest = this.byPosition.entries().next().value;
    if (!oldest || this.byPosition.size === 1) return false;
    const [position, message] = oldest;
    this.byPosition.delete(position);
    this.positions.delete(message.messageId);
    unindex(this.byPerson, personKey(message.tenantKey, message.userId), position);
    unindex(this.byChat, message.chatId, position);
    this.contentLength -= weight(message);
    return true;
  }
}

/** Key of a person's messages. */
export function personKey(tenantKey: string, userId: string): string {
  return `${tenantKey}/${userId}`;
}

function weight(message: Message): number {
  return message.updates.reduce((sum, update) => sum + update.content.length, message.content.length);
}

function uuidKey(appId: string, uuid: string): string {
  return `${appId} ${uuid}`;
}

function index(map: Map<string, Set<number>>, key: string, position: number): void {
  const positions = map.get(key);
  if (positions) positions.add(position);
  else map.set(key, new Set([position]));
}

function unindex(map: Map<string, Set<number>>, key: string, position: number): void {
  const positions = map.get(key);
  positions?.delete(position);
  if (positions?.size === 0) map.delete(key);
}

export const messages = new Slot(
  (world) => new MessageStore({ messages: world.keptMessages, contentLength: MOST_CONTENT }),
);
