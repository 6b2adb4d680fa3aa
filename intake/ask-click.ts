/** Which clicks are the same wish. A wish is carried out once, and may be made again when the ticket has moved on. */
import { createHash } from 'node:crypto';
import type { ClickRecord, Delivery, NewClick, Store } from '../store';
import { outlivedSince } from './click-outcomes';

/** What the platform brings a click with. It may bring the same one again for hours. */
export interface Callback {
  eventId: string;
  /** When the person clicked, by the platform's clock. */
  madeAt: Date;
}

export interface AskedClick {
  /** False for a repetition: `click` is what it repeats. */
  fresh: boolean;
  click: ClickRecord;
  /** It was made on the state of before, which `click` belongs to. */
  late?: true;
}

/**
 * Durable when it resolves. One action on one card is one record as long as what became of it is true of the ticket; after that
 * the next click is a record of its own, under the next number, which only one of several at once can write.
 */
export async function askClick(
  store: Store,
  card: Delivery,
  wish: Omit<NewClick, 'id'>,
  { eventId, madeAt }: Callback,
  now: Date,
): Promise<AskedClick> {
  const { dockingId, ticketId, id: deliveryId } = card;
  const [onCard, known] = await Promise.all([
    store.clicks.onCards(dockingId, ticketId, [deliveryId]),
    store.tickets.get(dockingId, ticketId),
  ]);
  const made = numbered(onCard, deliveryId, wish);
  const before = made.find(({ callbacks }) => callbacks?.includes(eventId));
  if (before) return { fresh: false, click: before };
  const last = made.at(-1);
  const over = last ? outlivedSince(last, card, known, now) : null;
  if (last && over && madeAt < over) return { fresh: false, click: last, late: true };
  const number = over ? made.length + 1 : Math.max(made.length, 1);
  return store.clicks.ask({ ...wish, id: clickIdOf(deliveryId, wish, number) }, eventId);
}

/** By number. Those of operators have no number and repeat nothing. */
function numbered(
  onCard: readonly ClickRecord[],
  deliveryId: string,
  wish: Pick<NewClick, 'action' | 'text'>,
): ClickRecord[] {
  const byId = new Map(onCard.map((click) => [click.id, click]));
  const made: ClickRecord[] = [];
  for (;;) {
    const next = byId.get(clickIdOf(deliveryId, wish, made.length + 1));
    if (!next) return made;
    made.push(next);
  }
}

/** Card and action; for a note its text too, because several different notes are several wishes. */
function clickIdOf(
  deliveryId: string,
  { action, text }: Pick<NewClick, 'action' | 'text'>,
  number: number,
): string {
  const words = text === null ? [] : [createHash('sha256').update(text).digest('hex').slice(0, 16)];
  return [deliveryId, action, ...words, ...(number > 1 ? [number] : [])].join(':');
}
