import type { FeishuDepartment, Page } from '../../feishu';
import type { SyncDepartment } from '../../store';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { beating } from './beat';
import { GONE, OUT_OF_RANGE, PAGE_TOKEN_EXPIRED, platformCode, TREE_TOO_LARGE } from './platform-codes';
import { callingPlatform, type CountedPlatform } from './platform';
import { pulledDepartment } from './pulled';

/** Departments of one pull activity: small enough to see progress, large enough for a short history. */
const BATCH = 75;
/** One call of this activity lists about so many, so that pulling starts while listing goes on. */
const SLICE = 300;
/** Lists that are read side by side; the platform's limit does the waiting. */
const SIDE_BY_SIDE = 8;

export interface ListSlice {
  /** Ranges of places, `to` exclusive, that were not handed out before. */
  batches: { from: number; to: number }[];
  departments: number;
  /** True when every department of the contact range is listed. */
  done: boolean;
}

/**
 * Goes on listing the departments of a run. Tries whole subtrees first; where the platform refuses a tree as too large,
 * its next level is read and each branch is tried whole again. Repeats safely: what was listed is kept, with its cursor.
 */
export function listDepartments(
  ports: ActivityPorts,
  { dockingId, runId, handedOut }: { dockingId: string; runId: string; handedOut: number },
): Promise<ListSlice> {
  const list = ports.store.syncDepartments;
  return withFailures(() =>
    beating((beat) =>
      callingPlatform(ports, { dockingId, runId }, beat.signal, async (platform) => {
        let total = await list.count(runId);
        let done = false;
        while (!done && total - handedOut < SLICE) {
          if ((await ports.store.syncRuns.get(runId))?.state === 'paused') break;
          const next = await list.toList(runId, SIDE_BY_SIDE);
          done = next.length === 0;
          await readLevel(ports, platform, runId, next);
          total = await list.count(runId);
          beat.at({ departments: total });
        }
        return { batches: batchesOf(handedOut, total, done), departments: total, done };
      }),
    ),
  );
}

/** Full batches only, until the end is known: the rest waits for the next slice. */
export function batchesOf(handedOut: number, total: number, done: boolean): ListSlice['batches'] {
  const batches: ListSlice['batches'] = [];
  for (let from = handedOut; from < total; from += BATCH) {
    const to = Math.min(from + BATCH, total);
    if (to - from === BATCH || done) batches.push({ from, to });
  }
  return batches;
}

/** Calls side by side, writes one after the other; what was read is kept even when another call fails. */
async function readLevel(
  ports: ActivityPorts,
  platform: CountedPlatform,
  runId: string,
  parents: readonly SyncDepartment[],
): Promise<void> {
  const answers = await Promise.allSettled(
    parents.map((parent) =>
      platform.contact((contact, options) =>
        contact.children(
          parent.departmentId,
          { recursive: parent.children === 'subtree', pageToken: parent.childrenCursor ?? undefined },
          options,
        ),
      ),
    ),
  );
  const failures: unknown[] = [];
  for (const [index, answer] of answers.entries()) {
    const parent = parents[index];
    if (!parent) continue;
    if (answer.status === 'fulfilled') await keep(ports, runId, parent, answer.value);
    else if (!(await excused(ports, runId, parent, answer.reason))) failures.push(answer.reason);
  }
  if (failures.length > 0) throw failures[0];
}

async function keep(
  ports: ActivityPorts,
  runId: string,
  parent: SyncDepartment,
  page: Page<FeishuDepartment>,
): Promise<void> {
  const list = ports.store.syncDepartments;
  const found = page.items.map(pulledDepartment).filter((department) => department.state === 'active');
  await list.add(
    runId,
    found.map((record) => ({ departmentId: record.departmentId, record })),
    parent.children === 'subtree' ? 'listed' : 'subtree',
  );
  const next = page.nextPageToken;
  await list.setChildren(
    runId,
    parent.departmentId,
    next === undefined ? 'listed' : parent.children,
    next ?? null,
  );
}

/** True when the failure concerns this one list and was dealt with. */
async function excused(
  ports: ActivityPorts,
  runId: string,
  { departmentId, children, childrenCursor }: SyncDepartment,
  failure: unknown,
): Promise<boolean> {
  const list = ports.store.syncDepartments;
  const code = platformCode(failure);
  if (code === null) return false;
  if (TREE_TOO_LARGE.has(code) && children === 'subtree') {
    await list.setChildren(runId, departmentId, 'level', null);
    return true;
  }
  if (code === PAGE_TOKEN_EXPIRED && childrenCursor !== null) {
    await list.setChildren(runId, departmentId, children, null);
    return true;
  }
  if (code === GONE) {
    await list.setChildren(runId, departmentId, 'listed', null);
    return true;
  }
  if (OUT_OF_RANGE.has(code)) {
    await list.setChildren(runId, departmentId, 'listed', null);
    await list.setPeople(runId, departmentId, 'unreadable', null);
    return true;
  }
  return false;
}
