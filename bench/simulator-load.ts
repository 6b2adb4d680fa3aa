import { Agent, request } from 'node:http';

/** One load: the same request over and over, by `connections` at a time, for `seconds`. */
export interface Load {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  /** `#` is replaced by a running number, so that no two messages share a uuid. */
  body: string;
  connections: number;
  seconds: number;
  /** Ends earlier, after so many requests. */
  requests?: number;
}

export interface LoadResult {
  requests: number;
  seconds: number;
  errors: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

function once(load: Load, agent: Agent, number: number): Promise<boolean> {
  const body = load.body.replace('#', String(number));
  const headers = body ? { ...load.headers, 'content-length': Buffer.byteLength(body) } : load.headers;
  return new Promise((resolve, reject) => {
    const sent = request(load.url, { method: load.method, headers, agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode === 200));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function run(load: Load): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const times: number[] = [];
  const start = performance.now();
  const end = start + load.seconds * 1000;
  let errors = 0;
  let number = 0;
  await Promise.all(
    Array.from({ length: load.connections }, async () => {
      while (performance.now() < end && number < (load.requests ?? Infinity)) {
        const before = performance.now();
        if (!(await once(load, agent, ++number))) errors++;
        times.push(performance.now() - before);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor((times.length - 1) * share)] ?? 0;
  return { requests: times.length, seconds, errors, p50: at(0.5), p99: at(0.99) };
}

// The child that makes the load, so that its work is not counted as the server's.
process.once('message', (load: Load) => {
  run(load).then(
    (result) => process.send?.(result, () => process.disconnect()),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exitCode = 1;
      process.disconnect();
    },
  );
});
