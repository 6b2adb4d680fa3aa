/** Opens the database and hands out one repository per kind of record. */
import type { Logger } from 'pino';
import { createAgents, type Agents } from './agents';
import { createAudit, type Audit } from './audit';
import { createBindingHistory, type BindingHistory } from './binding-history';
import { createBindingResults, type BindingResults } from './binding-results';
import { createBindingRuns, type BindingRuns } from './binding-runs';
import { createBindings, type Bindings } from './bindings';
import { createChecklists, type Checklists } from './checklists';
import { connect } from './connection';
import { createConsoleSessions, type ConsoleSessions } from './console-sessions';
import { createClicks, type Clicks } from './clicks';
import type { Region } from './contact-keys';
import { createDeliveries, type Deliveries } from './deliveries';
import { createDigests, type Digests } from './digests';
import { createDepartments, type Departments } from './departments';
import { createDockings, type Dockings } from './dockings';
import { createEmployees, type Employees } from './employees';
import { createSealer } from './encryption';
import { guarded } from './errors';
import { createEvents, type Events } from './events';
import { createFeishuEvents, type FeishuEvents } from './feishu-events';
import { createHandovers, type Handovers } from './handovers';
import { createIndexes } from './indexes';
import { createLeases, type Leases } from './leases';
import { createLeavers, type Leavers } from './leavers';
import { createLimits, type Limits } from './limits';
import { createLongConnections, type LongConnections } from './long-connections';
import { createOnboardings, type Onboardings } from './onboardings';
import { createParkedRecords } from './parked-records';
import { createPreferences, type PreferenceStore } from './preferences';
import { createPullMarks, type PullMarks } from './pull-marks';
import { createPushes, type Pushes } from './pushes';
import { removeDockingData } from './removal';
import { createReminderVersions } from './reminder-versions';
import { createReminders, type Reminders } from './reminders';
import { createRepairs, type Repairs } from './repairs';
import { createSealedTokens, type SealedTokens } from './sealed-tokens';
import { createSignIns, type SignIns } from './sign-ins';
import { createSyncChanges, type SyncChanges } from './sync-changes';
import { createSyncCursors } from './sync-cursors';
import { createSyncDepartments, type SyncDepartments } from './sync-departments';
import { createSyncRuns, type SyncRuns } from './sync-runs';
import { createSyncStaging, type SyncStaging } from './sync-staging';
import { createTickets, type Tickets } from './tickets';
import { createTokens, type Tokens } from './tokens';
import { createUsage, type Usage } from './usage';

/** All functions may fail with `StoreUnavailable`; the record is then as it was, or as it was asked to be. */
export interface Store {
  dockings: Dockings;
  checklists: Checklists;
  onboardings: Onboardings;
  handovers: Handovers;
  departments: Departments;
  employees: Employees;
  syncStaging: SyncStaging;
  syncDepartments: SyncDepartments;
  syncRuns: SyncRuns;
  syncChanges: SyncChanges;
  agents: Agents;
  bindings: Bindings;
  leavers: Leavers;
  bindingHistory: Pick<BindingHistory, 'list'>;
  bindingRuns: BindingRuns;
  bindingResults: BindingResults;
  reminders: Reminders;
  events: Events;
  deliveries: Deliveries;
  digests: Digests;
  clicks: Clicks;
  tickets: Tickets;
  pushes: Pushes;
  pullMarks: PullMarks;
  repairs: Repairs;
  audit: Audit;
  usage: Usage;
  tokens: Tokens;
  consoleSessions: ConsoleSessions;
  signIns: SignIns;
  leases: Leases;
  sealedTokens: SealedTokens;
  limits: Limits;
  preferences: PreferenceStore;
  feishuEvents: FeishuEvents;
  longConnections: LongConnections;
  /** Fails with `StoreUnavailable` when the database does not answer. */
  ping(): Promise<void>;
  /** Creates what is missing; `openStore` has done it. */
  ensureIndexes(): Promise<void>;
  /** Repeats safely. */
  close(): Promise<void>;
}

export interface StoreOptions {
  uri: string;
  /** 32 bytes in base64; several while keys rotate, the new one first. See `createSealer`. */
  masterKey: string | readonly string[];
  /** Reads mobiles that are written without a country. Default `CN`. */
  defaultRegion?: Region;
  logger?: Logger;
}

/** Ready to use: connected, and every index is there. Fails with `InvalidMasterKey` or `StoreUnavailable`. */
export async function openStore({
  uri,
  masterKey,
  defaultRegion = 'CN',
  logger,
}: StoreOptions): Promise<Store> {
  const sealer = createSealer(masterKey);
  const connection = await connect(uri, logger);

  const agents = createAgents(connection);
  const employees = createEmployees(connection, defaultRegion);
  const history = createBindingHistory(connection);
  const bindings = createBindings(connection, { history, employees, agents });
  const tickets = createTickets(connection);
  const audit = createAudit(connection);
  const bindingResults = createBindingResults(connection);
  const syncChanges = createSyncChanges(connection, createParkedRecords(connection));
  const syncCursors = createSyncCursors(connection);

  const store: Store = {
    dockings: guarded(
      createDockings(connection, {
        sealer,
        removeRest: (dockingId) => removeDockingData(connection, dockingId),
      }),
    ),
    checklists: guarded(createChecklists(connection)),
    onboardings: guarded(createOnboardings(connection)),
    handovers: guarded(createHandovers(connection)),
    departments: guarded(createDepartments(connection)),
    employees: guarded(employees),
    syncStaging: guarded(createSyncStaging(connection, syncCursors)),
    syncDepartments: guarded(createSyncDepartments(connection)),
    syncRuns: guarded(createSyncRuns(connection)),
    syncChanges: guarded(syncChanges),
    agents: guarded(agents),
    bindings: guarded(bindings),
    leavers: guarded(createLeavers({ bindings, tickets, audit })),
    bindingHistory: guarded(history),
    bindingRuns: guarded(createBindingRuns(connection)),
    bindingResults: guarded(bindingResults),
    reminders: guarded(createReminders(connection, createReminderVersions(connection))),
    events: guarded(createEvents(connection)),
    deliveries: guarded(createDeliveries(connection)),
    digests: guarded(createDigests(connection)),
    clicks: guarded(createClicks(connection)),
    tickets: guarded(tickets),
    pushes: guarded(createPushes(connection)),
    audit: guarded(audit),
    pullMarks: guarded(createPullMarks(connection)),
    repairs: guarded(createRepairs(connection)),
    usage: guarded(createUsage(connection)),
    tokens: guarded(createTokens(connection)),
    consoleSessions: guarded(createConsoleSessions(connection)),
    signIns: guarded(createSignIns(connection)),
    leases: guarded(createLeases(connection)),
    sealedTokens: guarded(createSealedTokens(connection, sealer)),
    limits: guarded(createLimits(connection)),
    preferences: guarded(createPreferences(connection)),
    feishuEvents: guarded(createFeishuEvents(connection)),
    longConnections: guarded(createLongConnections(connection)),
    ...guarded({
      async ping() {
        await connection.db?.command({ ping: 1 });
      },
      ensureIndexes: () => createIndexes(connection),
    }),
    async close() {
      await Promise.all([store.events.flush(), store.bindings.flush()]);
      await connection.close();
    },
  };
  try {
    await store.ensureIndexes();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}
