/** What a card says of why it goes out, of the end of its ticket, and where it leads. */
import { cardModel } from '../../intake';
import type { Delivery, Docking, PlannedReceiver } from '../../store';
import { docking } from '../store/fixture';
import { ticketEvent } from './desk';

type Event = ReturnType<typeof ticketEvent>;
type Ticket = Event['ticket'];
type FollowUp = NonNullable<PlannedReceiver['followUp']>;

interface Told {
  events?: Event[];
  present?: Ticket;
  followUp?: FollowUp['kind'];
  delivery?: Partial<Pick<Delivery, 'id' | 'role' | 'agentId' | 'after'>>;
  at?: Docking;
}

function modelOf({ events = [ticketEvent()], present, followUp, delivery, at = docking() }: Told) {
  const receiver: PlannedReceiver = {
    ...{ role: 'assignee', agentId: 'a1', employeeId: 'ou_1', ruleIds: ['r1'], deliveryId: 'd1' },
    ...{ suppressedBy: null, detail: '' },
    ...(followUp ? { followUp: { kind: followUp, round: 1, of: 'd0' } } : {}),
  };
  const records = events.map((envelope) => ({ envelope, verdict: null, receivers: [receiver] }));
  const card = { id: 'd1', ruleIds: ['r1'], urgency: 'routine' as const, role: 'assignee', agentId: 'a1' };
  return cardModel(at, { ...card, ...delivery }, { records, present }, []);
}

test('the first card about an event says nothing of others', () => {
  expect(modelOf({}).occasion).toBeUndefined();
});

test.each([
  ['repeat', 'Reminder again', '再次提醒'],
  ['escalate', 'Escalation', '升级提醒'],
  ['unread', 'Unread reminder', '提醒未读'],
] as const)(
  'a card that is told because of %s says so, also where it goes on in a new one',
  (followUp, en, zh) => {
    expect(modelOf({ followUp }).occasion?.mark).toEqual({ en, zh });
    const successor = modelOf({ followUp, delivery: { id: 'd2', after: 'd1' } });
    expect(successor.occasion?.mark).toEqual({ en, zh });
  },
);

test('who is told instead of somebody who cannot be told hears that', () => {
  expect(modelOf({ delivery: { role: 'fallback:duty', agentId: 'a3' } }).occasion?.mark.en).toBe(
    'In place of somebody',
  );
});

test('such a card names who has the ticket, unless it is the one who is told', () => {
  const events = [ticketEvent({ assigneeId: 'a2', assigneeName: 'Wang' })];
  expect(modelOf({ events, followUp: 'escalate' }).occasion?.holder).toBe('Wang');
  const nobody = ticketEvent({ assigneeId: null });
  expect(modelOf({ events: [nobody], followUp: 'escalate' }).occasion?.holder).toBeNull();
  expect(modelOf({ followUp: 'repeat' }).occasion).not.toHaveProperty('holder');
});

test('a ticket that ended after the card is over; a rating of one that had ended is news', () => {
  const { ticket } = ticketEvent({ statusType: 'closed' });
  expect(modelOf({ present: ticket }).isOver).toBe(true);
  expect(modelOf({}).isOver).toBe(false);
  const closed = ticketEvent({ statusType: 'closed' }, { type: 'ticket.closed' });
  expect(modelOf({ events: [ticketEvent(), closed] }).isOver).toBe(true);
  const rated = ticketEvent({ statusType: 'closed' }, { type: 'ticket.rated' });
  expect(modelOf({ events: [rated] }).isOver).toBe(false);
});

test('without words of the ticket it is told by the kind of event and of status', () => {
  const events = [ticketEvent({ statusName: 'Their own status' })];
  expect(modelOf({ events }).stock).toEqual({
    headline: { en: 'Ticket assigned', zh: '工单已分配' },
    status: { en: 'New', zh: '未受理' },
  });
});

test('a ticket without a link gets that of its docking; one with a link keeps it', () => {
  const ticketUrlTemplate = 'https://desk.example/t/{id}?no={code}';
  const at = docking({ ticketSystem: { kind: 'rest', baseUrl: 'https://desk.example', ticketUrlTemplate } });
  expect(modelOf({ at, events: [ticketEvent({ id: 'a/b', url: null })] }).url).toBe(
    'https://desk.example/t/a%2Fb?no=T-1',
  );
  expect(modelOf({ at, events: [ticketEvent({ code: null })] }).url).toBeUndefined();
  const url = 'https://desk.example/own';
  expect(modelOf({ at, events: [ticketEvent({ url })] }).url).toBe(url);
});
