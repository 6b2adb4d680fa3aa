import { pino } from 'pino';
import { openStore, type Store } from '../../store';
import type { TicketSystem } from '../../tickets';
import { createTicketSystems } from '../../worker';
import { docking, openTestStore, type TestStore } from '../store/fixture';
import { startCompany, type Company } from './company';

const PER_SECOND = 5;
const AT_ONCE = 2;
const SILENT = pino({ level: 'silent' });

interface Log {
  routes: { route: string; count: number; codes: Record<string, number> }[];
  calls: { time: number; route: string }[];
}

let company: Company;
let database: TestStore;
/** What each worker process has of its own: its connection to the same database. */
let stores: Store[];
let dockingId: string;
beforeAll(async () => {
  [company, database] = await Promise.all([startCompany(), openTestStore()]);
  const { uri, masterKey } = database;
  stores = [await openStore({ uri, masterKey }), await openStore({ uri, masterKey })];
});
afterAll(async () => {
  await company.close();
  await Promise.all(stores.map((store) => store.close()));
  await database.end();
});
beforeEach(async () => {
  company.reset();
  const { baseUrl, appid, appKey, timezone } = company.sobot;
  const made = docking({ ticketSystem: { kind: 'sobot', baseUrl, appid: appid ?? '', timezone } });
  dockingId = made.id;
  await database.store.dockings.create(made, {
    appSecret: 'secret',
    pushToken: 'hush',
    ticketSystemKey: appKey ?? '',
  });
});

const workers = () => stores.map((store) => createTicketSystems(store, SILENT));
const log = (): Promise<Log> => company.control('GET', '/calls');

/** Every activity asks for the docking's ticket system, as activities do, and reads something. */
async function readSideBySide(systemsOf: ((id: string) => Promise<TicketSystem>)[], each: number) {
  const activities = systemsOf.flatMap((systemOf) => Array.from({ length: each }, () => systemOf));
  await Promise.all(activities.map(async (systemOf) => (await systemOf(dockingId)).listStatuses()));
}

test('all workers together stay within the calls a second and the calls at once', async () => {
  const slowMs = 150;
  await company.control('POST', '/faults', { path: '*', effect: 'delay', delayMs: slowMs });
  const startedAt = Date.now();
  await readSideBySide(workers(), 8);
  const times = (await log()).calls.map((call) => call.time - startedAt);
  expect(times).toHaveLength(17);
  // Of each call the soonest that the limits allow: a busy machine only makes it later, on either side of the wire.
  const isTooSoon = (after: number, index: number) =>
    after < Math.floor(index / PER_SECOND) * 1000 || after < Math.floor(index / AT_ONCE) * slowMs;
  expect(times.filter(isTooSoon)).toEqual([]);
});

test('one token serves all workers, also when the stored one has died', async () => {
  for (const round of [1, 2]) {
    for (const system of company.simulator.world.systems.values()) system.tokens = [];
    await readSideBySide(workers(), 2);
    const { routes } = await log();
    expect(routes.find(({ route }) => route === '/api/get_token')?.count).toBe(round);
  }
});

test('a pause that one worker was asked for holds the others too', async () => {
  const [one, other] = workers();
  await readSideBySide(
    [one, other].filter((systemOf) => systemOf !== undefined),
    1,
  );
  await company.control('POST', '/faults', { path: '*', effect: 'rate-limit', resetSeconds: 1, times: 1 });
  await expect((await one?.(dockingId))?.listStatuses()).rejects.toMatchObject({ code: 'rate-limited' });
  await (await other?.(dockingId))?.listStatuses();
  const [refused, after] = (await log()).calls.slice(-2);
  expect((after?.time ?? 0) - (refused?.time ?? 0)).toBeGreaterThanOrEqual(1000);
});

test('the adapter is kept until the docking changes, so that agents and statuses are read once', async () => {
  const [systemOf] = workers();
  const system = await systemOf?.(dockingId);
  expect(await systemOf?.(dockingId)).toBe(system);
  await company.control('PATCH', '/ticket-systems/sobot', { appKey: 'rotated' });
  await stores[0]?.dockings.setSecrets(dockingId, { ticketSystemKey: 'rotated' });
  const changed = await systemOf?.(dockingId);
  expect(changed).not.toBe(system);
  expect(await changed?.listStatuses()).not.toHaveLength(0);
});

test('a set-up mistake that stops nothing is in the log, with what to do about it', async () => {
  const { ticketSystem } = await database.store.dockings.require(dockingId);
  await database.store.dockings.patch(dockingId, { ticketSystem: { ...ticketSystem, timezone: 'UTC' } });
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const system = await createTicketSystems(database.store, log)(dockingId);
  const ticketId = company.sobot.ticketIds[0] ?? '';
  company.simulator.world.systems.get('sobot')?.tickets.forEach((ticket) => (ticket.updatedAt = Date.now()));
  const [actor] = [...(company.simulator.world.systems.get('sobot')?.agents.values() ?? [])];
  await system.act('key', ticketId, { kind: 'solve', actorAgentId: actor?.agentId ?? '' });
  expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual(
    expect.objectContaining({
      dockingId,
      warning: 'clock-zone-mismatch',
      nextStep: expect.stringContaining('time zone') as string,
    }),
  );
});
