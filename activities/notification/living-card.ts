/** One card per ticket and person, changed in place while the rules ask for that. */
import {
  FeishuError,
  reminderCard,
  type CallOptions,
  type FeishuClient,
  type ReminderCardModel,
} from '../../feishu';
import type { Delivery } from '../../store';
import type { ActivityPorts } from '../ports';

/** Message id of the card that this delivery may go into; null = it must be a new message. */
export async function livingCard({ store, now }: ActivityPorts, delivery: Delivery): Promise<string | null> {
  const { updateWithinSeconds, dockingId, ticketId, employeeId } = delivery;
  if (updateWithinSeconds === undefined) return null;
  const card = await store.deliveries.livingCard(dockingId, ticketId, employeeId);
  if (!card?.messageId || !card.sentAt) return null;
  return now().getTime() - card.sentAt.getTime() <= updateWithinSeconds * 1000 ? card.messageId : null;
}

/**
 * The same content twice does no harm, so an unknown outcome is simply repeated. False when this card can never be
 * changed again (recalled, too old, a text, …): then it is a new message.
 */
export async function updateCard(
  client: FeishuClient,
  messageId: string,
  model: ReminderCardModel,
  options: CallOptions,
): Promise<boolean> {
  try {
    await client.messages.updateCard(messageId, reminderCard(model), options);
    return true;
  } catch (error) {
    const final =
      error instanceof FeishuError &&
      error.outcome === 'refused' &&
      (error.errorClass === 'parameters' || error.errorClass === 'content');
    if (!final) throw error;
    return false;
  }
}
