import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Table from 'cli-table3';
import type { ChildReady, Memory } from './simulator-child';
import type { Load, LoadResult } from './simulator-load';

const STEPS = [50_000, 100_000, 200_000];

async function ask<T>(child: ChildProcess, order: string): Promise<T> {
  child.send(order);
  const [answer] = (await once(child, 'message')) as [T];
  return answer;
}

async function inChild<T>(work: (child: ChildProcess) => Promise<T>): Promise<T> {
  const child = fork(join(__dirname, 'simulator-child.js'), { execArgv: ['--expose-gc'] });
  try {
    return await work(child);
  } finally {
    child.kill();
  }
}

/** Seconds and memory to load 200,000 employees; memory after so many requests, half of them new messages. */
export async function measureMemory(makeLoad: (load: Load) => Promise<LoadResult>): Promise<void> {
  const big = await inChild((child) => ask<Memory & { seconds: number }>(child, 'load'));
  const table = new Table({ head: ['state of the process', 'RSS MiB', 'heap in use MiB', 'seconds'] });
  const add = (what: string, { rss, heap }: Memory, seconds = ''): void => {
    table.push([what, Math.round(rss), Math.round(heap), seconds]);
  };
  add('200,000 employees loaded', big, big.seconds.toFixed(1));
  await inChild(async (child) => {
    const { url, authorization, openId } = await ask<ChildReady>(child, 'ready');
    const headers = { authorization, 'content-type': 'application/json' };
    const common = { headers, connections: 16, seconds: 600 };
    add('1,000 employees, before', await ask<Memory>(child, 'memory'));
    let done = 0;
    for (const step of STEPS) {
      const requests = (step - done) / 2;
      const before = performance.now();
      const content = JSON.stringify({ text: 'x'.repeat(400) });
      const body = JSON.stringify({ receive_id: openId, msg_type: 'text', content, uuid: `${step}-#` });
      const results = await Promise.all([
        makeLoad({
          ...common,
          url: `${url}/open-apis/im/v1/messages?receive_id_type=open_id`,
          method: 'POST',
          body,
          requests,
        }),
        makeLoad({
          ...common,
          url: `${url}/open-apis/contact/v3/users/${openId}`,
          method: 'GET',
          body: '',
          requests,
        }),
      ]);
      const errors = results.reduce((sum, result) => sum + result.errors, 0);
      if (errors > 0) throw new Error(`${errors} requests failed`);
      done = step;
      const seconds = ((performance.now() - before) / 1000).toFixed(1);
      add(`after ${step.toLocaleString('en')} requests`, await ask<Memory>(child, 'memory'), seconds);
    }
  });
  process.stdout.write(`${table.toString()}\n`);
}
