/** The API in process, over a real database and a real Temporal server; no worker runs, so nothing moves by itself. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { randomBytes } from 'node:crypto';
import axios from 'axios';
import pino from 'pino';
import { createApi } from '../../api';
import type { ApiPorts } from '../../api/ports';
import { createDockingClient, createDockingSchedules } from '../../client';
import { createFeishu } from '../../feishu';
import { createIntake } from '../../intake';
import { openStore, type Store } from '../../store';
import { startDevServer, startMongo, type TestMongo } from '../support/servers';

export const ADMIN_TOKEN = 'the-admin-token-of-this-test';
export const PLATFORM_URL = 'http://127.0.0.1:1';

export interface TestApi {
  url: string;
  store: Store;
  /** For what runs beside the routes in the API's process. */
  ports: ApiPorts;
  temporal: TestWorkflowEnvironment['client'];
  /** JSON in, status and JSON out. */
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Record<string, unknown> }>;
  close(): Promise<void>;
}

/** `platformUrl`: a simulator, where a test wants Feishu to answer. */
export async function startApi({ platformUrl = PLATFORM_URL } = {}): Promise<TestApi> {
  const mongo: TestMongo = await startMongo();
  const temporal: TestWorkflowEnvironment = await startDevServer();
  const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' });
  const store = await openStore({ uri: mongo.uri, masterKey: randomBytes(32).toString('base64') });
  const now = (): Date => new Date();
  const feishu = createFeishu();
  const ports: ApiPorts = {
    store,
    feishu,
    client: createDockingClient(temporal.client),
    schedules: createDockingSchedules(temporal.client),
    intake: createIntake(store, now),
    settings: {
      port: 0,
      host: '127.0.0.1',
      mongodbUri: mongo.uri,
      masterKey: '',
      adminToken: ADMIN_TOKEN,
      allowedPlatformUrls: [platformUrl],
      publicUrl: 'http://docking.example.com',
      logLevel: 'silent',
      ticketRuns: 0,
      production: false,
    },
    now,
    log,
  };
  const app = await createApi(ports);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    store,
    ports,
    temporal: temporal.client,
    url,
    async call(method, path, body, headers = { authorization: `Bearer ${ADMIN_TOKEN}` }) {
      const answer = await axios.request<Record<string, unknown> | ''>({
        method,
        url: `${url}${path}`,
        headers,
        validateStatus: () => true,
        ...(body === undefined ? {} : { data: body }),
      });
      return { status: answer.status, body: answer.data === '' ? {} : answer.data, headers: answer.headers };
    },
    async close() {
      await app.close();
      feishu.close();
      await store.close();
      await temporal.teardown();
      await mongo.stop();
    },
  };
}

export const NEW_DOCKING = {
  name: 'Test',
  brand: 'feishu',
  appId: 'cli_0123456789abcdef',
  appSecret: 'a-secret-that-nobody-may-see',
  platformUrl: PLATFORM_URL,
  homepageUrl: 'https://sg.sobot.com/auth/sign_in',
  redirectUrl: 'https://sg.sobot.io/ws-h5-client/',
  ticketSystem: {
    kind: 'sobot',
    baseUrl: 'http://127.0.0.1:1',
    appid: '1',
    appKey: 'an-app-key-that-nobody-may-see',
  },
};

export const RULE = {
  name: 'Customer replied',
  enabled: true,
  triggers: ['ticket.replied_by_customer'],
  conditions: { all: [{ fact: 'ticket.priority', operator: 'in', value: ['high', 'urgent'] }] },
  receivers: [{ role: 'assignee' }],
  urgency: 'routine',
};

export const ticketEvent = (
  eventId: string,
  over: Record<string, unknown> = {},
): Record<string, unknown> => ({
  eventId,
  type: 'ticket.replied_by_customer',
  occurredAt: '2026-07-20T10:00:00Z',
  actor: { type: 'customer', id: 'c1' },
  ticket: { id: 'T1', version: 1, priority: 'high', assigneeId: 'a1', title: 'Printer' },
  changes: [],
  schemaVersion: 1,
  ...over,
});
