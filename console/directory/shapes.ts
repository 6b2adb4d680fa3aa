/** What the API says of directory runs. */
import type * as store from '../../store/directory-records';
import type { OverJson } from '../../store/json';

export type { SyncState } from '../../store/directory-records';
export const CHANGE_KINDS = ['joined', 'changed', 'moved', 'left', 'returned'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export type SyncRun = OverJson<Omit<store.SyncRun, 'dockingId'>>;

export interface SyncChange {
  employeeId: string;
  employeeName: string | null;
  kind: ChangeKind;
  fields: { field: string; from: unknown; to: unknown }[];
}

export interface ChangePage {
  items: SyncChange[];
  /** Names of the departments that the changes of this page speak of, where they are known. */
  departmentNames: Record<string, string>;
  nextCursor: string | null;
}

export interface ParkedRecord {
  kind: 'department' | 'employee';
  recordId: string;
  reason: string;
}

/** It waits for a person. */
export const isDecision = ({ state }: SyncRun): boolean => state === 'guarded' || state === 'awaiting-apply';
export const isUnderWay = ({ finishedAt }: SyncRun): boolean => finishedAt === null;
/** Nothing is known yet of what it would change. */
export const isPulling = (run: SyncRun): boolean => isUnderWay(run) && !isDecision(run);
