import { join } from 'node:path';
import Table from 'cli-table3';
import { Worker } from '@temporalio/worker';
import { createDirectoryActivities } from '../activities/directory';
import type { DirectorySyncInput, DirectorySyncResult } from '../workflows/messages';
import { directorySyncId, TASK_QUEUES } from '../workflows/names';
import { prepareGround, type Ground } from './directory-ground';

export interface DirectoryBench {
  what: string;
  seconds: number;
  /** Least time that the people's calls take under the pace that was allowed. */
  floorSeconds: number;
  calls: number;
  historyEvents: number;
  /** Of the process that runs workflows and activities. */
  peakHeapMb: number;
  /** Records of people and departments that were written. */
  writes: number;
  busiestMinute: number;
  busiestSecond: number;
}

const EMPLOYEES = Number(process.env['BENCH_EMPLOYEES'] ?? 100_000);
const DEPARTMENTS = Number(process.env['BENCH_DEPARTMENTS'] ?? 5_000);
/** 1 = the platform's own limits (five minutes a run); 2 halves the wait and changes nothing else. */
const SCALE = Number(process.env['BENCH_DIRECTORY_SCALE'] ?? 2);
const PEOPLE_CALL = '/open-apis/contact/v3/users/find_by_department';

/** A first and an unchanged second sync of a large company against the simulator, with real servers around them. */
export async function run(): Promise<DirectoryBench[]> {
  const ground = await prepareGround({ employees: EMPLOYEES, departments: DEPARTMENTS, scale: SCALE });
  try {
    const rows = [await measure(ground, 'first sync'), await measure(ground, 'second sync, nothing changed')];
    print(rows);
    return rows;
  } finally {
    await ground.close();
  }
}

async function measure(ground: Ground, what: string): Promise<DirectoryBench> {
  const { dockingId, ports, temporal } = ground;
  const runId = `bench-${what.replace(/\W+/g, '-')}`;
  await ground.control('DELETE', '/calls');
  const shared = { connection: temporal.nativeConnection, activities: createDirectoryActivities(ports) };
  const workers = await Promise.all([
    Worker.create({
      ...shared,
      taskQueue: TASK_QUEUES.docking,
      workflowBundle: { codePath: join(__dirname, '../workflow-bundle.js') },
    }),
    Worker.create({ ...shared, taskQueue: TASK_QUEUES.feishu }),
    Worker.create({ ...shared, taskQueue: TASK_QUEUES.store }),
  ]);
  const running = workers.map((worker) => worker.run());
  let peakHeap = 0;
  const watch = setInterval(() => (peakHeap = Math.max(peakHeap, process.memoryUsage().heapUsed)), 250);
  const startedAt = performance.now();
  try {
    const handle = await temporal.client.workflow.start<
      (input: DirectorySyncInput) => Promise<DirectorySyncResult>
    >('directorySync', {
      workflowId: directorySyncId(dockingId),
      taskQueue: TASK_QUEUES.docking,
      args: [{ dockingId, runId, mode: 'apply', startedBy: 'bench' }],
    });
    const result = await handle.result();
    const seconds = (performance.now() - startedAt) / 1000;
    const { counts } = result;
    const { routes } = await ground.control<{
      routes: { route: string; count: number; peakPerMinute: number; peakPerSecond: number }[];
    }>('GET', '/calls?limit=0');
    const people = routes.find(({ route }) => route === PEOPLE_CALL);
    const history = await handle.fetchHistory();
    return {
      what,
      seconds,
      floorSeconds: floorSeconds(people?.count ?? 0, ground.pace),
      calls: result.calls,
      historyEvents: history.events?.length ?? 0,
      peakHeapMb: peakHeap / 2 ** 20,
      writes: counts.joined + counts.changed + counts.moved + counts.left + counts.returned,
      busiestMinute: people?.peakPerMinute ?? 0,
      busiestSecond: people?.peakPerSecond ?? 0,
    };
  } finally {
    clearInterval(watch);
    for (const worker of workers) worker.shutdown();
    await Promise.all(running);
  }
}

/** Whole minutes that must pass, and the last burst. */
export function floorSeconds(calls: number, { perMinute, perSecond }: Ground['pace']): number {
  if (calls === 0) return 0;
  const minutes = Math.ceil(calls / perMinute) - 1;
  return minutes * 60 + (calls - minutes * perMinute) / perSecond;
}

function print(rows: readonly DirectoryBench[]): void {
  const table = new Table({
    head: ['run', 's', 'floor s', 'calls', 'history', 'peak heap MB', 'people written', 'peak/min', 'peak/s'],
  });
  for (const row of rows) {
    table.push([
      row.what,
      row.seconds.toFixed(1),
      row.floorSeconds.toFixed(1),
      row.calls,
      row.historyEvents,
      Math.round(row.peakHeapMb),
      row.writes,
      row.busiestMinute,
      row.busiestSecond,
    ]);
  }
  process.stdout.write(
    `${EMPLOYEES} people, ${DEPARTMENTS} departments, limits × ${SCALE}\n${table.toString()}\n`,
  );
}
