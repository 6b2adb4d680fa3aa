import { FeishuError } from '../../feishu';
import type { Delivery } from '../../store';
import type { ActivityPorts } from '../ports';

/** By our record of read events, else by the platform: the event may not be subscribed. */
export async function wasRead(ports: ActivityPorts, delivery: Delivery): Promise<boolean> {
  if (delivery.readAt && isOfThis(delivery, delivery.readAt)) return true;
  if (!delivery.messageId) return false;
  const { store, feishu, log, now } = ports;
  const docking = await store.dockings.require(delivery.dockingId);
  const { appSecret } = await store.dockings.secrets(docking.id);
  const client = feishu.for({ appId: docking.appId, appSecret, baseUrl: docking.platformUrl });
  try {
    const { items } = await client.messages.readers(delivery.messageId);
    const reader = items.find(({ openId }) => openId === delivery.employeeId);
    if (!reader) return false;
    const at = reader.readAtMs === undefined ? now() : new Date(reader.readAtMs);
    if (!isOfThis(delivery, at)) return false;
    await store.deliveries.markRead(delivery.messageId, delivery.employeeId, at);
    return true;
  } catch (error) {
    // Too old, or no permission to ask: it counts as unread, so that somebody is told.
    if (!(error instanceof FeishuError) || error.retry !== 'never') throw error;
    log.warn({ deliveryId: delivery.id, code: error.code }, 'who read the card cannot be asked');
    return false;
  }
}

/** A card that was read before it was changed says nothing of what it was changed to. The platform tells a first reading only. */
const isOfThis = ({ carriedBy, sentAt }: Delivery, readAt: Date): boolean =>
  carriedBy !== 'update' || sentAt === null || readAt >= sentAt;
