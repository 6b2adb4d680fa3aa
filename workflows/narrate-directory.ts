/**
 * What an operator reads about the directory: ids, counts and times. Names of people and departments never get here, so
 * that a history can be shown to anybody; the API's record of a run has the name of the department under way.
 */
import type { SyncCountsView, SyncProgress } from './messages';
import { line } from './narrate';

/** `to` is exclusive; numbers are places in the run's list of departments. */
export function pullSummary(from: number, to: number): string {
  return line(
    to - from === 1 ? `Pull people of department ${from}` : `Pull people of departments ${from}–${to - 1}`,
  );
}

export function listSummary(listed: number): string {
  return line(listed === 0 ? 'List departments' : `List departments after ${listed}`);
}

export function compareSummary(employees: number): string {
  return line(`Compare ${employees} pulled people with the mirror`);
}

export function applySummary(counts: SyncCountsView, by: string): string {
  return line(`Apply ${countsLine(counts)} (${by})`);
}

export function decisionSummary(until: string): string {
  return line(`Waits for apply or discard until ${until}`);
}

/** `12 joined, 3 left`, without the zeros; `no change` when nothing is left over. */
export function countsLine(counts: SyncCountsView): string {
  const parts = (['joined', 'changed', 'moved', 'left', 'returned', 'parked'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${kind}`);
  return parts.length > 0 ? parts.join(', ') : 'no change';
}

/** Current details of a run (markdown). `reason` = why it is guarded, else null. */
export function syncDetails(progress: SyncProgress, reason: string | null): string {
  const left = progress.etaSeconds === null ? '' : `, about ${Math.ceil(progress.etaSeconds / 60)} min left`;
  return [
    `**${progress.state}** – ${progress.phase}, ${progress.percent} %${left}`,
    '',
    `${progress.departments} departments, ${progress.employees} people pulled${paceOf(progress)}.`,
    ...(progress.current === null ? [] : ['', `Last read: department \`${progress.current}\`.`]),
    ...(progress.counts ? ['', countsTable(progress.counts)] : []),
    ...(reason ? ['', `Guard: ${reason}.`] : []),
    ...(progress.state === 'awaiting-apply' || progress.state === 'guarded'
      ? [
          '',
          `Decide with the update \`applyChangeSet\` or \`discardChangeSet\` (by, runId \`${progress.runId}\`).`,
        ]
      : []),
  ].join('\n');
}

function paceOf({ ratePerMinute }: SyncProgress): string {
  return ratePerMinute === null ? '' : `, ${ratePerMinute} a minute`;
}

function countsTable(counts: SyncCountsView): string {
  const kinds = Object.entries<number>({ ...counts });
  return [
    `| ${kinds.map(([kind]) => kind).join(' | ')} |`,
    `|${kinds.map(() => '---').join('|')}|`,
    `| ${kinds.map(([, count]) => count).join(' | ')} |`,
  ].join('\n');
}

export function changesSummary(subjects: {
  employeeIds: readonly string[];
  departmentIds: readonly string[];
}): string {
  return line(
    `Read again ${subjects.employeeIds.length} people and ${subjects.departmentIds.length} departments`,
  );
}

export function changesDetails(done: { events: number; employees: number; departments: number }): string {
  return `${done.events} events so far: ${done.employees} people and ${done.departments} departments read again.`;
}
