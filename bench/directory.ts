import { join } from 'node:path';
import Table from 'cli-table3';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { createDirectoryActivities } from '../activities/directory';
import type { DirectorySyncInput, DirectorySyncResult } from '../workflows/messages';
import { directorySyncId, TASK_QUEUES } from '../workflows/names';
import { prepareGround, type Ground } from './directory-ground';

export interface DirectoryBench {
  what: string;
  /** From the start of the workflow to its end, comparing and writing included. */
  seconds: number;
  /** From the first page of people to the last. */
  pullSeconds: number;
  /** Least time that as many calls take under the platform's two windows. */
  floorSeconds: number;
  /** Of people's pages, and of the whole run. */
  peopleCalls: number;
  calls: number;
  historyEvents: number;
  /** Of the process that runs workflows and activities. */
  peakHeapMb: number;
  /** Records of people and departments in the mirror that were written. */
  writes: number;
  busiestMinute: number;
  busiestSecond: number;
  refused: number;
}

const EMPLOYEES = Number(process.env['BENCH_EMPLOYEES'] ?? 100_000);
const DEPARTMENTS = Number(process.env['BENCH_DEPARTMENTS'] ?? 5_000);
/** 1 = the platform's own limits, which the simulator then enforces; 2 halves the wait and changes nothing else. */
const SCALE = Number(process.env['BENCH_DIRECTORY_SCALE'] ?? 1);
const TOO_FREQUENT = '99991400';
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
  const since = new Date();
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
    const { routes } = await ground.control<{
      routes: {
        route: string;
        count: number;
        codes: Record<string, number>;
        peakPerMinute: number;
        peakPerSecond: number;
      }[];
    }>('GET', '/calls?limit=0');
    const people = routes.find(({ route }) => route === PEOPLE_CALL);
    const history = await handle.fetchHistory();
    return {
      what,
      seconds,
      pullSeconds: pullSeconds(history.events ?? []),
      floorSeconds: floorSeconds(people?.count ?? 0, ground.limit),
      peopleCalls: people?.count ?? 0,
      calls: result.calls,
      historyEvents: history.events?.length ?? 0,
      peakHeapMb: peakHeap / 2 ** 20,
      writes: await ground.written(since, runId),
      busiestMinute: people?.peakPerMinute ?? 0,
      busiestSecond: people?.peakPerSecond ?? 0,
      refused: people?.codes[TOO_FREQUENT] ?? 0,
    };
  } finally {
    clearInterval(watch);
    for (const worker of workers) worker.shutdown();
    await Promise.all(running);
  }
}

/** Whole minutes that must pass, and the last burst. */
export function floorSeconds(calls: number, { perMinute, perSecond }: Ground['limit']): number {
  if (calls === 0) return 0;
  const minutes = Math.ceil(calls / perMinute) - 1;
  return minutes * 60 + (calls - minutes * perMinute) / perSecond;
}

type HistoryEvents = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>;

/** From the first activity that pulls people to the end of the last, as the server dated them. */
function pullSeconds(events: HistoryEvents): number {
  const pulls = new Set<string>();
  let first = Infinity;
  let last = 0;
  for (const { eventId, eventTime, activityTaskScheduledEventAttributes, ...rest } of events) {
    const at = Number(eventTime?.seconds ?? 0) + (eventTime?.nanos ?? 0) / 1e9;
    if (activityTaskScheduledEventAttributes?.activityType?.name === 'pullEmployees') {
      pulls.add(String(eventId));
      first = Math.min(first, at);
    }
    const done = rest.activityTaskCompletedEventAttributes?.scheduledEventId;
    if (done && pulls.has(String(done))) last = at;
  }
  return last - first;
}

function print(rows: readonly DirectoryBench[]): void {
  const table = new Table({
    head: [
      'run',
      's',
      'pull s',
      'floor s',
      'over %',
      'pages',
      'calls',
      'refused',
      'history',
      'heap MB',
      'writes',
      'peak/min',
      'peak/s',
    ],
  });
  for (const row of rows) {
    table.push([
      row.what,
      row.seconds.toFixed(1),
      row.pullSeconds.toFixed(1),
      row.floorSeconds.toFixed(1),
      ((row.pullSeconds / row.floorSeconds - 1) * 100).toFixed(1),
      row.peopleCalls,
      row.calls,
      row.refused,
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
