/** What became of a click is on its card as long as it is true of the ticket; after that the card is one of any such ticket. */
import { createNotificationActivities } from '../../activities/notification';
import { createIntake } from '../../intake';
import type { ClickAction } from '../../store';
import type { TicketEvent } from '../../tickets';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { uniqueId, versioned } from '../store/fixture';
import type { Company } from '../workflows/company';
import { openNotifiedCompany, type SentMessage } from './notified-company';

const CLAIM = '"a":"claim"';
const CLOSE = '"a":"close"';
const HOUR_MS = 3_600_000;

let company: Company;
let nobodyElse = 0;
beforeAll(async () => {
  company = await openNotifiedCompany();
});
afterAll(() => company?.close());

type TicketFields = NonNullable<Parameters<typeof ticketEvent>[0]>;
interface Outcome {
  state?: 'done' | 'refused' | 'unknown';
  reason?: string;
}

const FREE: TicketFields = { assigneeId: null, statusType: 'new' };
const THEIRS: TicketFields = { assigneeId: 'a1', statusType: 'in_progress' };
const OTHERS: TicketFields = { assigneeId: 'a2', statusType: 'in_progress' };
const CLOSED: TicketFields = { assigneeId: 'a1', statusType: 'closed' };

/** The card that `a1` got because of this event; every event of the ticket has the next version. */
async function cardOf(
  receivers: 'agents' | 'assignee' = 'agents',
  ticket: TicketFields = FREE,
  timing: Parameters<typeof rule>[0] = {},
) {
  const { store, ports } = company;
  const dockingId = await company.freshDocking();
  const active = (await company.people()).filter(({ status }) => status === 'active');
  const people = active.slice(nobodyElse, (nobodyElse += 2)).map(({ openId }) => openId);
  const [employeeId = ''] = people;
  await seat(store, dockingId, people);
  await setRules(store, dockingId, [
    rule({
      triggers: ['ticket.created', 'ticket.replied_by_customer'],
      conditions: { all: [{ fact: 'ticket.title', operator: 'isNotEmpty', value: true }] },
      receivers: [receivers === 'agents' ? { role: 'agents', agentIds: ['a1'] } : { role: 'assignee' }],
      ...timing,
    }),
  ]);
  const docking = await store.dockings.require(dockingId);
  const ticketId = uniqueId('t');
  let version = 0;
  const activitiesAt = (now: () => Date) => createNotificationActivities({ ...ports, now });
  const activities = activitiesAt(() => new Date());
  const happens = async (type: TicketEvent['type'], fields: TicketFields) => {
    version += 1;
    const event = ticketEvent({ id: ticketId, version, ...fields }, { type, causeId: 'action-1' });
    const taken = await createIntake(store, () => new Date()).take(docking, event, 'api');
    const tried = await activities.deliverAtOnce(dockingId, taken.deliveryIds);
    if (taken.refreshes.length > 0) await activities.refreshCards(dockingId, taken.refreshes);
    return { ...taken, tried };
  };
  const { deliveryIds } = await happens('ticket.created', ticket);
  const [deliveryId = ''] = deliveryIds;
  /** Clicked and carried out; of the ticket's own events none has told that yet. */
  const clicked = async (action: ClickAction, { state = 'done', reason }: Outcome = {}) => {
    const id = `${deliveryId}:${action}`;
    const about = { dockingId, deliveryId, ticketId, employeeId, agentId: 'a1', text: null, minutes: null };
    await store.clicks.ask({ id, ...about, action, askedAt: new Date() });
    version += 1;
    const order = versioned(state === 'done' ? version : null);
    await store.clicks.settle(id, { state, reason: reason ?? null, order });
    await activities.carryOutClick(id);
  };
  const card = async (): Promise<string> => {
    const { items } = await company.control<{ items: SentMessage[] }>(
      'GET',
      `/messages?receiver=${employeeId}`,
    );
    const [message, ...more] = items;
    if (!message || more.length > 0) throw new Error(`${more.length + 1} messages instead of one`);
    return message.content;
  };
  const shownAt = async (ms: number): Promise<string> => {
    const later = activitiesAt(() => new Date(Date.now() + ms));
    expect(await later.refreshCards(dockingId, [deliveryId])).toMatchObject({ changed: 1 });
    return card();
  };
  return { dockingId, deliveryId, happens, clicked, card, shownAt };
}

test.each([
  ['nobody’s', 'agents', FREE],
  ['somebody else’s', 'agents', OTHERS],
  ['somebody else’s', 'assignee', OTHERS],
] as const)(
  'a ticket that was claimed and is %s again is not claimed on the card of %s',
  async (_whose, role, after) => {
    const { happens, clicked, card } = await cardOf(role, role === 'agents' ? FREE : THEIRS);
    await clicked('claim');
    expect(await card()).toContain('已领取');
    await happens('ticket.assigned_agent', THEIRS);
    expect(await card()).toContain('已领取');
    expect(await card()).not.toContain(CLAIM);
    await happens('ticket.unassigned', after);
    expect(await card()).not.toContain('已领取');
    expect((await card()).includes(CLAIM)).toBe(after === FREE);
    expect((await card()).includes('已转交')).toBe(role === 'assignee');
  },
);

test('a ticket that was closed and is open again has its buttons back, and may be closed and opened again', async () => {
  const { happens, clicked, card } = await cardOf('assignee', THEIRS);
  await clicked('close');
  expect(await card()).toContain('已关闭');
  await happens('ticket.closed', CLOSED);
  expect(await card()).not.toContain('"callback"');
  await happens('ticket.reopened', THEIRS);
  expect(await card()).not.toContain('已关闭');
  expect(await card()).toContain(CLOSE);
  await happens('ticket.closed', CLOSED);
  expect(await card()).not.toContain('"callback"');
  await happens('ticket.reopened', THEIRS);
  expect(await card()).toContain(CLOSE);
});

test.each([
  ['claim', 'unsupported'],
  ['snooze', 'ticket-closed'],
] as const)(
  '%s that was refused because the ticket was closed is not told any more once it is open',
  async (action, reason) => {
    const { happens, clicked, card } = await cardOf();
    await happens('ticket.closed', CLOSED);
    await clicked(action, { state: 'refused', reason });
    expect(await card()).toContain('未完成');
    await happens('ticket.reopened', FREE);
    expect(await card()).not.toContain('未完成');
    expect(await card()).toContain(CLAIM);
  },
);

test('a refusal stays on the card while its reason does, and until the ticket tells something newer', async () => {
  const { happens, clicked, card, shownAt } = await cardOf();
  // The ticket system knows that it is closed; its event is still to come.
  await clicked('claim', { state: 'refused', reason: 'unsupported' });
  expect(await card()).toContain('未完成');
  expect(await shownAt(0)).toContain('未完成');
  await happens('ticket.closed', CLOSED);
  expect(await card()).toContain('未完成');
});

test('who was too late for a ticket is not told so any more once nobody has it', async () => {
  const { happens, clicked, card } = await cardOf();
  await clicked('claim', { state: 'refused', reason: 'stale' });
  await happens('ticket.assigned_agent', OTHERS);
  expect(await card()).toContain('未完成：工单已被他人处理');
  await happens('ticket.unassigned', FREE);
  expect(await card()).not.toContain('未完成');
  expect(await card()).toContain(CLAIM);
});

test.each(['refused', 'unknown'] as const)(
  '%s or not: what the ticket shows as done is not told as undone',
  async (state) => {
    const { happens, clicked, card } = await cardOf();
    await clicked('claim', { state, reason: state === 'unknown' ? 'unknown-outcome' : 'gave-up' });
    expect(await card()).toContain('未完成');
    await happens('ticket.assigned_agent', THEIRS);
    expect(await card()).not.toContain('未完成');
  },
);

describe('a snoozed card', () => {
  test('says when it reminds until that moment', async () => {
    const { clicked, shownAt } = await cardOf();
    await clicked('snooze');
    expect(await shownAt(HOUR_MS / 2)).toContain('再次提醒');
    const after = await shownAt(HOUR_MS);
    expect(after).not.toContain('再次提醒');
    expect(after).toContain('"a":"snooze"');
  });

  test('of a ticket that was closed meanwhile does not say so, also when it is open again', async () => {
    const { happens, clicked, card } = await cardOf('assignee', THEIRS);
    await clicked('snooze');
    await happens('ticket.closed', CLOSED);
    expect(await card()).not.toContain('再次提醒');
    await happens('ticket.reopened', THEIRS);
    expect(await card()).not.toContain('再次提醒');
    expect(await card()).toContain('"a":"snooze"');
  });

  test('of somebody who has the ticket no more says that it was passed on', async () => {
    const { happens, clicked, card } = await cardOf('assignee', THEIRS);
    await clicked('snooze');
    await happens('ticket.assigned_agent', OTHERS);
    expect(await card()).not.toContain('再次提醒');
    expect(await card()).toContain('已转交');
  });

  test('stays so through events that change nothing about it', async () => {
    const { happens, clicked, card } = await cardOf('assignee', THEIRS);
    await clicked('snooze');
    await happens('ticket.priority_changed', { ...THEIRS, priority: 'urgent' });
    expect(await card()).toContain('再次提醒');
  });
});

test('an acknowledgement stays on its card whatever becomes of the ticket', async () => {
  const { happens, clicked, card } = await cardOf('assignee', THEIRS);
  await clicked('acknowledge');
  await happens('ticket.closed', CLOSED);
  await happens('ticket.reopened', THEIRS);
  expect(await card()).toContain('已知晓');
});

test('whoever is told more of a ticket that somebody had claimed, and has no more, is reminded again', async () => {
  const { happens, clicked } = await cardOf('agents', FREE, { timing: { repeatEveryMinutes: 30 } });
  await clicked('claim');
  await happens('ticket.assigned_agent', THEIRS);
  expect((await happens('ticket.replied_by_customer', THEIRS)).tried.followUps ?? []).toEqual([]);
  await happens('ticket.unassigned', FREE);
  expect((await happens('ticket.replied_by_customer', FREE)).tried.followUps).toHaveLength(1);
});

test.each([
  ['reply', '已添加备注'],
  ['acknowledge', '已知晓'],
] as const)(
  'a card that says %s says who has the ticket once it is passed on, and takes no more clicks',
  async (action, said) => {
    const { happens, clicked, card } = await cardOf('assignee', THEIRS);
    await clicked(action);
    await happens('ticket.assigned_agent', { ...OTHERS, assigneeName: 'Wang' });
    expect(await card()).toContain('已转交（Wang）');
    expect(await card()).toContain(said);
    expect(await card()).not.toContain('"callback"');
  },
);

test('so does a card on which a note was left after that', async () => {
  const { happens, clicked, card } = await cardOf('assignee', THEIRS);
  await happens('ticket.assigned_agent', { ...OTHERS, assigneeName: 'Wang' });
  await clicked('reply');
  expect(await card()).toContain('已转交（Wang）');
  expect(await card()).toContain('已添加备注');
  expect(await card()).not.toContain('"callback"');
});

test('a card of a ticket that is closed or solved in the ticket system is grey, and promises no later', async () => {
  for (const statusType of ['closed', 'solved'] as const) {
    const { happens, card } = await cardOf('assignee', THEIRS);
    expect(await card()).not.toContain('"template":"grey"');
    await happens('ticket.status_changed', { ...THEIRS, statusType });
    expect(await card()).toContain('"template":"grey"');
    expect(await card()).not.toContain('"a":"snooze"');
    await happens('ticket.reopened', THEIRS);
    expect(await card()).not.toContain('"template":"grey"');
    expect(await card()).toContain('"a":"snooze"');
  }
});
