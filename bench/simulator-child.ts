import { startSimulator } from '../simulator';

/** What the child answers to `ready`: where its simulator listens and whom to write to. */
export interface ChildReady {
  readonly url: string;
  readonly authorization: string;
  readonly openId: string;
}

async function json<T>(url: string, init: RequestInit = {}): Promise<T> {
  return (await (await fetch(url, init)).json()) as T;
}

async function start(): Promise<ChildReady> {
  const { url } = await startSimulator({ employees: 1000, departments: 20 });
  await json(`${url}/_control/switches`, { method: 'PATCH', body: '{"rateLimits":"off"}' });
  const apps = await json<{ items: { appId: string; appSecret: string }[] }>(`${url}/_control/apps`);
  const people = await json<{ items: { openId: string }[] }>(`${url}/_control/people?status=active&limit=1`);
  const [app, person] = [apps.items[0], people.items[0]];
  if (!app || !person) throw new Error('the generated company lacks an app or a person');
  const { tenant_access_token: token } = await json<{ tenant_access_token: string }>(
    `${url}/open-apis/auth/v3/tenant_access_token/internal`,
    { method: 'POST', body: JSON.stringify({ app_id: app.appId, app_secret: app.appSecret }) },
  );
  return { url, authorization: `Bearer ${token}`, openId: person.openId };
}

/** A company of 200,000 in a process of its own: how long the reset takes and how much memory it needs. */
async function load(): Promise<Memory & { seconds: number }> {
  const simulator = await startSimulator({ employees: 1, departments: 1 });
  const before = performance.now();
  const answer = await fetch(`${simulator.url}/_control/reset`, {
    method: 'POST',
    body: JSON.stringify({ seed: 'big', employees: 200_000, departments: 2000 }),
  });
  await answer.arrayBuffer();
  const seconds = (performance.now() - before) / 1000;
  const used = memory();
  await simulator.close();
  return { seconds, ...used };
}

/** MiB: what the process holds of the machine, and what of it is in use after a collection. */
export interface Memory {
  readonly rss: number;
  readonly heap: number;
}

function memory(): Memory {
  const { rss } = process.memoryUsage();
  globalThis.gc?.();
  return { rss: rss / 2 ** 20, heap: process.memoryUsage().heapUsed / 2 ** 20 };
}

// A process of its own: the memory of the benchmark and of its other parts must not count.
process.on('message', (order: 'ready' | 'load' | 'memory') => {
  const work = order === 'memory' ? Promise.resolve(memory()) : order === 'load' ? load() : start();
  work.then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
