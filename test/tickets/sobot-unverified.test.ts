/** What no source tells for certain: the adapter must get along with either answer. */
import type { TicketAction, TicketSystem } from '../../tickets';
import type { Company } from './company';
import { sobotCompany } from './sobot-company';

let company: Company;
let system: TicketSystem;
const { switched, newTicket, inside, activeAgents } = sobotCompany(
  (ground) => ({ company, system } = ground),
);

const act = (ticketId: string, action: Omit<TicketAction, 'actorAgentId'>) =>
  system.act('key', ticketId, { actorAgentId: activeAgents()[0]?.agentId ?? '', ...action });

test.each([true, false])(
  'the owner stays when something else is written, omission clears: %s',
  async (clears) => {
    await switched({ omittedAssigneeClears: clears });
    const owner = activeAgents()[1];
    const ticketId = await newTicket({ agentId: owner?.agentId, groupId: owner?.groupIds[0] });
    const { agentId, groupId } = inside(ticketId);
    for (const action of [
      { kind: 'reply', text: 'hello' },
      { kind: 'solve' },
      { kind: 'set_priority', priority: 'low' },
    ] as const) {
      expect(await act(ticketId, action)).toMatchObject({ state: 'done' });
    }
    expect(inside(ticketId)).toMatchObject({ agentId, groupId });
    expect(agentId).toBe(owner?.agentId);
  },
);

test.each([
  [true, { state: 'done', ticket: { statusType: 'in_progress' } }],
  [false, { state: 'refused', code: 'ticket-closed' }],
])('reopening a closed ticket, closed tickets take writes: %s', async (takes, expected) => {
  const ticketId = await newTicket();
  await act(ticketId, { kind: 'close' });
  await switched({ closedTicketsTakeWrites: takes });
  expect(await act(ticketId, { kind: 'reopen' })).toMatchObject(expected);
});

test.each([true, false])(
  'a write in the second of the last change, the equal second is fresh: %s',
  async (fresh) => {
    await switched({ equalStampIsFresh: fresh });
    const ticketId = await newTicket();
    await company.control('POST', `/tickets/${ticketId}/act`, { action: 'set_priority', priority: 'high' });
    expect(await act(ticketId, { kind: 'solve' })).toMatchObject({ state: 'done' });
  },
);

test.each([0, 600])('old tokens that live on for %s seconds', async (oldTokenGraceSeconds) => {
  await switched({ oldTokenGraceSeconds });
  const stranger = company.sobotSystem();
  for (const one of [system, stranger, system, stranger]) expect(await one.listStatuses()).not.toEqual([]);
});

test.each(['active', 'inactive'])('a new agent is %s', async (newAgentStatus) => {
  await switched({ newAgentStatus });
  const draft = { name: 'New Colleague', email: 'new@corp.example', groupIds: [] };
  const { agentId } = await system.createAgent('key', draft);
  expect(await company.sobotSystem().findAgent({ id: agentId })).toMatchObject([{ state: newAgentStatus }]);
});
