/** From planned cards to deliveries: those that are new, and those on which later events of one action are noted. */
import type { Model } from 'mongoose';
import { bulkUpsert, given, insertMissing } from './collection';
import { toStored, type StoredDelivery } from './delivery-documents';
import type { Delivery } from './notification-records';

/** What there is under a delivery's uuid. */
export interface Planned extends Pick<Delivery, 'id' | 'digestId' | 'notBefore'> {
  /** False: its digest was on its way before the delivery's events came, or it waits for none; it never tells of them. */
  tells: boolean;
}

/** As `Deliveries.plan` says. */
export async function planDeliveries(
  model: Model<StoredDelivery>,
  deliveries: readonly Delivery[],
): Promise<Planned[]> {
  if (deliveries.length === 0) return [];
  if (await insertMissing(model, deliveries.map(toStored)))
    return deliveries.map((delivery) => plannedOf(delivery, true));
  await joinEvents(model, deliveries);
  const dockingIds = [...new Set(deliveries.map(({ dockingId }) => dockingId))];
  const known = await model
    .find(
      { dockingId: { $in: dockingIds }, uuid: { $in: deliveries.map(({ uuid }) => uuid) } },
      { uuid: 1, eventIds: 1, digestId: 1, notBefore: 1 },
    )
    .lean<Pick<StoredDelivery, '_id' | 'uuid' | 'eventIds' | 'digestId' | 'notBefore'>[]>();
  const thereIs = new Map(known.map(({ _id: id, ...one }) => [one.uuid, { id, ...one }]));
  return deliveries.map((delivery) => {
    const there = thereIs.get(delivery.uuid) ?? delivery;
    return plannedOf(
      there,
      delivery.eventIds.every((id) => there.eventIds.includes(id)),
    );
  });
}

/**
 * Events of one action share a card: the later ones are noted on it. What a digest has taken tells nothing more, and whoever
 * waits for a digest looks at no card that goes out by itself.
 */
async function joinEvents(model: Model<StoredDelivery>, deliveries: readonly Delivery[]): Promise<void> {
  const joins = deliveries.map(({ dockingId, uuid, eventIds, ruleIds, digestId }) => ({
    updateOne: {
      filter: {
        dockingId,
        uuid,
        bundledInto: { $exists: false },
        ...(digestId ? { digestId: { $exists: true } } : {}),
      },
      update: { $addToSet: { eventIds: { $each: eventIds }, ruleIds: { $each: ruleIds } } },
    },
  }));
  await bulkUpsert(model, joins);
}

const plannedOf = (
  { id, digestId, notBefore }: Pick<Delivery, 'id' | 'digestId' | 'notBefore'>,
  tells: boolean,
): Planned => ({ id, tells, ...given({ digestId, notBefore }) });
