import { createFeishu, reminderCard } from '../../feishu';
import type { Credentials, Feishu, FeishuClient, Message, ReminderCardModel } from '../../feishu';
import { startSimulator } from '../../simulator';
import type { Simulator } from '../../simulator';

export interface SimulatedApp {
  appId: string;
  appSecret: string;
  tenantKey: string;
  encryptKey: string;
  verificationToken: string;
}

export interface SimulatedPerson {
  openId: string;
  userId: string;
  name: string;
  status: string;
}

export const SEED = { seed: 'client', employees: 120, departments: 12, rootMembers: 3, groups: 2 };

/** The client and a simulated company, as the product would meet it. */
export class Simulated {
  private constructor(
    private readonly simulator: Simulator,
    readonly feishu: Feishu,
    readonly app: SimulatedApp,
    readonly people: readonly SimulatedPerson[],
  ) {}

  static async start(): Promise<Simulated> {
    const simulator = await startSimulator(SEED);
    const { items: apps } = await call<{ items: SimulatedApp[] }>(simulator, 'GET', '/apps');
    const { items: people } = await call<{ items: SimulatedPerson[] }>(simulator, 'GET', '/people?limit=200');
    const active = people.filter((person) => person.status === 'active');
    return new Simulated(simulator, createFeishu(), apps[0] as SimulatedApp, active);
  }

  async close(): Promise<void> {
    this.feishu.close();
    await this.simulator.close();
  }

  get credentials(): Credentials {
    return { appId: this.app.appId, appSecret: this.app.appSecret, baseUrl: this.simulator.url };
  }

  get client(): FeishuClient {
    return this.feishu.for(this.credentials);
  }

  person(index = 0): SimulatedPerson {
    const person = this.people[index];
    if (person === undefined) throw new Error(`the company has no person ${index}`);
    return person;
  }

  control<T>(method: string, path: string, body?: object): Promise<T> {
    return call(this.simulator, method, path, body);
  }

  patchApp(change: object): Promise<unknown> {
    return this.control('PATCH', `/apps/${this.app.appId}`, change);
  }

  sendCard(to: string, uuid: string, change?: Partial<ReminderCardModel>): Promise<Message> {
    return this.client.messages.send({
      to,
      uuid,
      content: { kind: 'interactive', card: reminderCard(reminder(change)) },
    });
  }
}

async function call<T>(simulator: Simulator, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${simulator.url}/_control${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** A reminder with everything on it. */
export function reminder(change: Partial<ReminderCardModel> = {}): ReminderCardModel {
  return {
    dockingId: 'd1',
    ticketId: 't1',
    nonce: 'n1',
    headline: { en: 'Assigned to you', zh: '已分配给你' },
    ticketNumber: '1001',
    title: 'Printer',
    status: { en: 'New', zh: '新建' },
    priority: 'high',
    urgency: 'routine',
    customer: 'Acme',
    excerpt: 'It hums',
    why: 'High priority',
    url: 'https://desk.example.com/1',
    actions: ['claim', 'acknowledge', 'snooze', 'reply', 'close'],
    ...change,
  };
}
