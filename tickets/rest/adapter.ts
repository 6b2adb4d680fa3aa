import { z } from 'zod';
import type { Agent, AgentDraft, AgentGroup } from '../agent';
import type { Ticket, TicketEvent } from '../event';
import { ticketOrder } from '../order';
import { TicketSystemError } from '../failure';
import type { Http } from '../http';
import type {
  ActResult,
  AgentPage,
  Capabilities,
  ChangedTickets,
  Clock,
  Hydrated,
  PushArrival,
  RestConfig,
  TicketAction,
  TicketHint,
  TicketSnapshot,
  TicketStatus,
  TicketSystem,
} from '../port';
import { ACTIONS } from './actions';
import { RestCalls } from './call';
import { agentOf, decode, eventOf, statusType, ticketOf } from './mapping';
import { hintOf, restHints } from './push';

const page = z.object({ items: z.array(z.unknown()), nextCursor: z.string().nullish() });
const capabilities = z.object({
  name: z.string(),
  version: z.string().nullish(),
  timezone: z.string().nullish(),
  actions: z.array(z.string()).nullish(),
  events: z.array(z.string()).nullish(),
  ticketUrlTemplate: z.string().nullish(),
});
const group = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string().nullish(),
  memberIds: z.array(z.string()).nullish(),
});
const status = z.object({ code: z.string(), name: z.string(), type: z.string() });

const REPLAY_PAGE = 500;
/** Looked at again before the mark: clocks differ, and what is told twice is known by its id. */
const OVERLAP_MS = 120_000;

/** Any ticket system that implements the generic contract (see docs), told apart by its API key. */
export class RestTicketSystem implements TicketSystem {
  private readonly calls: RestCalls;
  /** Where the last replay ended, so that the next one need not read a week again. */
  private replayed: { nextSince: string; eventId: string } | undefined;

  constructor(
    private readonly config: RestConfig,
    http: Http,
    private readonly clock: Clock,
  ) {
    this.calls = new RestCalls(config, http, clock);
  }

  async capabilities(): Promise<Capabilities> {
    const { body } = await this.calls.call({ method: 'GET', path: '/v1/capabilities' });
    const told = decode('capabilities', capabilities, body);
    const ticketUrlTemplate = this.config.ticketUrlTemplate ?? told.ticketUrlTemplate;
    return {
      name: told.name,
      ...(told.version && { version: told.version }),
      timezone: told.timezone ?? this.config.timezone ?? 'UTC',
      actions: ACTIONS.filter((action) => told.actions?.includes(action)),
      events: told.events ?? [],
      ...(ticketUrlTemplate && { ticketUrlTemplate }),
    };
  }

  async *listAgents(cursor?: string | null): AsyncGenerator<AgentPage> {
    for await (const { items, nextCursor } of this.pages('/v1/agents', { limit: '200' }, cursor)) {
      yield { agents: items.map(agentOf).filter((agent) => agent !== undefined), nextCursor };
    }
  }

  async findAgent(by: { id?: string; email?: string; phone?: string }): Promise<Agent[]> {
    const { id, email, phone } = by;
    if (email === undefined && phone === undefined) {
      try {
        const path = `/v1/agents/${encodeURIComponent(id ?? '')}`;
        const found = agentOf((await this.calls.call({ method: 'GET', path })).body);
        return found ? [found] : [];
      } catch (error) {
        if (error instanceof TicketSystemError && error.code === 'not-found') return [];
        throw error;
      }
    }
    const found: Agent[] = [];
    for await (const { items } of this.pages('/v1/agents', { email, phone })) {
      for (const item of items) {
        const agent = agentOf(item);
        if (agent && (id === undefined || agent.agentId === id)) found.push(agent);
      }
    }
    return found;
  }

  async createAgent(idempotencyKey: string, draft: AgentDraft): Promise<Agent> {
    const { body } = await this.calls.call({
      method: 'POST',
      path: '/v1/agents',
      body: { ...draft, role: draft.role ?? 'agent' },
      idempotencyKey,
    });
    const agent = agentOf(body);
    if (agent) return agent;
    throw new TicketSystemError('POST /v1/agents: the new agent is called deleted', {
      code: 'malformed-answer',
      retryClass: 'never',
      nextStep: 'Look into the agent list of the ticket system.',
    });
  }

  async listGroups(): Promise<AgentGroup[]> {
    const groups: AgentGroup[] = [];
    for await (const { items } of this.pages('/v1/groups', {})) {
      for (const item of items) {
        const { id, name, kind, memberIds } = decode('group', group, item);
        const isTicket = kind === null || kind === undefined || kind === 'ticket';
        groups.push({
          groupId: id,
          name,
          kind: isTicket ? 'ticket' : 'other',
          ...(memberIds && { memberIds }),
        });
      }
    }
    return groups;
  }

  async listStatuses(): Promise<TicketStatus[]> {
    const { body } = await this.calls.call({ method: 'GET', path: '/v1/statuses' });
    return decode('statuses', page, body).items.map((item) => {
      const { code, name, type } = decode('status', status, item);
      return { code, name, type: statusType(type) ?? 'in_progress' };
    });
  }

  async getTicket(id: string): Promise<Ticket> {
    const path = `/v1/tickets/${encodeURIComponent(id)}`;
    return ticketOf((await this.calls.call({ method: 'GET', path })).body);
  }

  /** Told as hints without an event: what happened shows when the hint is hydrated. */
  async listChangedTickets(since: string): Promise<ChangedTickets> {
    const nextSince = new Date(this.clock.now()).toISOString();
    const hints = new Map<string, TicketHint>();
    const updatedSince = new Date(Date.parse(since) - OVERLAP_MS).toISOString();
    for await (const { items } of this.pages('/v1/tickets', { updatedSince, limit: '100' })) {
      for (const item of items) {
        const ticket = ticketOf(item);
        hints.set(ticket.id, {
          ticketId: ticket.id,
          source: 'poll',
          ...(ticket.updatedAt && { updatedAt: ticket.updatedAt }),
        });
      }
    }
    return { hints: [...hints.values()], nextSince };
  }

  /** Replays the recorded events since a time; taking one twice is harmless, its id is the same. */
  async listMissedPushes(since: string): Promise<ChangedTickets> {
    const nextSince = new Date(this.clock.now()).toISOString();
    const hints: TicketHint[] = [];
    let after = this.replayed?.nextSince === since ? this.replayed.eventId : undefined;
    // A failure half-way, or an id that has expired, begins anew.
    this.replayed = undefined;
    for (;;) {
      const query = { after, limit: String(REPLAY_PAGE) };
      const { body } = await this.calls.call({ method: 'GET', path: '/v1/events', query });
      const events = decode('events', page, body).items.map(eventOf);
      for (const event of events) {
        if (Date.parse(event.occurredAt) >= Date.parse(since) - OVERLAP_MS) {
          hints.push(hintOf(event, 'missed-push'));
        }
      }
      after = events.at(-1)?.eventId ?? after;
      if (events.length < REPLAY_PAGE) break;
    }
    if (after !== undefined) this.replayed = { nextSince, eventId: after };
    return { hints, nextSince };
  }

  async act(idempotencyKey: string, ticketId: string, action: TicketAction): Promise<ActResult> {
    const { kind, actorAgentId, toAgentId, toGroupId, status: code, priority, text } = action;
    try {
      const held = kind === 'claim' && !action.force ? await this.getTicket(ticketId) : undefined;
      if (held?.assigneeId && held.assigneeId !== actorAgentId) {
        return { state: 'refused', code: 'stale', nextStep: 'Somebody else already has this ticket.' };
      }
      const answer = await this.calls.call({
        method: 'POST',
        path: `/v1/tickets/${encodeURIComponent(ticketId)}/actions`,
        body: { action: kind, actorAgentId, toAgentId, toGroupId, status: code, priority, text },
        idempotencyKey,
        // A claim is a race: it must fail when somebody took the ticket between the look and the write.
        ...(held?.version && { ifMatch: String(held.version) }),
      });
      const { ticket } = decode('action', z.object({ ticket: z.unknown() }), answer.body);
      return { state: 'done', ticket: ticketOf(ticket) };
    } catch (error) {
      if (!(error instanceof TicketSystemError)) throw error;
      if (error.retryClass !== 'never' && error.code !== 'stale') throw error;
      return {
        state: 'refused',
        code: error.code,
        nextStep: error.nextStep,
        ...(error.platformCode !== undefined && { platformCode: error.platformCode }),
      };
    }
  }

  parsePush(
    rawBody: string | Buffer,
    headers: Record<string, string | string[] | undefined>,
    arrival: PushArrival = {},
  ): TicketHint[] {
    return restHints(this.config, { body: rawBody, headers, receivedAt: this.clock.now(), ...arrival });
  }

  pushAcknowledgement(): unknown {
    return { received: true };
  }

  /**
   * A signed or replayed event is whole already. A polled ticket only renews the snapshot: the system's own record
   * of events (`listMissedPushes`) tells better what happened than a comparison could.
   */
  async hydrate(hint: TicketHint, previous: TicketSnapshot | null): Promise<Hydrated> {
    const takenAt = new Date(this.clock.now()).toISOString();
    if (!hint.event) {
      const ticket = await this.getTicket(hint.ticketId);
      return { events: [], snapshot: { ticket, replyIds: previous?.replyIds ?? [], takenAt } };
    }
    const event: TicketEvent = { ...hint.event, receivedAt: takenAt };
    // Events come in any order; the snapshot never goes back.
    const isOlder = previous !== null && ticketOrder(event.ticket, previous.ticket) < 0;
    const ticket = isOlder ? previous.ticket : event.ticket;
    return { events: [event], snapshot: { ticket, replyIds: previous?.replyIds ?? [], takenAt } };
  }

  private async *pages(
    path: string,
    query: Record<string, string | undefined>,
    first?: string | null,
  ): AsyncGenerator<{ items: unknown[]; nextCursor: string | null }> {
    for (let cursor = first ?? undefined; ;) {
      const answer = await this.calls.call({ method: 'GET', path, query: { ...query, cursor } });
      const { items, nextCursor } = decode(path, page, answer.body);
      yield { items, nextCursor: nextCursor || null };
      if (!nextCursor || nextCursor === cursor) return;
      cursor = nextCursor;
    }
  }
}
