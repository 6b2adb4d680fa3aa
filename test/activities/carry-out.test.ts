import { carryOut, giveUpClick } from '../../activities/notification/carry-out';
import { deliverOnce } from '../../activities/notification/deliver';
import { createIntake } from '../../intake';
import type { ClickAction } from '../../store';
import { rule, setRules, ticketEvent } from '../intake/desk';
import { person } from '../store/fixture';
import type { Company } from '../workflows/company';
import { openNotifiedCompany, type SentMessage } from './notified-company';

let company: Company;
let agentIds: string[];
let turn = 0;
beforeAll(async () => {
  company = await openNotifiedCompany();
  const { items } = await desk<{ items: { agentId: string; status: string }[] }>(
    'GET',
    '/agents?system=rest',
  );
  agentIds = items.filter(({ status }) => status === 'active').map(({ agentId }) => agentId);
});
afterAll(() => company?.close());

async function desk<T>(method: string, path: string, body?: object): Promise<T> {
  const systems = await fetch(`${company.ticketsUrl}/_control/ticket-systems`);
  const { items } = (await systems.json()) as { items: { id: string; kind: string }[] };
  const rest = items.find(({ kind }) => kind === 'rest')?.id ?? '';
  const response = await fetch(
    `${company.ticketsUrl}/_control${path.replace('system=rest', `system=${rest}`)}`,
    {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    },
  );
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

interface DeskTicket {
  ticketId: string;
  statusType: string;
  assigneeId: string | null;
  replies: { text: string; public: boolean }[];
}

/** A real ticket, its card sent to a real person who is bound to a real agent, and one click on it. */
async function clicked(action: ClickAction, text: string | null = null) {
  const { store, ports, dockingId } = company;
  const ticket = await desk<DeskTicket>('POST', '/tickets?system=rest', {
    title: 'Printer',
    priority: 'high',
    customer: 0,
  });
  const agentId = agentIds[0] ?? '';
  const somebody = (await company.people()).filter(({ status }) => status === 'active')[(turn += 1)];
  if (!somebody) throw new Error('the company has nobody left');
  await store.employees.bulkApply(dockingId, [
    person(somebody.openId, { mobile: `+8613900000${100 + turn}` }),
  ]);
  await store.bindings.bind({
    dockingId,
    employeeId: somebody.openId,
    agentId,
    method: 'manual',
    createdBy: 'test',
    replace: true,
  });
  await setRules(store, dockingId, [
    rule({
      triggers: ['ticket.created'],
      conditions: { all: [{ fact: 'ticket.title', operator: 'isNotEmpty', value: true }] },
      receivers: [{ role: 'agents', agentIds: [agentId] }],
    }),
  ]);
  const event = ticketEvent({ id: ticket.ticketId, assigneeId: null }, { type: 'ticket.created' });
  const docking = await store.dockings.require(dockingId);
  const taken = await createIntake(store, () => new Date()).take(docking, event, 'api');
  const [deliveryId = ''] = taken.deliveryIds;
  await deliverOnce(ports, dockingId, deliveryId, { pace: 'wait' });
  const clickId = `${deliveryId}:${action}`;
  await store.clicks.ask({
    id: clickId,
    dockingId,
    deliveryId,
    ticketId: ticket.ticketId,
    employeeId: somebody.openId,
    agentId,
    action,
    text,
    minutes: action === 'snooze' ? 30 : null,
    askedAt: new Date(),
  });
  return {
    clickId,
    agentId,
    ticket: () => desk<DeskTicket>('GET', `/tickets/${ticket.ticketId}`),
    card: async (): Promise<SentMessage> => {
      const query = `/messages?receiver=${somebody.openId}`;
      const { items } = await company.control<{ items: SentMessage[] }>('GET', query);
      const [message] = items;
      if (!message || items.length > 1) throw new Error(`${items.length} messages instead of one`);
      return message;
    },
  };
}

test('a claim makes the agent the assignee, and the card says so without a new bubble', async () => {
  const { clickId, agentId, ticket, card } = await clicked('claim');
  expect((await card()).content).toContain('"a\\":\\"claim'.replaceAll('\\', ''));
  expect(await carryOut(company.ports, clickId)).toBe('done');
  expect(await ticket()).toMatchObject({ assigneeId: agentId });
  expect((await card()).updates).toHaveLength(1);
  expect((await card()).updates[0]?.content).toContain('已领取');
});

test('a note is written once, however often the click is carried out, and is not kept here', async () => {
  const { clickId, ticket } = await clicked('reply', 'Called the customer');
  expect(await carryOut(company.ports, clickId)).toBe('noted');
  expect(await carryOut(company.ports, clickId)).toBe('noted');
  const { replies } = await ticket();
  expect(replies.filter((each) => each.text.includes('Called the customer'))).toMatchObject([
    { public: false },
  ]);
  expect((await company.store.clicks.get(clickId))?.text).toBeNull();
});

test('a close closes the ticket, and the card takes no more clicks', async () => {
  const { clickId, ticket, card } = await clicked('close');
  expect(await carryOut(company.ports, clickId)).toBe('done');
  expect((await ticket()).statusType).toBe('closed');
  expect((await card()).updates.at(-1)?.content).not.toContain('"callback"');
});

test.each([
  ['acknowledge', '已知晓'],
  ['snooze', '再次提醒'],
] as const)('%s concerns nobody but us: the ticket stays as it is', async (action, words) => {
  const { clickId, ticket, card } = await clicked(action);
  const before = await ticket();
  expect(await carryOut(company.ports, clickId)).toBe('done');
  expect(await ticket()).toEqual(before);
  expect((await card()).updates[0]?.content).toContain(words);
});

test('what the ticket system refuses is told on the card, and may be clicked again', async () => {
  const { clickId, ticket, card } = await clicked('claim');
  const { ticketId } = await ticket();
  await desk('POST', `/tickets/${ticketId}/act`, { action: 'assign', toAgentId: agentIds[1] });
  expect(await carryOut(company.ports, clickId)).toBe('refused');
  expect((await ticket()).assigneeId).toBe(agentIds[1]);
  expect((await card()).updates[0]?.content).toContain('未完成');
  expect(await company.store.clicks.get(clickId)).toMatchObject({ state: 'refused' });
});

test('a click that is given up is told on the card, and may be clicked again', async () => {
  const { clickId, ticket, card } = await clicked('close');
  expect(await giveUpClick(company.ports, clickId)).toBe('refused');
  expect((await ticket()).statusType).not.toBe('closed');
  expect((await card()).content).toContain('未完成：工单系统一小时内未响应，请重新点击');
  expect((await card()).content).toContain('"callback"');
});

test('giving up what was done after all takes nothing back', async () => {
  const { clickId, card } = await clicked('acknowledge');
  await company.store.clicks.settle(clickId, { state: 'done' });
  expect(await giveUpClick(company.ports, clickId)).toBe('done');
  expect((await card()).content).toContain('已知晓');
});

test('nothing is promised about a ticket that is done with: a snooze says so', async () => {
  const { clickId, ticket, card } = await clicked('snooze');
  const { ticketId } = await ticket();
  const docking = await company.store.dockings.require(company.dockingId);
  const closed = ticketEvent({ id: ticketId, statusType: 'closed' }, { type: 'ticket.closed' });
  await createIntake(company.store, () => new Date()).take(docking, closed, 'api');
  expect(await carryOut(company.ports, clickId)).toBe('refused');
  expect((await card()).content).toContain('未完成：工单已关闭');
});
