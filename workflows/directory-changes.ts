import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  condition,
  continueAsNew,
  ParentClosePolicy,
  setCurrentDetails,
  setHandler,
  startChild,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import { directorySync } from './directory-sync';
import {
  directoryChanged,
  type DirectoryChange,
  type DirectoryChangesInput,
  type DirectoryChangesResult,
  type NightlyDirectorySyncInput,
} from './messages';
import { directorySyncId, SEARCH_ATTRIBUTES } from './names';
import { changesDetails, changesSummary } from './narrate-directory';
import { pulling } from './proxies';

/** A burst is over when nothing came for this long. */
const QUIET_MS = 2_000;
const LONGEST_BURST_MS = 30_000;
/** Subjects of one activity: its input stays small, and its work well inside a few minutes. */
const SUBJECTS = 1_000;
const LEFT = 'contact.user.deleted_v3';
const RANGE = 'contact.scope.updated_v3';
/** A full run that is under way began with the old contact range: it is asked again until it has ended. */
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 3_600_000;
/** After a day the nightly run has seen the new range in any case. */
const GIVE_UP_MS = 24 * 3_600_000;

/**
 * Brings single changes of the company directory into the mirror: each affected person and department is read once per
 * burst, whatever the number, order and repetition of the events. Ends when nothing is left to read.
 */
export async function directoryChanges(input: DirectoryChangesInput): Promise<DirectoryChangesResult> {
  const { dockingId, carried = [] } = input;
  const total: DirectoryChangesResult = { events: 0, employees: 0, departments: 0 };
  let pending: DirectoryChange[] = [...carried];
  let rangeChangedAt: number | null = input.rangeChangedAt ?? null;
  let retryMs = FIRST_RETRY_MS;

  setHandler(directoryChanged, (change) => {
    pending.push(change);
  });

  for (;;) {
    await burstOver();
    const burst = pending;
    pending = [];
    total.events += burst.length;
    for (const subjects of subjectsOf(burst)) {
      const done = await pulling.readDirectoryChanges.executeWithOptions(
        { summary: changesSummary(subjects) },
        [{ dockingId, ...subjects }],
      );
      total.employees += done.employees;
      total.departments += done.departments;
      setCurrentDetails(changesDetails(total));
    }
    if (burst.some(({ type }) => type === RANGE)) rangeChangedAt = Date.now();
    if (rangeChangedAt !== null && (await startFullSync(dockingId, 'contact-range-changed')))
      rangeChangedAt = null;
    const settled = rangeChangedAt === null || Date.now() - rangeChangedAt > GIVE_UP_MS;
    if (pending.length === 0 && settled) return total;
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof directoryChanges>({ dockingId, carried: pending, rangeChangedAt });
    }
    if (pending.length > 0) continue;
    await condition(() => pending.length > 0, retryMs, {
      summary: 'A full run is under way; start another one after it',
    });
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  }

  async function burstOver(): Promise<void> {
    const end = Date.now() + LONGEST_BURST_MS;
    for (let seen = 0; seen < pending.length && Date.now() < end;) {
      seen = pending.length;
      await condition(() => pending.length >= SUBJECTS * 10, QUIET_MS, { summary: 'Let the burst come in' });
    }
  }
}

interface Subjects {
  employeeIds: string[];
  leftIds: string[];
  departmentIds: string[];
}

/** Each subject once, those who left first. */
function subjectsOf(burst: readonly DirectoryChange[]): Subjects[] {
  const left = new Set<string>();
  const people = new Set<string>();
  const departments = new Set<string>();
  for (const { type, subjectId, employeeIds = [] } of burst) {
    for (const id of employeeIds) people.add(id);
    if (subjectId === undefined) continue;
    if (type === LEFT) left.add(subjectId);
    if (type.startsWith('contact.user.')) people.add(subjectId);
    else if (type.startsWith('contact.department.')) departments.add(subjectId);
  }
  const ordered = [...left, ...[...people].filter((id) => !left.has(id))];
  const departmentIds = [...departments];
  const parts: Subjects[] = [];
  for (let from = 0; from < Math.max(ordered.length, departmentIds.length); from += SUBJECTS) {
    const employeeIds = ordered.slice(from, from + SUBJECTS);
    parts.push({
      employeeIds,
      leftIds: employeeIds.filter((id) => left.has(id)),
      departmentIds: departmentIds.slice(from, from + SUBJECTS),
    });
  }
  return parts;
}

/** The night's full run under the docking's own workflow id, which a schedule itself cannot give it. */
export async function nightlyDirectorySync({
  dockingId,
}: NightlyDirectorySyncInput): Promise<{ started: boolean }> {
  return { started: await startFullSync(dockingId, 'schedule') };
}

/** False when a run is under way already: its result is as fresh as that of a new one. */
async function startFullSync(dockingId: string, startedBy: string): Promise<boolean> {
  try {
    await startChild(directorySync, {
      workflowId: directorySyncId(dockingId),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.dockingId, value: dockingId }],
      staticSummary: `Mirror the company directory of docking ${dockingId} (${startedBy})`,
      args: [{ dockingId, runId: uuid4(), mode: 'apply', startedBy }],
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
