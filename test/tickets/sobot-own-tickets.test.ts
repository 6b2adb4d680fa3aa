/** Tickets that an agent opens in Sobot itself. */
import { createHash } from 'node:crypto';
import type { TicketSystem } from '../../tickets';
import type { Company } from './company';
import { sobotCompany } from './sobot-company';

let company: Company;
let system: TicketSystem;
const { activeAgents } = sobotCompany((ground) => ({ company, system } = ground));

/** Opened by an agent of theirs, at Sobot's own door, who may give it to somebody at once. */
async function ticketOf(agentId: string, name: string): Promise<string> {
  const inside = company.simulator.world.systems.get('sobot');
  const { baseUrl, appid = '', appKey = '' } = company.sobot;
  const create_time = String(Math.floor(company.clock.now() / 1000));
  const sign = createHash('md5').update(`${appid}${create_time}${appKey}`).digest('hex');
  const query = new URLSearchParams({ appid, create_time, sign });
  const asked = await fetch(`${baseUrl}/api/get_token?${String(query)}`);
  const { item } = (await asked.json()) as { item: { token: string } };
  const made = await fetch(`${baseUrl}/api/ws/5/ticket/save_agent_ticket`, {
    method: 'POST',
    headers: { token: item.token, 'content-type': 'application/json' },
    body: JSON.stringify({
      companyid: inside?.companyId,
      ticket_title: 'Mine',
      ticket_content: 'Noted on the phone',
      ticket_from: '13',
      ticket_typeid: inside?.categories[0]?.categoryId,
      create_agentid: agentId,
      create_agent_name: name,
      ticket_status: '0',
      ticket_level: '0',
      deal_agentid: agentId,
    }),
  });
  const { item: ticket } = (await made.json()) as { item: { ticketid: string } };
  return ticket.ticketid;
}

test('an agent who opens a ticket for themselves is the one who assigned it', async () => {
  system = company.sobotSystem({ liveSince: new Date(company.clock.now() - 60_000).toISOString() });
  const [owner] = activeAgents();
  const ticketId = await ticketOf(owner?.agentId ?? '', owner?.name ?? '');
  const { events } = await system.hydrate({ ticketId, source: 'poll' }, null);
  const assigned = events.find((event) => event.type === 'ticket.assigned_agent');
  expect(assigned?.ticket.assigneeId).toBe(owner?.agentId);
  expect(assigned?.actor).toMatchObject({ type: 'agent', id: owner?.agentId });
  expect(new Set(events.map(({ causeId }) => causeId)).size).toBe(1);
});
