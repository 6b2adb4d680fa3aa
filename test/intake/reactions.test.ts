/** Who reacts in the ticket system is reminded no more, as after a click. */
import { planFollowUp, type Intake } from '../../intake';
import type { Timing } from '../../rules';
import type { Delivery, Docking, Store } from '../../store';
import type { TicketEvent } from '../../tickets';
import { intakeAt, openDesk, rule, setRules, ticketEvent } from './desk';

const NOW = new Date('2026-11-20T06:00:00Z');
const MINUTE = 60_000;
const after = (minutes: number): string => new Date(NOW.getTime() + minutes * MINUTE).toISOString();
const OVER = { over: true, deliveryIds: [] };
const KINDS = ['repeat', 'escalate', 'unread'] as const;

let store: Store;
let intake: Intake;
intakeAt(NOW, (ground) => ({ store, intake } = ground));

const timing: Timing = {
  repeatEveryMinutes: 30,
  escalateAfterMinutes: 60,
  escalateTo: [{ role: 'agents', agentIds: ['a2'] }],
};

type Fields = Partial<Omit<TicketEvent, 'ticket'>>;
interface Told {
  docking: Docking;
  card: Delivery;
  happens: (fields: Fields) => Promise<void>;
  isOver: () => Promise<boolean>;
}

/** `a1` has a card about an event of this moment. */
async function told(fields: Fields = {}): Promise<Told> {
  const { docking } = await openDesk(store, ['ou_1', 'ou_2']);
  await setRules(store, docking.id, [rule({ timing })]);
  const event = ticketEvent({ version: 1 }, { occurredAt: after(0), ...fields });
  const { deliveryIds } = await intake.take(docking, event, 'api');
  const [card] = await store.deliveries.getMany(deliveryIds);
  if (!card) throw new Error('no card was planned');
  return {
    docking,
    card,
    happens: async (next) => {
      await intake.take(docking, ticketEvent({ version: 2 }, { occurredAt: after(5), ...next }), 'api');
    },
    isOver: async () => (await planFollowUp(store, card, 'repeat', 1, NOW)).over,
  };
}

const assignee = { type: 'agent', id: 'a1' } as const;
const reply = (fields: Fields = {}): Fields => ({
  type: 'ticket.replied_by_agent',
  actor: assignee,
  reply: { public: true, attachments: [], mentionedAgentIds: [] },
  ...fields,
});

test.each([
  ['answers the customer', reply()],
  ['accepts the ticket', { type: 'ticket.accepted', actor: assignee }],
  ['is a colleague who answers', reply({ actor: { type: 'agent', id: 'a2' } })],
  [
    'answers, of which the source tells only what happened',
    reply({ actor: { type: 'system' }, reply: null }),
  ],
] satisfies [string, Fields][])('nobody is reminded further once somebody %s', async (_what, fields) => {
  const { card, happens, isOver } = await told();
  expect(await isOver()).toBe(false);
  await happens(fields);
  for (const kind of KINDS) expect(await planFollowUp(store, card, kind, 2, NOW)).toEqual(OVER);
});

test.each([
  ['an internal note', reply({ reply: { public: false, attachments: [], mentionedAgentIds: [] } })],
  ['what an automation writes', reply({ actor: { type: 'automation' } })],
  ['what the customer writes', { type: 'ticket.replied_by_customer' }],
  ['an answer of before', reply({ occurredAt: after(-5) })],
] satisfies [string, Fields][])('%s is no reaction', async (_what, fields) => {
  const { happens, isOver } = await told();
  await happens(fields);
  expect(await isOver()).toBe(false);
});

test('who gives a ticket away and writes to the customer that this was done has not reacted for the one who has it', async () => {
  const lead = { type: 'agent', id: 'a2' } as const;
  const { happens, isOver } = await told({ actor: lead, causeId: 'action-1' });
  await happens({ type: 'ticket.accepted', causeId: 'action-1', actor: { type: 'system' } });
  await happens(reply({ actor: lead }));
  expect(await isOver()).toBe(false);
  await happens(reply({ occurredAt: after(7) }));
  expect(await isOver()).toBe(true);
});

test('who answers and then asks to be reminded later is reminded', async () => {
  const { docking, card, happens, isOver } = await told();
  await happens(reply());
  await store.clicks.noteDone({
    ...{ id: 'click-1', dockingId: docking.id, deliveryId: card.id, ticketId: 't1', employeeId: 'ou_1' },
    ...{ agentId: 'a1', action: 'snooze', text: null, minutes: 60, askedAt: new Date(after(6)), by: 'ou_1' },
  });
  expect(await isOver()).toBe(false);
  await happens(reply({ occurredAt: after(8) }));
  expect(await isOver()).toBe(true);
});
