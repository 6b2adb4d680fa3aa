import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Table from 'cli-table3';
import { startSimulator } from '../simulator';
import type { Load, LoadResult } from './simulator-load';
import { measureMemory } from './simulator-memory';

interface Row extends LoadResult {
  what: string;
  /** Requests per second of this process's CPU time: what one core can do. */
  perCpuSecond: number;
}

const SECONDS = 4;
const CONNECTIONS = 32;

function makeLoad(load: Load): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'simulator-load.js'));
    child.once('message', (result) => resolve(result as LoadResult));
    child.once('error', reject);
    child.once('exit', (code) => code !== 0 && reject(new Error(`the load ended with ${code}`)));
    child.send(load);
  });
}

async function measure(
  what: string,
  url: string,
  request: { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string } = {},
): Promise<Row> {
  const { method = 'GET', headers = {}, body = '' } = request;
  const load = { url, method, headers, body, connections: CONNECTIONS };
  await makeLoad({ ...load, seconds: 1 });
  const before = process.cpuUsage();
  const result = await makeLoad({ ...load, seconds: SECONDS });
  const used = process.cpuUsage(before);
  return { what, ...result, perCpuSecond: (result.requests * 1e6) / (used.user + used.system) };
}

/** The least a Node server can do: it sends a text of this length that it has at hand. */
async function bareServer(what: string, length: number): Promise<Row> {
  const answer = JSON.stringify({ code: 0, msg: 'ok', data: 'x'.repeat(length) });
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const row = await measure(what, `http://127.0.0.1:${port}/`);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return row;
}

async function readJson<T>(url: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(url, { ...init, headers: { 'content-type': 'application/json' } });
  return (await response.json()) as T;
}

/** Requests per second of the simulated platform beside a bare Node server, measured in one run. */
export async function run(): Promise<void> {
  const rows = [
    await bareServer('bare node:http, 0.1 KB', 100),
    await bareServer('bare node:http, 55 KB', 55_000),
  ];
  const simulator = await startSimulator({ employees: 10_000, departments: 200 });
  const { url } = simulator;
  await readJson(`${url}/_control/switches`, {
    method: 'PATCH',
    body: JSON.stringify({ rateLimits: 'off' }),
  });
  const apps = await readJson<{ items: { appId: string; appSecret: string }[] }>(`${url}/_control/apps`);
  const people = await readJson<{ items: { openId: string; departmentIds: string[] }[] }>(
    `${url}/_control/people?limit=1000&status=active`,
  );
  const app = apps.items[0];
  const person = people.items.find((one) => one.departmentIds[0] !== '0');
  if (!app || !person) throw new Error('the generated company lacks an app or a person');
  const credentials = JSON.stringify({ app_id: app.appId, app_secret: app.appSecret });
  const tokenUrl = `${url}/open-apis/auth/v3/tenant_access_token/internal`;
  const { tenant_access_token } = await readJson<{ tenant_access_token: string }>(tokenUrl, {
    method: 'POST',
    body: credentials,
  });
  const headers = {
    authorization: `Bearer ${tenant_access_token}`,
    'content-type': 'application/json',
  };
  const message = JSON.stringify({
    receive_id: person.openId,
    msg_type: 'text',
    content: '{"text":"hello"}',
    uuid: 'bench-#',
  });
  const contact = `${url}/open-apis/contact/v3`;
  const department = person.departmentIds[0] ?? '';
  rows.push(
    await measure('tenant token', tokenUrl, { method: 'POST', headers, body: credentials }),
    await measure('bot info', `${url}/open-apis/bot/v3/info`, { headers }),
    await measure('one person', `${contact}/users/${person.openId}`, { headers }),
    await measure(
      'page of 50 people',
      `${contact}/users/find_by_department?department_id=${department}&page_size=50`,
      { headers },
    ),
    await measure('send a text', `${url}/open-apis/im/v1/messages?receive_id_type=open_id`, {
      method: 'POST',
      headers,
      body: message,
    }),
  );
  await simulator.close();
  const table = new Table({ head: ['call', 'requests/s', 'per CPU second', 'p50 ms', 'p99 ms', 'errors'] });
  for (const row of rows) {
    table.push([
      row.what,
      Math.round(row.requests / row.seconds),
      Math.round(row.perCpuSecond),
      row.p50.toFixed(2),
      row.p99.toFixed(2),
      row.errors,
    ]);
  }
  process.stdout.write(`${table.toString()}\n`);
  await measureMemory(makeLoad);
}
