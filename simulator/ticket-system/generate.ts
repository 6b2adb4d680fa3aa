import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { DateTime } from 'luxon';
import {
  CUSTOMERS,
  makeCategories,
  makeFields,
  makeGroups,
  REST_STATUSES,
  SOBOT_STATUSES,
  TITLES,
} from './catalogue';
import { generateAgents } from './generate-agents';
import type { Colleague, Priority, SimulatedTicket, TicketSystem } from './types';
import type { TicketWorld } from './world';

export interface SystemPlan {
  /** Unique per listener; part of every generated id. */
  id: string;
  kind: 'sobot' | 'rest';
  timezone: string;
  agents: number;
  tickets: number;
  people: readonly Colleague[];
}

/** One company's ticket system with groups, agents and tickets; the same for the same seed. */
export function generateSystem(world: TicketWorld, plan: SystemPlan): TicketSystem {
  const digest = (what: string): string =>
    createHash('sha256').update(`${world.seed}|${plan.id}|${what}`).digest('hex').slice(0, 32);
  const nextId = (): string => world.ids.next(plan.id).slice(-32);
  const system: TicketSystem = {
    id: plan.id,
    kind: plan.kind,
    name: plan.kind === 'sobot' ? 'Sobot (simulated)' : 'Helpdesk (simulated)',
    timezone: plan.timezone,
    companyId: digest('company'),
    appid: plan.kind === 'sobot' ? digest('appid') : '',
    appKey: plan.kind === 'sobot' ? digest('app key') : '',
    apiKey: plan.kind === 'rest' ? `key-${digest('api key')}` : '',
    webhookSecrets: [`whsec-${digest('webhook')}`],
    push: { url: '', format: 'wrapper' },
    agents: new Map(),
    groups: new Map(makeGroups(nextId).map((group) => [group.groupId, group])),
    statuses: (plan.kind === 'sobot' ? SOBOT_STATUSES : REST_STATUSES).map((status) => ({ ...status })),
    categories: makeCategories(nextId),
    fields: makeFields(nextId),
    tickets: new Map(),
    tokens: [],
    missedPushes: [],
    recordedEvents: [],
    idempotency: new LRUCache({ max: 20_000 }),
  };
  generateAgents(world, system, plan.agents, plan.people);
  const draw = world.randomStream(`tickets of ${plan.id}`);
  for (let index = 0; index < plan.tickets; index++) {
    const ticket = newTicket(world, system, {
      // Old enough that no generated ticket looks new to a docking that starts now.
      createdAt: world.clock.now() - Math.floor((1 + draw() * 20) * 86_400_000),
      title: TITLES[Math.floor(draw() * TITLES.length)] ?? 'Ticket',
      priority: (['low', 'normal', 'normal', 'high', 'urgent'] as const)[Math.floor(draw() * 5)] ?? 'normal',
      customerIndex: Math.floor(draw() * CUSTOMERS.length),
      categoryIndex: Math.floor(draw() * system.categories.length),
      statusType: (['new', 'in_progress', 'in_progress', 'solved'] as const)[Math.floor(draw() * 4)] ?? 'new',
      agentIndex: Math.floor(draw() * system.agents.size),
      flow: index % 25 === 24,
    });
    system.tickets.set(ticket.ticketId, ticket);
  }
  return system;
}

export interface TicketDraft {
  createdAt: number;
  title: string;
  content?: string;
  priority: Priority;
  customerIndex: number;
  categoryIndex: number;
  statusType: 'new' | 'in_progress' | 'solved';
  /** Negative = nobody. */
  agentIndex: number;
  flow: boolean;
}

export function newTicket(world: TicketWorld, system: TicketSystem, draft: TicketDraft): SimulatedTicket {
  const at = draft.createdAt;
  const name = CUSTOMERS[draft.customerIndex % CUSTOMERS.length] ?? 'Customer';
  const customerId = createHash('md5').update(`${system.id}|${name}`).digest('hex');
  const agent =
    draft.statusType === 'new' || draft.agentIndex < 0
      ? undefined
      : [...system.agents.values()][draft.agentIndex % Math.max(1, system.agents.size)];
  const number = String(system.tickets.size + 1).padStart(6, '0');
  const ticketGroups = [...system.groups.values()].filter((group) => group.kind === 'ticket');
  return {
    ticketId: world.ids.next(`${system.id}-ticket`).slice(-32),
    code: DateTime.fromMillis(at, { zone: system.timezone }).toFormat('yyyyLLdd') + number,
    version: 1,
    title: draft.title,
    content: `<p>${draft.content ?? `${draft.title}. Please help.`}</p>`,
    statusCode: system.statuses.find((status) => status.type === draft.statusType)?.code ?? '0',
    priority: draft.priority,
    source: '12',
    categoryId: system.categories[draft.categoryIndex % system.categories.length]?.categoryId ?? '',
    groupId: agent?.groupIds[0] ?? ticketGroups[draft.categoryIndex % ticketGroups.length]?.groupId ?? '',
    agentId: agent?.agentId ?? '',
    creator: { type: 'customer', id: customerId, name },
    customer: {
      customerId,
      name,
      tels: [`1370000${String(draft.customerIndex).padStart(4, '0')}`],
      emails: [`customer${draft.customerIndex}@mail.example`],
      vip: draft.customerIndex % 4 === 0,
      organization: draft.customerIndex % 2 === 0 ? 'Northwind' : '',
    },
    followerIds: [],
    ccAgentIds: [],
    tags: [],
    fields: {},
    replies: [],
    log: [{ title: '工单创建', contents: {}, by: { type: 'customer', id: customerId, name }, at }],
    urges: [],
    rating: null,
    createdAt: at,
    updatedAt: at,
    firstAcceptAt: draft.statusType === 'new' ? null : at,
    closedAt: null,
    firstResponseDueAt: at + 3_600_000,
    dueAt: at + 86_400_000,
    reopenCount: 0,
    flow: draft.flow,
  };
}
