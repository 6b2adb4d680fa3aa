/** A store on a database of its own, records to put in, and a look at what is really kept. */
import { randomBytes } from 'node:crypto';
import { createConnection, type Connection } from 'mongoose';
import {
  openStore,
  versionText,
  type TicketOrder,
  type Binding,
  type Delivery,
  type Docking,
  type EventRecord,
  type NewBinding,
  type PulledEmployee,
  type Store,
} from '../../store';
import { startMongo } from '../support/servers';

export const newMasterKey = (): string => randomBytes(32).toString('base64');

export interface TestStore {
  store: Store;
  uri: string;
  masterKey: string;
  /** Reads the database beside the store. */
  raw: Connection;
  end(): Promise<void>;
}

export async function openTestStore(): Promise<TestStore> {
  const mongo = await startMongo();
  const masterKey = newMasterKey();
  const store = await openStore({ uri: mongo.uri, masterKey });
  const raw = await createConnection(mongo.uri).asPromise();
  return {
    store,
    uri: mongo.uri,
    masterKey,
    raw,
    async end() {
      await raw.close();
      await store.close();
      await mongo.stop();
    },
  };
}

/** Ids that no other test of the file uses, so that tests run in any order. */
export const uniqueId = (prefix: string): string => `${prefix}-${randomBytes(5).toString('hex')}`;

export const docking = (fields: Partial<Docking> = {}): Docking => ({
  id: uniqueId('dk'),
  name: 'Support',
  brand: 'feishu',
  appId: uniqueId('cli'),
  platformUrl: 'https://open.feishu.cn',
  homepageUrl: 'https://desk.example/auth/sign_in',
  redirectUrl: 'https://desk.example/h5/',
  state: 'setting-up',
  ticketSystem: { kind: 'sobot', baseUrl: 'https://desk.example', appid: 'app-1' },
  createdAt: new Date('2026-11-01T00:00:00Z'),
  updatedAt: new Date('2026-11-01T00:00:00Z'),
  createdBy: 'admin',
  ...fields,
});

export const person = (employeeId: string, fields: Partial<PulledEmployee> = {}): PulledEmployee => ({
  employeeId,
  unionId: `on_${employeeId}`,
  name: '张伟',
  enName: 'David Zhang',
  email: 'David.Zhang@example.com',
  mobile: '+8613800000001',
  departmentIds: ['od-1'],
  state: 'active',
  ...fields,
});

export const newBinding = (fields: Partial<NewBinding> = {}): NewBinding => ({
  dockingId: 'dk',
  employeeId: uniqueId('ou'),
  agentId: uniqueId('agent'),
  method: 'manual',
  createdBy: 'admin',
  ...fields,
});

export const pairOf = ({ employeeId, agentId }: Pick<Binding, 'employeeId' | 'agentId'>): string =>
  `${employeeId}+${agentId}`;

export const event = (fields: Partial<EventRecord> = {}): EventRecord => ({
  dockingId: 'dk',
  eventId: uniqueId('ev'),
  ticketId: 't-1',
  type: 'ticket.created',
  occurredAt: new Date('2026-11-20T08:00:00Z'),
  receivedAt: new Date('2026-11-20T08:00:01Z'),
  entrance: 'api',
  envelope: { causeId: null },
  state: 'planned',
  stale: false,
  verdict: null,
  receivers: [],
  handedOverAt: null,
  ...fields,
});

export const delivery = (fields: Partial<Delivery> = {}): Delivery => {
  const id = uniqueId('dl');
  return {
    id,
    dockingId: 'dk',
    eventIds: ['ev-1'],
    ticketId: 't-1',
    ruleIds: ['r-1'],
    role: 'assignee',
    agentId: 'agent-1',
    employeeId: 'ou-1',
    urgency: 'routine',
    state: 'planned',
    reason: null,
    carriedBy: null,
    messageId: null,
    uuid: `ntf-${id}`,
    attempts: 0,
    firstAttemptAt: null,
    logId: null,
    plannedAt: new Date('2026-11-20T08:00:02Z'),
    sentAt: null,
    readAt: null,
    ...fields,
  };
};

/** Order of a ticket's state that has a version and no time. */
export const versioned = (version: number | null): TicketOrder | null =>
  version === null ? null : { version: versionText(version), at: null };
