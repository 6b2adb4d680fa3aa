/** Events of one action of which some come before a person's digest and some after it: each is told once, in a card that is read. */
import { createNotificationActivities } from '../../activities/notification';
import { createIntake, type Taken } from '../../intake';
import type { Delivery, Preferences } from '../../store';
import type { TicketEvent } from '../../tickets';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { uniqueId } from '../store/fixture';
import type { Company } from '../workflows/company';
import { notifiedCompany, somebodyElse, spoilSends, type SentMessage } from './notified-company';

let company: Company;
notifiedCompany((opened) => (company = opened));

const HOUR = 3_600_000;
const hourly = { every: 'hour', at: null } as const;
const BOTH = 'Priority changed · Ticket assigned';

/** Somebody who wants a digest every hour, and a clock that the test sets. */
async function desk() {
  const { store, ports } = company;
  const dockingId = await company.freshDocking();
  const person = await somebodyElse(company);
  await seat(store, dockingId, [person.openId]);
  await setRules(store, dockingId, [
    rule(),
    rule({ id: 'r2', name: 'Priority', triggers: ['ticket.priority_changed'] }),
    rule({ id: 'r3', name: 'Reply', triggers: ['ticket.replied_by_customer'] }),
  ]);
  const wants = (digest: Preferences['digest']): Promise<unknown> =>
    store.preferences.put(dockingId, person.openId, {
      quietHours: null,
      language: 'en',
      timeZone: null,
      events: {},
      digest,
    });
  await wants(hourly);
  const docking = await store.dockings.require(dockingId);
  let moment = Date.now();
  const clock = (): Date => new Date(moment);
  const activities = createNotificationActivities(ports);
  const eventOf = (type: TicketEvent['type'], id = 't1'): TicketEvent =>
    ticketEvent({ id, code: id.toUpperCase() }, { eventId: uniqueId('ev'), type, causeId: `action-${id}` });
  const take = (event: TicketEvent, through = store): Promise<Taken> =>
    createIntake(through, clock).take(docking, event, 'api');
  const happens = async (type: TicketEvent['type'] = 'ticket.assigned_agent', id = 't1') => {
    const event = eventOf(type, id);
    return { ...(await take(event)), card: await cardOf(event.eventId) };
  };
  /** The delivery that tells the event, as its record says. */
  async function cardOf(eventId: string): Promise<Delivery> {
    const record = await store.events.get(dockingId, eventId);
    const card = await store.deliveries.get(record?.receivers[0]?.deliveryId ?? '');
    if (!card) throw new Error('no card is due');
    return card;
  }
  const messages = async (): Promise<SentMessage[]> =>
    (await company.control<{ items: SentMessage[] }>('GET', `/messages?receiver=${person.openId}`)).items;
  return {
    dockingId,
    activities,
    wants,
    happens,
    eventOf,
    take,
    cardOf,
    messages,
    tell: (card: Delivery) => activities.tellDigest(dockingId, card.digestId ?? '', null),
    anHourPasses: () => (moment += HOUR),
  };
}

test('events that come before the digest are one line that tells of all of them', async () => {
  const { happens, tell, messages } = await desk();
  const { card } = await happens();
  expect((await happens('ticket.priority_changed')).card.id).toBe(card.id);
  await tell(card);
  const [message, ...more] = await messages();
  expect(more).toEqual([]);
  expect(message?.content).toContain(BOTH);
  expect(message?.content).toContain('1 reminder');
});

test('events that come after the digest are one line of the next one, and the card that is out stays', async () => {
  const { happens, tell, messages, anHourPasses } = await desk();
  const first = await happens();
  await tell(first.card);
  anHourPasses();
  const late = await happens('ticket.priority_changed');
  const later = await happens('ticket.replied_by_customer');
  expect(late).toMatchObject({ handOver: false, deliveryIds: [] });
  expect(late.card).toMatchObject({ state: 'planned', reason: 'digest', after: first.card.id });
  expect(late.card.digestId).not.toBe(first.card.digestId);
  expect(later.card.id).toBe(late.card.id);
  expect(await company.store.digests.get(late.card.digestId ?? '')).toMatchObject({ state: 'waiting' });
  await tell(late.card);
  await tell(late.card);
  await tell(first.card);
  const sent = await messages();
  expect(sent).toHaveLength(2);
  expect(sent.flatMap(({ updates }) => updates)).toEqual([]);
  expect(sent.filter(({ content }) => content.includes('Ticket assigned'))).toHaveLength(1);
  expect(sent.filter(({ content }) => content.includes('Customer replied · Priority changed'))).toHaveLength(
    1,
  );
});

test('an event that comes while the digest is on its way is not promised to it', async () => {
  const { happens, tell, messages, anHourPasses } = await desk();
  const { card } = await happens();
  await spoilSends(company, { effect: 'drop-answer' });
  await expect(tell(card)).rejects.toThrow();
  const late = await happens('ticket.priority_changed');
  // The same hour: the digest goes out in one more round.
  expect(late.card).toMatchObject({ after: card.id, digestId: card.digestId });
  await tell(card);
  anHourPasses();
  const sent = await messages();
  expect(sent).toHaveLength(2);
  expect(sent.filter(({ content }) => content.includes('Priority changed'))).toHaveLength(1);
  // Once more, behind the second round.
  const last = await happens('ticket.replied_by_customer');
  expect(last.card).toMatchObject({ after: card.id });
  await tell(last.card);
  expect(await messages()).toHaveLength(3);
});

test('whoever asks for a digest in between sees the rest on the card that is out', async () => {
  const { happens, messages, wants, activities, dockingId } = await desk();
  await wants(null);
  const alone = await happens();
  expect(await activities.deliverAtOnce(dockingId, alone.deliveryIds)).toEqual({});
  await wants(hourly);
  const later = await happens('ticket.priority_changed');
  expect(later).toMatchObject({ handOver: true, deliveryIds: [alone.card.id] });
  await activities.deliverAtOnce(dockingId, later.deliveryIds);
  const [message, ...more] = await messages();
  expect(more).toEqual([]);
  expect(message?.content).toContain('Priority changed · Ticket assigned');
});

test('whoever wants no digest any more is told of the rest at once', async () => {
  const bundled = await desk();
  const first = await bundled.happens();
  await bundled.tell(first.card);
  await bundled.wants(null);
  const next = await bundled.happens('ticket.priority_changed');
  expect(next).toMatchObject({ handOver: true, deliveryIds: [next.card.id] });
  expect(next.card).toMatchObject({ after: first.card.id, reason: null });
  await bundled.activities.deliverAtOnce(bundled.dockingId, next.deliveryIds);
  const joined = await bundled.happens('ticket.replied_by_customer');
  expect(joined.deliveryIds).toEqual(next.deliveryIds);
  await bundled.activities.deliverAtOnce(bundled.dockingId, joined.deliveryIds);
  const sent = await bundled.messages();
  expect(sent).toHaveLength(2);
  expect(sent[1]?.content).toContain('Customer replied · Priority changed');
});

test('a kill before the card was written changes nothing: the sweep writes the same one', async () => {
  const { happens, tell, messages, anHourPasses, eventOf, take, cardOf, dockingId } = await desk();
  const { store } = company;
  const { card } = await happens();
  const event = eventOf('ticket.priority_changed');
  const killed = new Error('killed');
  const dying = { ...store, deliveries: { ...store.deliveries, plan: () => Promise.reject(killed) } };
  await expect(take(event, dying)).rejects.toThrow(killed);
  await tell(card);
  anHourPasses();
  await take(event);
  const late = await cardOf(event.eventId);
  expect(late).toMatchObject({ eventIds: [event.eventId], after: card.id, state: 'planned' });
  await take(event);
  await tell(late);
  expect(await messages()).toHaveLength(2);
  expect((await store.deliveries.list(dockingId, { ticketId: 't1' })).items).toHaveLength(2);
});

test('of events that meet the sending of their digest none is lost, and none is told twice', async () => {
  const { happens, tell, messages } = await desk();
  const ids = Array.from({ length: 12 }, (_one, index) => `t${index + 1}`);
  const [first] = await Promise.all(ids.map((id) => happens('ticket.assigned_agent', id)));
  if (!first) throw new Error('nothing happened');
  await Promise.all([tell(first.card), ...ids.map((id) => happens('ticket.priority_changed', id))]);
  await tell(first.card);
  const told = (await messages()).map(
    ({ content }) => new Set([...content.matchAll(/#(T\d+) [^"]*Priority changed/g)].map(([, code]) => code)),
  );
  expect(new Set(told.flatMap((codes) => [...codes])).size).toBe(ids.length);
  expect(told.reduce((sum, codes) => sum + codes.size, 0)).toBe(ids.length);
});
