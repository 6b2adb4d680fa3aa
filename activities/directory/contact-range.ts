import { ROOT_DEPARTMENT_ID } from '../../feishu';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { chunks } from './batched';
import { beating } from './beat';
import { OUT_OF_RANGE, platformCode } from './platform-codes';
import { callingPlatform, type CountedPlatform } from './platform';
import { pulledDepartment, pulledEmployee } from './pulled';

/** Most ids that one call by ids takes. */
export const IDS_PER_CALL = 50;

/**
 * Finds out where to begin: at the root when the app may see all members, else at each department that was granted.
 * `singles` = people were also granted one by one or through groups. Repeats safely.
 */
export function readContactRange(
  ports: ActivityPorts,
  run: { dockingId: string; runId: string },
): Promise<{ root: boolean; singles: boolean }> {
  const list = ports.store.syncDepartments;
  return withFailures(() =>
    beating((beat) =>
      callingPlatform(ports, run, beat.signal, async (platform) => {
        if (await mayReadRoot(platform)) {
          // Every person is a member of the root or of a department below it: the single grants add nobody.
          await list.add(run.runId, [{ departmentId: ROOT_DEPARTMENT_ID, record: null }], 'subtree');
          return { root: true, singles: false };
        }
        const granted = await readGrants(platform);
        const departmentIds = [
          ...granted.departmentIds,
          ...(await departmentsOfGroups(platform, granted.groupIds)),
        ];
        for (const ids of chunks([...new Set(departmentIds)], IDS_PER_CALL)) {
          const found = await platform.contact((contact, options) => contact.departments(ids, options));
          const records = found.map(pulledDepartment);
          await list.add(
            run.runId,
            records.map((record) => ({ departmentId: record.departmentId, record })),
            'subtree',
          );
        }
        return { root: false, singles: granted.userIds.length + granted.groupIds.length > 0 };
      }),
    ),
  );
}

/** People who were granted one by one or as members of a group. */
export function pullSingleEmployees(
  ports: ActivityPorts,
  run: { dockingId: string; runId: string },
): Promise<{ employees: number }> {
  return withFailures(() =>
    beating((beat) =>
      callingPlatform(ports, run, beat.signal, async (platform) => {
        const granted = await readGrants(platform);
        const userIds = new Set(granted.userIds);
        for (const groupId of granted.groupIds) {
          for (const id of await membersOfGroup(platform, groupId, 'user')) userIds.add(id);
        }
        let employees = 0;
        for (const ids of chunks([...userIds], IDS_PER_CALL)) {
          const found = await platform.contact((contact, options) => contact.users(ids, options));
          await ports.store.syncStaging.put(run.runId, run.dockingId, 'employee', found.map(pulledEmployee));
          employees += found.length;
          beat.at({ page: 'single people', employees });
        }
        return { employees };
      }),
    ),
  );
}

/** One call: the platform refuses the root to an app that may not see all members. */
async function mayReadRoot(platform: CountedPlatform): Promise<boolean> {
  try {
    await platform.contact((contact, options) =>
      contact.children(ROOT_DEPARTMENT_ID, { pageSize: 1 }, options),
    );
    return true;
  } catch (error) {
    const code = platformCode(error);
    if (code !== null && OUT_OF_RANGE.has(code)) return false;
    throw error;
  }
}

interface Grants {
  departmentIds: string[];
  userIds: string[];
  groupIds: string[];
}

async function readGrants(platform: CountedPlatform): Promise<Grants> {
  const grants: Grants = { departmentIds: [], userIds: [], groupIds: [] };
  for (let pageToken: string | undefined, more = true; more; more = pageToken !== undefined) {
    const page = await platform.contact((contact, options) => contact.scopes({ pageToken }, options));
    grants.departmentIds.push(...page.departmentIds);
    grants.userIds.push(...page.openIds);
    grants.groupIds.push(...page.groupIds);
    pageToken = page.nextPageToken;
  }
  return grants;
}

async function departmentsOfGroups(
  platform: CountedPlatform,
  groupIds: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const groupId of groupIds) found.push(...(await membersOfGroup(platform, groupId, 'department')));
  return found;
}

async function membersOfGroup(
  platform: CountedPlatform,
  groupId: string,
  kind: 'user' | 'department',
): Promise<string[]> {
  const found: string[] = [];
  for (let pageToken: string | undefined, more = true; more; more = pageToken !== undefined) {
    const page = await platform.contact((contact, options) =>
      contact.groupMembers(groupId, { pageToken, kind }, options),
    );
    found.push(...page.items.map(({ memberId }) => memberId));
    pageToken = page.nextPageToken;
  }
  return found;
}
