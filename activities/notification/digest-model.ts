/** What a digest says: one line per card that it carries, each ticket as it is by now. */
import { cardModel } from '../../intake';
import type { DigestCardModel, DigestLine } from '../../feishu';
import type { Delivery, Docking, EventRecord, Store } from '../../store';
import type { Ticket } from '../../tickets';
import { eventsOf } from './present-card';

/** More are not looked up: a digest shows no more than these, and counts the others. */
const SHOWN = 30;

/** The same in every card's history, so that a send whose answer was lost is found again. At most 20 characters. */
export const digestMarker = ({ id }: Pick<Delivery, 'id'>): string =>
  `d_${id.replace(/^dl-/, '').slice(0, 18)}`;

/** Solved and closed tickets are listed too: what happened did happen, and their line says how they stand. */
export async function digestModel(
  store: Store,
  docking: Docking,
  carrier: Delivery,
): Promise<DigestCardModel> {
  const members = await store.deliveries.getMany(carrier.bundles?.deliveryIds ?? []);
  members.sort((a, b) => a.plannedAt.getTime() - b.plannedAt.getTime() || a.id.localeCompare(b.id));
  const shown = members.slice(0, SHOWN);
  const [records, tickets, preferences] = await Promise.all([
    Promise.all(shown.map((member) => eventsOf(store, member))),
    presentTickets(store, docking.id, shown),
    store.preferences.get(docking.id, carrier.employeeId),
  ]);
  const line = (member: Delivery, index: number): DigestLine => {
    const told = records[index] ?? [];
    return told.length > 0
      ? lineOf(docking, member, told, tickets.get(member.ticketId))
      : unknownLine(member);
  };
  return {
    ...(preferences?.language ? { language: preferences.language } : {}),
    marker: digestMarker(carrier),
    headline: { en: 'Your reminders', zh: '提醒汇总' },
    lines: members.map(line),
    why: { en: 'You asked for a digest', zh: '您选择了汇总提醒' },
    url: docking.homepageUrl,
  };
}

async function presentTickets(
  store: Store,
  dockingId: string,
  members: readonly Delivery[],
): Promise<Map<string, Ticket>> {
  const ids = [...new Set(members.map(({ ticketId }) => ticketId))];
  const known = await Promise.all(ids.map((ticketId) => store.tickets.get(dockingId, ticketId)));
  return new Map(known.flatMap((one) => (one ? [[one.ticketId, one.snapshot as Ticket] as const] : [])));
}

function lineOf(
  docking: Docking,
  member: Delivery,
  records: readonly EventRecord[],
  present: Ticket | undefined,
): DigestLine {
  const { headline, stock, ticketNumber, title, status, priority, url } = cardModel(
    docking,
    member,
    { records, present },
    [],
  );
  return { headline, stock, ticketNumber, title, status, priority, url };
}

/** Counted only. */
const unknownLine = ({ ticketId }: Delivery): DigestLine => ({
  ticketNumber: ticketId,
  title: '',
  headline: '',
});
