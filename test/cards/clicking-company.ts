/**
 * Cards that people click on, from end to end: events come in over the API, a worker sends the cards to the simulated platform,
 * the platform brings each click to the API, and the simulated ticket system is what it changes.
 */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createNotificationActivities } from '../../activities/notification';
import { createApi } from '../../api';
import type { ApiPorts } from '../../api/ports';
import { createDockingClient, createDockingSchedules } from '../../client';
import { createIntake } from '../../intake';
import type { ClickAction, ClickRecord } from '../../store';
import type { SentMessage } from '../activities/notified-company';
import { rule, setRules } from '../intake/desk';
import { eventually } from '../stack/eventually';
import { person, uniqueId } from '../store/fixture';
import { startDevServer } from '../support/servers';
import { openCompany, type Company, type SimulatedPerson } from '../workflows/company';
import { quietRuntime, withWorkers } from '../workflows/crew';

const ADMIN = 'the-admin-token-of-this-test';
/** Later, the platform shows an error to whoever clicked. */
const ANSWER_WITHIN_MS = 3_000;

export interface Toast {
  type: string;
  content: string;
  i18n: Record<string, string>;
}
export interface DeskTicket {
  ticketId: string;
  statusType: string;
  assigneeId: string | null;
  replies: { text: string; public: boolean }[];
}
export interface Agent {
  agentId: string;
  openId: string;
}

/** What is wrong with a click; without it the receiver clicks on the card's own button. */
export interface Spoilt {
  operator?: string;
  note?: string;
}

/** A card of one person about a ticket of its own. */
export interface ClickedCard {
  deliveryId: string;
  messageId: string;
  agent: Agent;
  /** Gives the toast; fails when the answer came too late for the platform or was none. */
  click: (action: ClickAction, spoilt?: Spoilt) => Promise<Toast>;
  record: (action: ClickAction) => Promise<ClickRecord | null>;
  /** The newest content, once it holds these words. */
  shows: (words: string) => Promise<string>;
  messages: () => Promise<SentMessage[]>;
  ticket: () => Promise<DeskTicket>;
  /** Lets somebody act in the ticket system itself. */
  act: (action: string, more?: object) => Promise<void>;
  /** The ticket system tells the ticket as it is now. */
  tells: (type: string) => Promise<void>;
  /** As `shows`, without them. */
  hides: (words: string) => Promise<string>;
}

export interface ClickingCompany {
  company: Company;
  /** Bound pairs, in order. */
  agents: Agent[];
  /** Somebody of another company, and somebody of this one who is bound to nobody. */
  outsider: SimulatedPerson;
  unbound: SimulatedPerson;
  /** Cards about one new ticket, one for each of these agents. */
  cards(...receivers: Agent[]): Promise<ClickedCard[]>;
  desk<T>(method: string, path: string, body?: object): Promise<T>;
  close(): Promise<void>;
}

export async function openClickingCompany(): Promise<ClickingCompany> {
  quietRuntime();
  const company = await openCompany({ employees: 60, departments: 4, agents: 12, tenants: 2 });
  const temporal: TestWorkflowEnvironment = await startDevServer();
  const { store, ports, dockingId } = company;
  const control = <T>(method: string, path: string, body?: unknown): Promise<T> =>
    company.control<T>(method, path, body);
  const apiPorts: ApiPorts = {
    store,
    feishu: ports.feishu,
    client: createDockingClient(temporal.client),
    schedules: createDockingSchedules(temporal.client),
    intake: createIntake(store, ports.now),
    settings: {
      port: 0,
      host: '127.0.0.1',
      mongodbUri: '',
      masterKey: '',
      adminToken: ADMIN,
      allowedPlatformUrls: [],
      publicUrl: 'http://docking.example.com',
      logLevel: 'silent',
      ticketRuns: 0,
      production: false,
    },
    now: ports.now,
    log: ports.log,
  };
  const api = await createApi(apiPorts);
  const url = await api.listen({ port: 0, host: '127.0.0.1' });

  let end: () => void = () => undefined;
  const ended = new Promise<void>((done) => (end = done));
  const working = withWorkers(temporal, createNotificationActivities(ports), () => ended);

  const { items: apps } = await control<{
    items: { appId: string; encryptKey: string; verificationToken: string; tenantKey: string }[];
  }>('GET', '/apps');
  const [app] = apps.filter(({ appId }) => appId === company.appId);
  if (!app) throw new Error('the app is gone');
  await store.dockings.setSecrets(dockingId, {
    encryptKey: app.encryptKey,
    verificationToken: app.verificationToken,
  });
  await control('PATCH', `/apps/${app.appId}`, { callbackUrl: `${url}/feishu/${dockingId}/events` });

  const call = async <T>(
    base: string,
    method: string,
    path: string,
    body?: object,
    more = {},
  ): Promise<T> => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { ...more, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  };
  const desk = <T>(method: string, path: string, body?: object): Promise<T> =>
    call<T>(company.ticketsUrl, method, `/_control${path}`, body);
  const { items: systems } = await desk<{ items: { id: string; kind: string }[] }>('GET', '/ticket-systems');
  // The first company's, like its app.
  const system = systems.find(({ kind }) => kind === 'rest')?.id ?? '';
  const { items: hired } = await desk<{ items: { agentId: string; status: string }[] }>(
    'GET',
    `/agents?system=${system}`,
  );
  const everybody = await company.people();
  const here = everybody.filter((one) => one.status === 'active' && Boolean(one.openId));
  const own = here.filter((one) => tenantOf(one) === app.tenantKey);
  const outsider = here.find((one) => tenantOf(one) !== app.tenantKey);
  const active = hired.filter(({ status }) => status === 'active');
  const agents = active
    .slice(0, 4)
    .map(({ agentId }, index) => ({ agentId, openId: own[index]?.openId ?? '' }));
  const unbound = own[agents.length];
  if (!outsider || !unbound) throw new Error('the world is too small');
  await store.employees.bulkApply(
    dockingId,
    agents.map(({ openId }, index) => person(openId, { mobile: `+861390000${1000 + index}` })),
  );
  for (const { agentId, openId } of agents) {
    const pair = { dockingId, employeeId: openId, agentId, method: 'manual' as const, createdBy: 'test' };
    if (!(await store.bindings.bind(pair)).ok) throw new Error('could not be bound');
  }
  // Whoever follows a ticket is told when it comes.
  const everyTicket = { all: [{ fact: 'ticket.title', operator: 'isNotEmpty', value: true }] };
  await setRules(store, dockingId, [
    rule({ triggers: ['ticket.created'], conditions: everyTicket, receivers: [{ role: 'followers' }] }),
  ]);

  const tell = (type: string, ticket: object): Promise<unknown> =>
    call(
      url,
      'POST',
      `/v1/dockings/${dockingId}/ticket-events`,
      {
        eventId: uniqueId('ev'),
        type,
        occurredAt: new Date().toISOString(),
        actor: { type: 'customer', id: 'c1' },
        ticket,
      },
      { authorization: `Bearer ${ADMIN}` },
    );

  const cardOf = async (ticketId: string, agent: Agent): Promise<ClickedCard> => {
    const find = async () => {
      const { items } = await store.deliveries.list(dockingId, { ticketId, employeeId: agent.openId });
      return items.find(({ messageId }) => messageId !== null);
    };
    await eventually('the card is out', async () => Boolean(await find()));
    const sent = await find();
    const messageId = sent?.messageId ?? '';
    const deliveryId = sent?.id ?? '';
    const content = async () => (await control<SentMessage>('GET', `/messages/${messageId}`)).content;
    return {
      deliveryId,
      messageId,
      agent,
      async click(action, { operator, note } = {}) {
        const value = { a: action, d: dockingId, t: ticketId, n: deliveryId };
        const began = performance.now();
        const answer = await control<{ code: number; message: string; toast: Toast | null }>(
          'POST',
          `/messages/${messageId}/click`,
          {
            action: { tag: 'button', value, ...(note === undefined ? {} : { form_value: { note } }) },
            ...(operator === undefined ? {} : { operator }),
          },
        );
        const took = performance.now() - began;
        if (!answer.toast) throw new Error(`no toast: ${answer.code} ${answer.message}`);
        if (took > ANSWER_WITHIN_MS) throw new Error(`the answer took ${Math.round(took)} ms`);
        return answer.toast;
      },
      async record(action) {
        const clicks = await store.clicks.toldSince(dockingId, ticketId, new Date(0));
        const told = clicks.find((one) => one.action === action && one.deliveryId === deliveryId);
        return told ?? store.clicks.get(`${deliveryId}:${action}`);
      },
      async shows(words) {
        await eventually(`the card says ${words}`, async () => (await content()).includes(words));
        return content();
      },
      async hides(words) {
        await eventually(`the card does not say ${words}`, async () => !(await content()).includes(words));
        return content();
      },
      async tells(type) {
        const { statusType, assigneeId } = await desk<DeskTicket>('GET', `/tickets/${ticketId}`);
        await tell(type, { id: ticketId, title: 'Printer', statusType, assigneeId });
      },
      messages: async () =>
        (await control<{ items: SentMessage[] }>('GET', `/messages?receiver=${agent.openId}`)).items,
      ticket: () => desk<DeskTicket>('GET', `/tickets/${ticketId}`),
      act: async (action, more = {}) => {
        await desk('POST', `/tickets/${ticketId}/act`, { action, ...more });
      },
    };
  };

  return {
    company,
    agents,
    outsider,
    unbound,
    desk,
    async cards(...receivers) {
      const ticket = await desk<DeskTicket>('POST', `/tickets?system=${system}`, {
        title: 'Printer',
        priority: 'high',
        customer: 0,
      });
      await tell('ticket.created', {
        id: ticket.ticketId,
        title: 'Printer',
        url: `https://desk.example/tickets/${ticket.ticketId}`,
        followerIds: receivers.map(({ agentId }) => agentId),
      });
      return Promise.all(receivers.map((agent) => cardOf(ticket.ticketId, agent)));
    },
    async close() {
      end();
      await working;
      await api.close();
      await temporal.teardown();
      await company.close();
    },
  };
}

const tenantOf = (one: SimulatedPerson): string => (one as SimulatedPerson & { tenantKey: string }).tenantKey;
