import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startSimulator } from '../../simulator';
import { at, eventsOf, startSession, type Session } from './http';

let session: Session;

beforeAll(async () => {
  session = await startSession({ seed: 'literal', employees: 40, departments: 6 });
});
beforeEach(() => session.reset());
afterAll(() => session.close());

async function ticketControl(method: string, path: string, body?: unknown): Promise<[number, unknown]> {
  const answer = await fetch(`${session.simulator.ticketsUrl}/_control${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return [answer.status, await answer.json()];
}

test('the simulator refuses to start in production', async () => {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await expect(startSimulator()).rejects.toThrow('NODE_ENV=production');
  } finally {
    process.env['NODE_ENV'] = before;
  }
});

test('an app takes its secret under the short name too', async () => {
  await session.set({ secret: 'another secret' });
  expect(at(await session.control('GET', `/apps/${session.appId}`), 'appSecret')).toBe('another secret');
});

test('a refused step of the life-cycle leaves the rest of the request undone', async () => {
  const refused = await session.call('PATCH', `/_control/apps/${session.appId}`, {
    name: 'Renamed',
    approveVersion: true,
  });
  expect([refused.status, at(refused.body, 'error.field')]).toEqual([409, 'versions']);
  expect(at(await session.control('GET', `/apps/${session.appId}`), 'name')).toBe('Tickets');
});

test('a wrong value of several possible kinds is answered with all of them', async () => {
  const refused = await session.call('PATCH', `/_control/apps/${session.appId}`, { status: 'weird' });
  expect(refused.status).toBe(400);
  expect(at(refused.body, 'error.field')).toBe('status');
  expect(at(refused.body, 'error.message')).toContain('"not-enabled"');
});

test('a known version keeps its number when only its status is given', async () => {
  const app = await session.control('GET', `/apps/${session.appId}`);
  const versionId = at<string>(app, 'versions.0.versionId');
  const changed = await session.set({ versions: [{ versionId, status: 3 }] });
  expect(at(changed, 'versions.0')).toMatchObject({ versionId, version: '1.0.1', status: 3 });
});

test('people join with a userId of the company’s choice, once', async () => {
  const made = await session.control('POST', '/people', { name: '王新', userId: 'wang.xin' });
  expect(at(made, 'userId')).toBe('wang.xin');
  const again = await session.call('POST', '/_control/people', { name: '王新', userId: 'wang.xin' });
  expect([again.status, at(again.body, 'error.field')]).toEqual([409, 'userId']);
  expect(await eventsOf(session, 'contact.user.created_v3')).toHaveLength(1);
});

test('a wider availability is announced to the app', async () => {
  const userId = at<string>(await session.control('GET', '/people'), 'items.3.userId');
  await session.set({ availability: { all: false, userIds: [userId] } });
  const [event] = await eventsOf(session, 'application.application.visibility.added_v6');
  expect(at(event, 'users.0.user_id')).toMatchObject({ user_id: userId });
});

test('both ports take a reset and move the same clock', async () => {
  const [status, made] = await ticketControl('POST', '/reset', { seed: 'other', employees: 7, agents: 5 });
  expect([status, at(made, 'tenants.0.employees')]).toEqual([200, 7]);
  expect(at<unknown[]>((await ticketControl('GET', '/agents'))[1], 'items')).toHaveLength(5);
  await ticketControl('POST', '/clock', { advanceSeconds: 600 });
  expect(at(await session.control('GET', '/clock'), 'offsetSeconds')).toBeCloseTo(600, 0);
});

test('agents leave, and bad groups and time zones are refused by name', async () => {
  const [, list] = await ticketControl('GET', '/agents?limit=2');
  expect(at(list, 'nextCursor')).toBe('2');
  const agentId = at<string>(list, 'items.0.agentId');
  const [, gone] = await ticketControl('DELETE', `/agents/${agentId}`);
  expect(at(gone, 'status')).toBe('deleted');
  const [refused, why] = await ticketControl('PATCH', `/agents/${agentId}`, { groupIds: ['nowhere'] });
  expect([refused, at(why, 'error.field')]).toEqual([400, 'groupIds']);
  const [zone, reason] = await ticketControl('PATCH', '/ticket-systems/sobot', { timezone: 'Mars/Base' });
  expect([zone, at(reason, 'error.field')]).toEqual([400, 'timezone']);
});

test('every switch of both sides is explained in the documentation', async () => {
  const page = readFileSync(join(__dirname, '../../docs/simulator.md'), 'utf8');
  const [, ofTickets] = await ticketControl('GET', '/switches');
  const names = [ofTickets, await session.control('GET', '/switches')].flatMap((one) =>
    Object.keys(one as object),
  );
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

describe('with a receiver that never answers well', () => {
  let server: Server;
  let tries = 0;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      tries++;
      response.writeHead(500).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  test('one jump over seven hours and a half brings all four redeliveries at their times', async () => {
    await session.set({ eventUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
    tries = 0;
    await session.control('POST', '/people', { name: '李四' });
    await session.control('POST', '/clock', { advanceSeconds: 7.5 * 3600 });
    expect(tries).toBe(5);
    const log = await session.control('GET', '/events?type=contact.user.created_v3');
    const attempts = at<{ time: number }[]>(log, 'items.0.attempts');
    const since = attempts.map((one) => Math.round((one.time - (attempts[0]?.time ?? 0)) / 1000));
    expect(since[4]).toBeGreaterThanOrEqual(15 + 300 + 3600 + 21_600);
    expect(since[4]).toBeLessThan(15 + 300 + 3600 + 21_600 + 20);
    expect(at(log, 'items.0.state')).toBe('failed');
  });
});
