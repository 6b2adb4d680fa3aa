/** Cards lead to their ticket, also where it came without a link. */
import { deliverOnce } from '../../activities/notification/deliver';
import type { Company } from '../workflows/company';
import { dueCard, openNotifiedCompany } from './notified-company';

let company: Company;
beforeAll(async () => {
  company = await openNotifiedCompany();
});
afterAll(() => company?.close());

async function linkOf(ticket: Parameters<typeof dueCard>[1], ticketUrlTemplate?: string): Promise<string> {
  const due = await dueCard(company, ticket);
  if (ticketUrlTemplate) {
    const { ticketSystem } = await company.store.dockings.require(due.dockingId);
    const linked = { ...ticketSystem, ticketUrlTemplate };
    await company.store.dockings.patch(due.dockingId, { ticketSystem: linked });
  }
  await deliverOnce(company.ports, due.dockingId, due.deliveryId, {});
  const [message] = await due.messages();
  return /"default_url":"([^"]*)"/.exec(message?.content ?? '')?.[1] ?? '';
}

test('a REST system tells how its tickets are linked; a ticket’s own link comes first', async () => {
  expect(await linkOf({ id: 't7', url: null })).toMatch(/^https:\/\/[^/]+\.example\/tickets\/t7$/);
  expect(await linkOf({ url: 'https://desk.example/own' })).toBe('https://desk.example/own');
});

test('what an admin entered comes before what the ticket system tells', async () => {
  expect(await linkOf({ id: 't7' }, 'https://desk.example/{id}/{code}')).toBe('https://desk.example/t7/T-1');
});
