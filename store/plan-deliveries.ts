/** From planned cards to deliveries: those that are new, and those on which later events of one action are noted. */
import type { Model } from 'mongoose';
import { bulkUpsert, given, insertMissing } from './collection';
import { toStored, type StoredDelivery } from './delivery-documents';
import type { Delivery } from './notification-records';

/** What there is under a delivery's uuid. */
export interface Planned extends Pick<Delivery, 'id' | 'digestId' | 'notBefore'> {
  /** False: its digest was on its way before the delivery's events came; it never tells of them. */
  tells: boolean;
}

/** As `Deliveries.plan` says. `isNew`: there was none of them. */
export async function planDeliveries(
  model: Model<StoredDelivery>,
  deliveries: readonly Delivery[],
): Promise<{ isNew: boolean; planned: Planned[] }> {
  if (deliveries.length === 0) return { isNew: false, planned: [] };
  if (await insertMissing(model, deliveries.map(toStored)))
    return { isNew: true, planned: deliveries.map((delivery) => plannedOf(delivery, true)) };
  await joinEvents(model, deliveries);
  const dockingIds = [...new Set(deliveries.map(({ dockingId }) => dockingId))];
  const known = await model
    .find(
      { dockingId: { $in: dockingIds }, uuid: { $in: deliveries.map(({ uuid }) => uuid) } },
      { uuid: 1, eventIds: 1, digestId: 1, notBefore: 1 },
    )
    .lean<Pick<StoredDelivery, '_id' | 'uuid' | 'eventIds' | 'digestId' | 'notBefore'>[]>();
  const thereIs = new Map(known.map(({ _id: id, ...one }) => [one.uuid, { id, ...one }]));
  const planned = deliveries.map((delivery) => {
    const there = thereIs.get(delivery.uuid) ?? delivery;
    return plannedOf(
      there,
      delivery.eventIds.every((id) => there.eventIds.includes(id)),
    );
  });
  return { isNew: false, planned };
}

/**
 * Events of one action share a card: the later ones are noted on it. What a digest has taken tells nothing more. What does not wait takes the card with it, out of quiet hours or its
 * digest, what is a new message makes it one, and what is followed up has it followed up.
 */
async function joinEvents(model: Model<StoredDelivery>, deliveries: readonly Delivery[]): Promise<void> {
  await bulkUpsert(model, deliveries.flatMap(joins));
}

type Join = Parameters<typeof bulkUpsert>[1][number];

function joins({ dockingId, uuid, eventIds, ruleIds, ...delivery }: Delivery): Join[] {
  const { notBefore, urgency, followUp } = delivery;
  const card = { dockingId, uuid, bundledInto: { $exists: false } };
  const change = (filter: object, update: object): Join => ({
    updateOne: { filter: { ...card, ...filter }, update },
  });
  const waiting = { state: 'planned', notBefore: { $exists: true } };
  return [
    change({}, { $addToSet: { eventIds: { $each: eventIds }, ruleIds: { $each: ruleIds } } }),
    ...(notBefore
      ? []
      : [
          change(waiting, {
            $unset: {
              ...{ notBefore: 1, digestId: 1 },
              ...(delivery.updateWithinSeconds === undefined ? { updateWithinSeconds: 1 } : {}),
            },
            $set: { reason: null },
          }),
        ]),
    ...(urgency === 'urgent' ? [change({ urgency: 'routine' }, { $set: { urgency } })] : []),
    ...(followUp ? [change({ followUp: { $exists: false } }, { $set: { followUp } })] : []),
  ];
}

const plannedOf = (
  { id, digestId, notBefore }: Pick<Delivery, 'id' | 'digestId' | 'notBefore'>,
  tells: boolean,
): Planned => ({ id, tells, ...given({ digestId, notBefore }) });
