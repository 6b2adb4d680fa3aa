/** A docking whose Feishu app is set up completely in the simulator, and the workflows of its set-up on real parts. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createActivities, type AdminNotice } from '../../activities';
import { createDockingClient, type DockingClient } from '../../client';
import { createFeishu, createInProcessPacer } from '../../feishu';
import type { ChecklistItem, Docking } from '../../store';
import { startTimeSkipping } from '../support/servers';
import { openCompany, type Company } from './company';
import { quietRuntime, withWorkers } from './crew';

/** What the ticket system asks for, and one more that opens the version list. */
export const GRANTED = [
  'admin:app.info:readonly',
  'contact:contact.base:readonly',
  'admin:app.visibility',
  'contact:department.base:readonly',
  'contact:department.organize:readonly',
  'contact:group:readonly',
  'contact:user.base:readonly',
  'contact:user.department:readonly',
  'contact:user.email:readonly',
  'contact:user.employee:readonly',
  'contact:user.employee_id:readonly',
  'contact:user.phone:readonly',
  'im:message',
  'tenant:tenant:readonly',
  'directory:employee.base.mobile:read',
  'application:application.app_version:readonly',
];
export const HOMEPAGE = 'https://sg.sobot.com/auth/sign_in';
export const REDIRECT = 'https://sg.sobot.io/ws-h5-client/';

export interface SetUp {
  company: Company;
  client: DockingClient;
  /** Sets fields of the simulated app, or carries out a step of its life-cycle. */
  app(change: object): Promise<unknown>;
  /** Puts the app back to complete. */
  mend(): Promise<void>;
  /** A fresh docking of that app. */
  dock(over?: Partial<Docking>): Promise<string>;
  /** Runs credential validation; gives the items by id. */
  check(dockingId: string): Promise<Map<string, ChecklistItem>>;
  working<T>(body: () => Promise<T>): Promise<T>;
  /** Workers that work until the function they give is called. */
  startWorking(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export async function openSetUp(environment: TestWorkflowEnvironment): Promise<SetUp> {
  const company = await openCompany({ employees: 40, departments: 4, agents: 6 });
  const client = createDockingClient(environment.client);
  // Weeks of looking pass in a minute here: the platform's limits per minute are another test's matter.
  const feishu = createFeishu({ pacer: createInProcessPacer(), pace: () => ({ perSecond: 1000 }) });
  await company.control('PATCH', '/switches', { rateLimits: 'off' });
  const ports = { ...company.ports, feishu, raiseAlert: (notice: AdminNotice) => client.raiseAlert(notice) };
  const { appSecret } = await company.control<{ appSecret: string }>('GET', `/apps/${company.appId}`);
  const { platformUrl } = await company.store.dockings.require(company.dockingId);
  const app = (change: object): Promise<unknown> =>
    company.control('PATCH', `/apps/${company.appId}`, change);
  const working = <T>(body: () => Promise<T>): Promise<T> =>
    withWorkers(environment, createActivities(ports), body);
  let dockings = 0;

  return {
    company,
    client,
    app,
    async mend() {
      await app({
        appSecret,
        brand: 'feishu',
        name: 'Tickets',
        description: 'Ticket reminders',
        avatarUrl: 'https://assets.example.com/tickets.png',
        sceneType: 0,
        status: 'enabled',
        scopes: { requested: GRANTED, granted: GRANTED },
        bot: true,
        webApp: { pcUrl: HOMEPAGE, mobileUrl: HOMEPAGE },
        redirectUrls: [REDIRECT],
        contactRange: { type: 'all', userIds: [], departmentIds: [], groupIds: [] },
        availability: {
          all: true,
          userIds: [],
          departmentIds: [],
          groupIds: [],
          excluded: { userIds: [], departmentIds: [], groupIds: [] },
        },
        mobileDefault: 'bot',
        pcDefault: 'web_app',
        ipAllowList: [],
        versions: [{ version: '1.0.1', status: 1, scopes: GRANTED, updateRemark: 'first release' }],
      });
      await company.control('PATCH', '/switches', { servesBrand: 'feishu', disabledAppTokenCode: 10014 });
      await company.control('DELETE', '/faults');
    },
    async dock(over = {}) {
      dockings += 1;
      const id = `set-up-${dockings}`;
      const now = new Date();
      await company.store.dockings.create(
        {
          id,
          name: 'Set-up',
          brand: 'feishu',
          appId: company.appId,
          platformUrl,
          homepageUrl: HOMEPAGE,
          redirectUrl: REDIRECT,
          state: 'setting-up',
          ticketSystem: { kind: 'rest', baseUrl: 'http://127.0.0.1:1' },
          createdAt: now,
          updatedAt: now,
          createdBy: 'test',
          ...over,
        },
        { appSecret, pushToken: 'push-token', alertSecret: 'the-secret-of-the-webhook' },
      );
      return id;
    },
    async check(dockingId) {
      await client.validateCredentials({ dockingId, reason: 'check-again', requestedBy: 'test' });
      const checklist = await company.store.checklists.get(dockingId);
      return new Map((checklist?.items ?? []).map((item) => [item.id, item]));
    },
    working,
    async startWorking() {
      let end: () => void = () => undefined;
      const ended = new Promise<void>((resolve) => (end = resolve));
      let running: Promise<void> = Promise.resolve();
      await new Promise<void>((started, failed) => {
        running = working(() => {
          started();
          return ended;
        });
        running.catch(failed);
      });
      return () => {
        end();
        return running;
      };
    },
    async close() {
      feishu.close();
      await company.close();
    },
  };
}

/** For all tests of a file: a set-up of its own, its app complete and workers at work before each. */
export function setUpAtWork(
  use: (ground: { environment: TestWorkflowEnvironment; setUp: SetUp }) => void,
): void {
  let environment: TestWorkflowEnvironment | undefined;
  let setUp: SetUp;
  let stopWorking: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    quietRuntime();
    environment = await startTimeSkipping();
    setUp = await openSetUp(environment);
    use({ environment, setUp });
  });
  beforeEach(async () => {
    await setUp.mend();
    stopWorking = await setUp.startWorking();
  });
  afterEach(() => stopWorking?.());
  afterAll(async () => {
    await setUp?.close();
    await environment?.teardown();
  });
}
