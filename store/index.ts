/** State that outlives every process, in MongoDB. */
export { openStore, type Store, type StoreOptions } from './open-store';
export { Conflict, InvalidCursor, InvalidMasterKey, NotFound, SealBroken, StoreUnavailable } from './errors';
export { createSealer, type SealContext, type Sealer } from './encryption';
export { emailKey, mobileKey, type Region } from './contact-keys';
export { compareEmployee, type EmployeeComparison } from './employee-changes';
export { DEFAULT_DIRECTORY_GUARD, NO_NOTIFICATION_SETTINGS } from './docking-records';
export type * from './docking-records';
export type * from './directory-records';
export type * from './notification-records';
export type { Page, PageQuery } from './pagination';
export type { OverJson } from './json';
export type { DockingAtWork, DockingPatch, SecretsPatch } from './dockings';
export type { Handover } from './handovers';
export type { Repair, RepairChange, RepairStep } from './repairs';
export type { EmployeeQuery } from './employees';
export type { ReadAgent } from './agents';
export type { BindingQuery, BindResult, NewBinding } from './bindings';
export { SUSPENDED, type Leaver } from './leavers';
export type { EndedBinding } from './binding-history';
export type { ReminderRuleDraft, SaveResult } from './reminders';
export { isJudged } from './events';
export { compareOrders, versionText, type TicketOrder } from './ticket-order';
export type { EventQuery, InsertedEvent } from './events';
export type { TicketBefore } from './tickets';
export type { NewClick } from './clicks';
export { UNDECIDED } from './deliveries';
export type { ClaimedDelivery, DeliveryQuery, DeliveryResult } from './deliveries';
export type { Digests } from './digests';
export { NO_SYNC_COUNTS } from './sync-runs';
export type { StagedKind, StagedRecords } from './sync-staging';
export type { PullCursor } from './sync-cursors';
export type { PeopleState, SyncDepartment } from './sync-departments';
export type { ParkedRecord } from './parked-records';
export type { UsageCount, UsageReport } from './usage';
export type {
  EffectivePreferences,
  PreferenceDefaults,
  Preferences,
  QuietHours,
  Relation,
} from './preferences';
export type { FeishuEventNote } from './feishu-events';
export type { LongConnectionRecord } from './long-connections';
