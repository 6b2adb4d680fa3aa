import type { FeishuUser, Page } from '../../feishu';
import type { PeopleState, SyncDepartment, SyncRun } from '../../store';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { beating, type Beat } from './beat';
import { callingPlatform, type CountedPlatform } from './platform';
import { GONE, OUT_OF_RANGE, PAGE_TOKEN_EXPIRED, platformCode } from './platform-codes';
import { pulledEmployee } from './pulled';

/** A list whose token expires more often than this is not going to end. */
const RESTARTS = 5;

export interface PullInput {
  dockingId: string;
  runId: string;
  /** Places in the run's list of departments; `to` is exclusive. */
  from: number;
  to: number;
  /** After so many pages the activity comes back to the workflow, so that the run's progress is seen to move. */
  pages: number;
  /** How far the whole run is, for whoever looks at the record. */
  progress: Pick<SyncRun['progress'], 'departments' | 'percent' | 'etaSeconds' | 'ratePerMinute'>;
}

export interface PulledPart {
  employees: number;
  /** How many departments this call has read to their end. */
  departments: number;
  current: string | null;
  /** False when pages of the batch are left. */
  done: boolean;
}

/**
 * Reads the people of a batch of departments, page by page. Each page is stored with the cursor of the next before that
 * is asked for: whatever happens, a page that was stored is not asked for again.
 */
export function pullEmployees(ports: ActivityPorts, input: PullInput): Promise<PulledPart> {
  const { dockingId, runId, from, to } = input;
  return withFailures(() =>
    beating((beat) =>
      callingPlatform(ports, { dockingId, runId }, beat.signal, async (platform) => {
        const budget = { pages: input.pages };
        const part: PulledPart = { employees: 0, departments: 0, current: null, done: false };
        for (const department of await ports.store.syncDepartments.toPull(runId, from, to)) {
          if (budget.pages === 0) return part;
          part.current = department.departmentId;
          const read = await pullDepartment(ports, platform, beat, input, department, budget);
          part.employees += read.employees;
          if (!read.done) return part;
          part.departments += 1;
        }
        return { ...part, done: true };
      }),
    ),
  );
}

async function pullDepartment(
  ports: ActivityPorts,
  platform: CountedPlatform,
  beat: Beat,
  { dockingId, progress }: PullInput,
  department: SyncDepartment,
  budget: { pages: number },
): Promise<{ employees: number; done: boolean }> {
  const { runId, departmentId } = department;
  const { syncDepartments, syncStaging } = ports.store;
  let cursor = department.peopleCursor;
  let open = department.people;
  const current = department.record?.name ?? departmentId;
  let employees = 0;
  let read = 0;
  let restarts = 0;
  for (let page = 1; budget.pages > 0; page += 1) {
    const state = await ports.store.syncRuns.advance(runId, { ...progress, current, read });
    if (state === 'paused') return { employees, done: false };
    read = 0;
    beat.at({ department: departmentId, page, employees });
    budget.pages -= 1;
    let answer: Page<FeishuUser>;
    try {
      answer = await platform.contact((contact, options) =>
        contact.usersOfDepartment(departmentId, { pageToken: cursor ?? undefined }, options),
      );
    } catch (error) {
      const code = platformCode(error);
      if (code === PAGE_TOKEN_EXPIRED && cursor !== null && restarts < RESTARTS) {
        restarts += 1;
        cursor = null;
        await syncDepartments.setPeople(runId, departmentId, open, null);
        continue;
      }
      if (code === GONE) {
        await syncDepartments.setPeople(runId, departmentId, 'pulled', null);
        return { employees, done: true };
      }
      if (code !== null && OUT_OF_RANGE.has(code)) {
        await syncDepartments.setPeople(runId, departmentId, 'unreadable', null);
        await ports.store.syncChanges.putParked([
          {
            runId,
            kind: 'department',
            recordId: departmentId,
            reason: `outside the contact range (${code})`,
          },
        ]);
        return { employees, done: true };
      }
      throw error;
    }
    if (answer.unreadable > 0) {
      // Nobody can say who they are; the page is their only address.
      open = 'doubtful';
      await ports.store.syncChanges.putParked([
        {
          runId,
          kind: 'employee',
          recordId: `${departmentId} page ${cursor ?? 'first'}`,
          reason: `${answer.unreadable} without an open_id`,
        },
      ]);
    }
    await syncStaging.put(runId, dockingId, 'employee', answer.items.map(pulledEmployee));
    read = answer.items.length;
    employees += read;
    cursor = answer.nextPageToken ?? null;
    await syncDepartments.setPeople(runId, departmentId, cursor === null ? closed(open) : open, cursor);
    if (cursor === null) break;
  }
  await ports.store.syncRuns.advance(runId, { ...progress, current, read });
  return { employees, done: cursor === null };
}

function closed(open: PeopleState): PeopleState {
  return open === 'doubtful' ? 'unreadable' : 'pulled';
}
