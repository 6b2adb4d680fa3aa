/** One card per ticket and person, changed in place while the rules ask for that. */
import {
  FeishuError,
  maskedReminder,
  reminderCard,
  type CallOptions,
  type FeishuClient,
  type ReminderCardModel,
} from '../../feishu';
import type { Delivery, EventRecord } from '../../store';
import type { ActivityPorts } from '../ports';
import { eventsOf } from './present-card';
import { isLeak } from './send-card';

/** Message id of the card that this delivery may go into; null = it must be a new message. */
export async function livingCard({ store, now }: ActivityPorts, delivery: Delivery): Promise<string | null> {
  const { updateWithinSeconds, dockingId, ticketId, employeeId } = delivery;
  if (updateWithinSeconds === undefined) return null;
  const card = await store.deliveries.livingCard(dockingId, ticketId, employeeId);
  if (!card?.messageId || !card.sentAt) return null;
  return now().getTime() - card.sentAt.getTime() <= updateWithinSeconds * 1000 ? card.messageId : null;
}

/**
 * An event that comes late must not take the place of a newer one on the card: since when the card shows that one, or null when it
 * may be changed.
 */
export async function newerSince(
  { store }: ActivityPorts,
  messageId: string,
  { employeeId }: Delivery,
  records: readonly EventRecord[],
): Promise<Date | null> {
  const last = records.at(-1);
  if (!last || records.some(({ stale }) => !stale)) return null;
  const [shown] = await store.deliveries.onMessage(messageId, employeeId);
  const latest = shown && (await eventsOf(store, shown)).at(-1);
  return latest && latest.occurredAt > last.occurredAt ? (shown.shown?.at ?? shown.sentAt) : null;
}

/** `ended`: nobody can change this card any more, it is too old or gone. `refused`: the card stays as it is. */
export type Updated = 'shown' | 'ended' | 'refused';

/** Older than 14 days, recalled, deleted. */
const ENDED = new Set([230031, 230011, 230110]);

/** The same content twice does no harm, so an unknown outcome is simply repeated. Throws what another try can change. */
export async function updateCard(
  client: FeishuClient,
  messageId: string,
  model: ReminderCardModel,
  options: CallOptions,
): Promise<Updated> {
  try {
    await client.messages.updateCard(messageId, reminderCard(model), options);
    return 'shown';
  } catch (error) {
    if (!isLeak(error)) return endOrRefusal(error);
  }
  try {
    await client.messages.updateCard(messageId, reminderCard(maskedReminder(model)), options);
    return 'shown';
  } catch (error) {
    return endOrRefusal(error);
  }
}

function endOrRefusal(error: unknown): Exclude<Updated, 'shown'> {
  const final =
    error instanceof FeishuError &&
    error.outcome === 'refused' &&
    (error.errorClass === 'parameters' || error.errorClass === 'content');
  if (!final) throw error;
  return ENDED.has(error.code ?? 0) ? 'ended' : 'refused';
}
