import { DateTime } from 'luxon';
import type { TicketSystem } from '../../tickets';
import { startCompany, until, type Company } from './company';

const LIST = '/api/ws/5/ticket/query_tickets_by_update_time';
const MINUTE = 60_000;

let company: Company;
let system: TicketSystem;
beforeAll(async () => {
  company = await startCompany();
});
afterAll(() => company.close());
beforeEach(() => {
  company.reset();
  system = company.sobotSystem();
});

const at = (ms: number): string => new Date(ms).toISOString();
const newTicket = async (): Promise<string> =>
  (await company.control<{ ticketId: string }>('POST', '/tickets?system=sobot', {})).ticketId;
const raise = (ticketId: string): Promise<unknown> =>
  company.control('POST', `/tickets/${ticketId}/act`, { action: 'set_priority', priority: 'urgent' });
async function listings(): Promise<number> {
  const { routes } = await company.control<{ routes: { route: string; count: number }[] }>('GET', '/calls');
  return routes.find(({ route }) => route === LIST)?.count ?? 0;
}

/** Sixty tickets, one changed after the other. */
async function sixtyTickets(): Promise<{ ids: string[]; since: string }> {
  company.simulator.world.clock.advance(3600);
  const since = at(company.clock.now());
  const ids: string[] = [];
  for (let i = 0; i < 60; i++) {
    company.simulator.world.clock.advance(180);
    ids.push(await newTicket());
  }
  return { ids, since };
}

/** Polls, and lets something happen when the second page is asked for and not yet made. */
async function polledWhile(since: string, happen: () => Promise<unknown>): Promise<string[]> {
  await company.control('POST', '/faults', { path: LIST, effect: 'delay', delayMs: 200, times: 2 });
  const polling = system.listChangedTickets(since);
  await until(async () => (await listings()) === 2);
  await happen();
  return (await polling).hints.map(({ ticketId }) => ticketId);
}

test('a ticket that slips from one page to another while they are read is not lost, though the total stays', async () => {
  await company.control('PATCH', '/switches', { listOrder: 'changed' });
  const { ids, since } = await sixtyTickets();
  // The first of page one becomes the last of page two, and so the first of page two the last of page one.
  const found = await polledWhile(since, () => raise(ids[0] ?? ''));
  expect(found.sort()).toEqual([...ids].sort());
  expect(await listings()).toBe(4);
});

test('the window is read again when the total moves meanwhile', async () => {
  const { ids, since } = await sixtyTickets();
  let late = '';
  const found = await polledWhile(since, async () => {
    late = await newTicket();
  });
  expect(found.sort()).toEqual([...ids, late].sort());
  expect(await listings()).toBe(4);
});

test('what changed up to two minutes before the mark is found again, earlier changes are not', async () => {
  const early = await newTicket();
  company.simulator.world.clock.advance(180);
  const overlapping = await newTicket();
  company.simulator.world.clock.advance(60);
  const { hints } = await system.listChangedTickets(at(company.clock.now()));
  const found = hints.map(({ ticketId }) => ticketId);
  expect(found).toContain(overlapping);
  expect(found).not.toContain(early);
});

test('a clock of ours that is behind by less than a minute hides nothing', async () => {
  const now = company.clock.now();
  const behind = company.sobotSystem({}, { clock: { ...company.clock, now: () => now - 50_000 } });
  const ticketId = await newTicket();
  const { hints } = await behind.listChangedTickets(at(now - MINUTE));
  expect(hints.map((hint) => hint.ticketId)).toContain(ticketId);
});

/** When 01:58 comes for the first time in the next night that has it twice. */
function nextRepeatedHour(zone: string): number {
  let hour = DateTime.fromMillis(company.clock.now(), { zone }).startOf('hour');
  while (hour.plus({ hours: 1 }).offset >= hour.offset) hour = hour.plus({ hours: 1 });
  return hour.plus({ minutes: 58 }).toMillis();
}

test('in the hour that comes twice, when clocks are set back, polling goes on and finds what changed', async () => {
  const timezone = 'America/Los_Angeles';
  await company.control('PATCH', '/ticket-systems/sobot', { timezone });
  const { clock } = company.simulator.world;
  clock.advance((nextRepeatedHour(timezone) - clock.now()) / 1000);
  system = company.sobotSystem({ timezone });
  for (const minutes of [0, 1, 2, 2, 30, 26, 2]) {
    const mark = at(clock.now());
    clock.advance(minutes * 60);
    const ticketId = await newTicket();
    const { hints } = await system.listChangedTickets(mark);
    expect(hints.map((hint) => hint.ticketId)).toContain(ticketId);
  }
});
