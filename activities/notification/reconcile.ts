/** Did a send whose answer was lost arrive? The platform has forgotten its uuid, so the chat itself is asked. */
import { FeishuError, type CallOptions, type FeishuClient, type Message } from '../../feishu';
import type { Delivery, Store } from '../../store';
import type { ActivityPorts } from '../ports';
import { digestMarker } from './digest-model';

/** Clocks differ, and a send may have waited for its turn. */
const MARGIN_MS = 2 * 60_000;
const MOST_PAGES = 5;

/**
 * The message, when one names this delivery. `null`: the chat has no message of ours at that time that another delivery
 * does not account for, so nothing went out and sending is safe. `undecided`: nobody can tell. Never sends.
 */
export async function whatArrived(
  { store, log }: ActivityPorts,
  client: FeishuClient,
  delivery: Delivery,
  options: CallOptions,
): Promise<{ messageId: string; chatId: string; carriedBy: 'message' } | 'undecided' | null> {
  const { dockingId, firstAttemptAt } = delivery;
  const chatId = await chatOf(store, delivery);
  if (!chatId || !firstAttemptAt) return 'undecided';
  try {
    const since = firstAttemptAt.getTime() - MARGIN_MS;
    const messages = await ownMessages(client, chatId, since, options);
    if (messages === null) return 'undecided';
    const marker = delivery.bundles ? digestMarker(delivery) : delivery.id;
    const own = messages.find(({ content }) => content?.includes(marker));
    if (own) return { messageId: own.messageId, chatId, carriedBy: 'message' };
    const known = await store.deliveries.knownMessages(
      dockingId,
      messages.map(({ messageId }) => messageId),
    );
    if (messages.some(({ messageId }) => !known.has(messageId))) return 'undecided';
    await store.deliveries.beginAnew(delivery.id, delivery.attempts);
    return null;
  } catch (error) {
    if (!(error instanceof FeishuError) || error.retry !== 'never') throw error;
    log.warn({ deliveryId: delivery.id, code: error.code }, 'the chat cannot be read; a person must look');
    return 'undecided';
  }
}

/** A group's card says its chat; with a person the bot has one, known from what they were sent before. */
async function chatOf(
  { deliveries }: Pick<Store, 'deliveries'>,
  { chatId, target, dockingId, employeeId }: Delivery,
): Promise<string | null> {
  if (target?.kind === 'chat') return target.chatId;
  return chatId ?? deliveries.chatOf(dockingId, employeeId);
}

/** Null when there are more than can be looked through. */
async function ownMessages(
  client: FeishuClient,
  chatId: string,
  fromMs: number,
  options: CallOptions,
): Promise<Message[] | null> {
  const own: Message[] = [];
  let pageToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await client.messages.history(
      chatId,
      { fromMs, ...(pageToken ? { pageToken } : {}) },
      options,
    );
    own.push(...answer.items.filter(({ senderId }) => senderId === client.appId));
    pageToken = answer.nextPageToken;
    if (!pageToken) return own;
  }
  return null;
}
