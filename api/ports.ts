import type { FastifyBaseLogger } from 'fastify';
import type { DockingClient, DockingSchedules } from '../client';
import type { Feishu } from '../feishu';
import type { Intake } from '../intake';
import type { Store } from '../store';
import type { ApiSettings } from './settings';

/** What every route may use. */
export interface ApiPorts {
  store: Store;
  /** Only for what has to do with receiving: what an event address is protected with, and long connections. */
  feishu: Feishu;
  client: DockingClient;
  schedules: DockingSchedules;
  intake: Intake;
  settings: ApiSettings;
  now: () => Date;
  log: FastifyBaseLogger;
}
