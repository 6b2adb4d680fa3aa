/** Chapters 1 to 3: a company with an app, a docking, and its way to live. */
import { until, type Http } from './http';

export interface Company {
  employees: number;
  departments: number;
  app: { appId: string; appSecret: string; webApp: { pcUrl: string }; redirectUrls: string[] };
  ticketSystem: {
    id: string;
    kind: 'sobot';
    baseUrl: string;
    appid: string;
    appKey: string;
    agents: { agentId: string }[];
  };
}

export async function foundCompany(simulator: Http): Promise<Company> {
  const made = await simulator.post<{
    tenants: { employees: number; departments: number }[];
    apps: Company['app'][];
    ticketSystems: Company['ticketSystem'][];
  }>('/_control/reset', { seed: 'demo', employees: 1000, departments: 40, agents: 60, tickets: 20 });
  const [tenant] = made.tenants;
  const [app] = made.apps;
  const ticketSystem = made.ticketSystems.find((system) => system.kind === 'sobot');
  if (!tenant || !app || !ticketSystem)
    throw new Error('the simulator made no company, app or ticket system');
  return { employees: tenant.employees, departments: tenant.departments, app, ticketSystem };
}

export async function createDocking(api: Http, company: Company, platformUrl: string): Promise<string> {
  const { app, ticketSystem } = company;
  const docking = await api.post<{ id: string }>('/v1/dockings', {
    name: 'Demo company',
    brand: 'feishu',
    appId: app.appId,
    appSecret: app.appSecret,
    platformUrl,
    homepageUrl: app.webApp.pcUrl,
    redirectUrl: app.redirectUrls[0],
    ticketSystem: {
      kind: 'sobot',
      baseUrl: ticketSystem.baseUrl,
      appid: ticketSystem.appid,
      appKey: ticketSystem.appKey,
    },
  });
  return docking.id;
}

export interface ChecklistItem {
  id: string;
  state: string;
  message: string;
}

export function checklistOf(api: Http, dockingId: string): Promise<ChecklistItem[]> {
  return until(
    'a verdict for every item of the checklist',
    60,
    async () => (await api.get<{ items: ChecklistItem[] }>(`/v1/dockings/${dockingId}/checklist`)).items,
    (items) => items.length >= 29,
  );
}

interface Step {
  step: string;
  state: string;
  proof: string[];
}

/** Approves every step that only a person can decide, and waits until the docking is live. */
export async function goLive(api: Http, dockingId: string): Promise<string[]> {
  const path = `/v1/dockings/${dockingId}`;
  const steps = await until(
    'a step that waits for a person',
    60,
    async () => (await api.get<{ steps: Step[] }>(`${path}/onboarding`)).steps,
    (found) => found.some((step) => step.state === 'waiting' && step.proof.length === 0),
  );
  const human = steps
    .filter((step) => step.proof.length === 0 && step.state !== 'done')
    .map((step) => step.step);
  for (const step of human) {
    await api.post(`${path}/onboarding/${step}:approve`, {
      comment: 'It is the right app of the right company.',
    });
  }
  await until(
    'the docking to be live',
    60,
    () => api.get<{ state: string }>(path),
    ({ state }) => state === 'live',
  );
  return human;
}
