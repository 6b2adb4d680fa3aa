/** What an event means for the cards of before: a source that tells little is understood all the same. */
import { planFollowUp, type Intake } from '../../intake';
import type { Timing } from '../../rules';
import type { Store } from '../../store';
import type { TicketEvent } from '../../tickets';
import { intakeAt, openDeskWithCard, ticketEvent } from './desk';

const NOW = new Date('2026-11-20T06:00:00Z');
const timing: Timing = { repeatEveryMinutes: 30 };

let store: Store;
let intake: Intake;
intakeAt(NOW, (ground) => ({ store, intake } = ground));

type Fields = Partial<Omit<TicketEvent, 'ticket'>>;
async function followed(ticket: object, fields: Fields) {
  const { docking, card } = await openDeskWithCard(store, intake, { timing });
  const taken = await intake.take(docking, ticketEvent({ version: 2, ...ticket }, fields), 'api');
  const { over } = await planFollowUp(store, card, 'repeat', 1, NOW);
  return { taken, over };
}
const given = (from: string | null, to: string | null): Fields => ({
  type: 'ticket.assigned_agent',
  changes: [{ field: 'assigneeId', from, to }],
});

test.each([
  ['from them to them', {}, given('a1', 'a1')],
  ['without a word about who had it', {}, { type: 'ticket.assigned_agent' }],
  ['with nothing but the new one', { priority: 'urgent' }, given(null, 'a1')],
] satisfies [string, object, Fields][])(
  'a ticket that is given to whoever has it, %s, is waited on as before',
  async (_what, ticket, fields) => {
    const { taken, over } = await followed(ticket, fields);
    expect(taken.settles).toBeNull();
    expect(over).toBe(false);
  },
);

test.each([
  ['and both are named', { assigneeId: 'a2' }, given('a1', 'a2')],
  ['and nobody is named', { assigneeId: 'a2' }, { type: 'ticket.assigned_agent' }],
  ['or to nobody', { assigneeId: null }, { type: 'ticket.unassigned' }],
] satisfies [string, object, Fields][])(
  'a ticket that is given to somebody else, %s, is waited on no more',
  async (_what, ticket, fields) => {
    const { taken, over } = await followed(ticket, fields);
    expect(taken).toMatchObject({ settles: 'reassigned', handOver: true });
    expect(over).toBe(true);
  },
);

test.each(['ticket.solved', 'ticket.closed', 'ticket.deleted'] as const)(
  '%s ends what is waited for, also without a status',
  async (type) => {
    const { taken, over } = await followed({ statusType: null }, { type });
    expect(taken).toMatchObject({ settles: 'closed', handOver: true, rechecks: [] });
    expect(over).toBe(true);
  },
);
