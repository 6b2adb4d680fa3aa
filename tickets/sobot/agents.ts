import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import type { Agent, AgentDraft, AgentGroup, AgentState } from '../agent';
import { TicketSystemError } from '../failure';
import type { AgentPage, Clock, SobotConfig } from '../port';
import type { SobotCalls } from './call';
import { outcomeUnknown } from './codes';
import { given, records, text, type Wire } from './wire';

const CACHE_MS = 60_000;
const TICKET_AGENT = '5555';
const ADMIN_ROLES = new Set(['4444', '8888']);
const TICKET_GROUP = '0';

const DELETED = '-1';
/** All others cannot work yet: 0 not activated, 2 held by the platform, and what nobody has heard of. */
const STATES: Record<string, AgentState> = { '1': 'active', '9': 'disabled' };

/** What the agent list says about one agent; undefined for a deleted one. */
function agentOf(row: Wire): Agent | undefined {
  const agentId = text(row.agentid);
  const status = text(row.agent_status);
  if (agentId === '' || status === DELETED) return undefined;
  const role = given(row.agent_role_type);
  return {
    agentId,
    name: given(row.agent_name) ?? text(row.agent_nick),
    email: given(row.agent_email) ?? given(row.email) ?? null,
    mobile: given(row.phone_no) ?? null,
    groupIds: records(row.groups).map((group) => text(group.groupid)),
    state: STATES[status] ?? 'inactive',
    ...(role !== undefined && { role, isAdmin: ADMIN_ROLES.has(role) }),
  };
}

/**
 * Sobot's agents. The API has neither a look-up nor a filter, so finding somebody means having listed all; the list
 * is kept for a minute and read anew before an agent is made.
 * // unverified: the largest page of the agent list; 50 is documented for ticket lists only.
 */
export class SobotAgents {
  private cache: { at: number; agents: Promise<Map<string, Agent>> } | undefined;
  private readonly country: CountryCode | undefined;

  constructor(
    private readonly calls: SobotCalls,
    private readonly clock: Clock,
    config: SobotConfig,
  ) {
    this.country = (config.timezone ?? 'Asia/Shanghai') === 'Asia/Shanghai' ? 'CN' : undefined;
  }

  async *list(cursor?: string | null): AsyncGenerator<AgentPage> {
    const first = Number(cursor ?? 1);
    if (!Number.isInteger(first) || first < 1) throw invalid('unknown agent cursor');
    for await (const { answer, page, last } of this.calls.pages(
      '/api/basic/5/agent/query_agents',
      {},
      first,
    )) {
      yield {
        agents: answer.items.map(agentOf).filter((agent) => agent !== undefined),
        nextCursor: last ? null : String(page + 1),
      };
    }
  }

  /** From the kept list; read anew when nobody is found in one that was read before. */
  async find(by: { id?: string; email?: string; phone?: string }): Promise<Agent[]> {
    const kept = this.cache;
    const found = this.matching(await this.all(CACHE_MS), by);
    if (found.length > 0 || this.cache !== kept) return found;
    return this.matching(await this.all(0), by);
  }

  /** Somebody by id, from the kept list; read anew once when unknown. */
  async named(agentId: string): Promise<Agent | undefined> {
    return (await this.all(CACHE_MS)).get(agentId) ?? (await this.all(5_000)).get(agentId);
  }

  /**
   * Makes an agent unless one with this e-mail is there: with the same name it is the one of an earlier try and is
   * adopted, with another name it is `already-exists`. After an unknown outcome the next try begins the same way, and
   * a refusal may only mean that somebody was quicker: no source names the code of a taken e-mail.
   */
  async create(draft: AgentDraft): Promise<Agent> {
    const present = await this.byEmail(draft.email);
    if (present) return adopt(present, draft);
    try {
      const { item } = await this.calls.write('/api/basic/5/agent/save_agent', {
        agent_nick: draft.name,
        agent_name: draft.name,
        email: draft.email,
        agent_role_type: draft.role ?? TICKET_AGENT,
        max_accept: '10',
        ...(draft.mobile && { phone_no: draft.mobile }),
        ...(draft.groupIds.length > 0 && { group_ids: draft.groupIds.join(',') }),
      });
      this.cache = undefined;
      const agentId = text(item.agentid);
      if (agentId !== '') return fresh(agentId, draft);
    } catch (error) {
      const isRefused = error instanceof TicketSystemError && error.code === 'invalid';
      if (!isRefused && !outcomeUnknown(error)) throw error;
      const made = await this.byEmail(draft.email);
      if (made) return adopt(made, draft);
      throw error;
    }
    const made = await this.byEmail(draft.email);
    if (made) return adopt(made, draft);
    throw new TicketSystemError('save_agent: neither an id nor the agent came back', {
      code: 'unknown-outcome',
      retryClass: 'normal',
      nextStep: 'Look into the agent list of Sobot; the call is repeated by itself.',
    });
  }

  async groups(): Promise<AgentGroup[]> {
    const groups: AgentGroup[] = [];
    for await (const { answer } of this.calls.pages('/api/basic/5/agent/query_groups')) {
      for (const row of answer.items) {
        const kind = text(row.group_type) === TICKET_GROUP ? 'ticket' : 'other';
        groups.push({ groupId: text(row.groupid), name: text(row.group_name), kind });
      }
    }
    return groups;
  }

  private matching(agents: Map<string, Agent>, by: { id?: string; email?: string; phone?: string }): Agent[] {
    const email = by.email?.trim().toLowerCase();
    const phone = by.phone === undefined ? undefined : this.digits(by.phone);
    return [...agents.values()].filter(
      (agent) =>
        (by.id === undefined || agent.agentId === by.id) &&
        (email === undefined || agent.email?.toLowerCase() === email) &&
        (phone === undefined || (agent.mobile !== null && this.digits(agent.mobile) === phone)),
    );
  }

  private async byEmail(email: string): Promise<Agent | undefined> {
    const wanted = email.trim().toLowerCase();
    const agents = await this.all(0);
    return [...agents.values()].find((agent) => agent.email?.toLowerCase() === wanted);
  }

  /** Everybody by id, at most `maxAgeMs` old. Callers at the same time share one listing. */
  private async all(maxAgeMs: number): Promise<Map<string, Agent>> {
    const now = this.clock.now();
    if (this.cache && now - this.cache.at < maxAgeMs) return this.cache.agents;
    const entry = { at: now, agents: this.readAll() };
    this.cache = entry;
    try {
      return await entry.agents;
    } catch (error) {
      // A failed listing must not be handed to the next caller.
      if (this.cache === entry) this.cache = undefined;
      throw error;
    }
  }

  private async readAll(): Promise<Map<string, Agent>> {
    const agents = new Map<string, Agent>();
    for await (const page of this.list()) for (const agent of page.agents) agents.set(agent.agentId, agent);
    return agents;
  }

  private digits(phone: string): string {
    return parsePhoneNumberFromString(phone, this.country)?.number ?? phone.replace(/\D/g, '');
  }
}

function fresh(agentId: string, draft: AgentDraft): Agent {
  const role = draft.role ?? TICKET_AGENT;
  return {
    agentId,
    name: draft.name,
    email: draft.email,
    mobile: draft.mobile ?? null,
    groupIds: draft.groupIds,
    // unverified: a new agent is taken to wait for its activation.
    state: 'inactive',
    role,
    isAdmin: ADMIN_ROLES.has(role),
  };
}

function adopt(agent: Agent, draft: AgentDraft): Agent {
  if (agent.name === draft.name && agent.state !== 'disabled') return agent;
  throw new TicketSystemError('an agent with this e-mail is there already', {
    code: 'already-exists',
    retryClass: 'never',
    existingId: agent.agentId,
    nextStep: 'Bind the existing agent instead, or use another e-mail.',
  });
}

function invalid(message: string): TicketSystemError {
  return new TicketSystemError(message, {
    code: 'invalid',
    retryClass: 'never',
    nextStep: 'Begin the list from its first page.',
  });
}
