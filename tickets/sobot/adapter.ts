import type { Agent, AgentDraft, AgentGroup } from '../agent';
import type { Ticket } from '../event';
import type { Http } from '../http';
import type {
  ActResult,
  AgentPage,
  Capabilities,
  ChangedTickets,
  Clock,
  Hydrated,
  PushArrival,
  SobotConfig,
  TicketAction,
  TicketHint,
  TicketSnapshot,
  TicketStatus,
  TicketSystem,
  TicketSystemWarning,
  SharedState,
  TokenStore,
} from '../port';
import { Pace } from '../pace';
import { accountOf, pacedHttp, turnLimit } from './account';
import { SobotActions } from './act';
import { SobotAgents } from './agents';
import { SobotCalls } from './call';
import { eventsBetween } from './hydrate';
import { SobotPoll } from './poll';
import { acknowledgement, checkAccess, hintsIn } from './push';
import { readDetail } from './read';
import { SobotStatuses } from './statuses';
import { ticketOf } from './ticket';
import { SobotTime } from './time';
import { SobotToken } from './token';
import { text, type Wire } from './wire';

/** What a Sobot docking can tell. Tags, merges, mentions and approvals do not exist there; due times come by push. */
const EVENTS = [
  'created',
  'assigned_agent',
  'assigned_group',
  'unassigned',
  'accepted',
  'replied_by_customer',
  'replied_by_agent',
  'note_added',
  'status_changed',
  'priority_changed',
  'category_changed',
  'field_changed',
  'urged',
  'followed',
  'unfollowed',
  'solved',
  'closed',
  'reopened',
  'rated',
  'deleted',
  'restored',
].map((name) => `ticket.${name}`);

export interface SobotParts {
  http: Http;
  tokenStore: TokenStore;
  sharedState: SharedState;
  clock: Clock;
  warn: (warning: TicketSystemWarning) => void;
}

/** A Sobot company as a ticket system, through the open API "工单 API" (v5). */
export class SobotTicketSystem implements TicketSystem {
  private readonly time: SobotTime;
  private readonly calls: SobotCalls;
  private readonly agents: SobotAgents;
  private readonly statuses: SobotStatuses;
  private readonly poll: SobotPoll;
  private readonly actions: SobotActions;

  constructor(
    private readonly config: SobotConfig,
    private readonly parts: SobotParts,
  ) {
    const { http, clock, warn } = parts;
    this.time = new SobotTime(config.timezone ?? 'Asia/Shanghai');
    const account = accountOf(config);
    const pace = new Pace(parts.sharedState, `pace|${account}`, turnLimit(config), clock);
    const token = new SobotToken(config, account, pacedHttp(http, pace, clock, 'first'), parts);
    this.calls = new SobotCalls(config, pacedHttp(http, pace, clock), token, clock);
    this.agents = new SobotAgents(this.calls, clock, config);
    this.statuses = new SobotStatuses(this.calls, clock);
    this.poll = new SobotPoll(this.calls, this.time, clock);
    this.actions = new SobotActions(this.calls, this.agents, this.statuses, this.time, clock, warn);
  }

  async capabilities(): Promise<Capabilities> {
    await this.calls.read('/api/ws/5/ticket/get_data_dict');
    const { ticketUrlTemplate } = this.config;
    return {
      name: 'Sobot',
      version: '5',
      timezone: this.time.zone,
      actions: [
        'claim',
        'assign',
        'unassign',
        'reply',
        'note',
        'set_status',
        'set_priority',
        'solve',
        'close',
        'reopen',
        'urge',
      ],
      events: EVENTS,
      ...(ticketUrlTemplate !== undefined && { ticketUrlTemplate }),
    };
  }

  listAgents(cursor?: string | null): AsyncIterable<AgentPage> {
    return this.agents.list(cursor);
  }

  async findAgent(by: { id?: string; email?: string; phone?: string }): Promise<Agent[]> {
    return this.agents.find(by);
  }

  /** Sobot knows no idempotency key; the e-mail, unique in a company, takes its place. */
  async createAgent(_idempotencyKey: string, draft: AgentDraft): Promise<Agent> {
    return this.agents.create(draft);
  }

  async listGroups(): Promise<AgentGroup[]> {
    return this.agents.groups();
  }

  async listStatuses(): Promise<TicketStatus[]> {
    return this.statuses.list();
  }

  async getTicket(id: string): Promise<Ticket> {
    return this.ticket(await readDetail(this.calls, id), undefined, null);
  }

  async listChangedTickets(since: string): Promise<ChangedTickets> {
    return this.poll.changed(since);
  }

  async listMissedPushes(since: string): Promise<ChangedTickets> {
    return this.poll.missed(since);
  }

  async act(_idempotencyKey: string, ticketId: string, action: TicketAction): Promise<ActResult> {
    const outcome = await this.actions.act(ticketId, action);
    if (outcome.state !== 'done') return outcome;
    return { state: 'done', ticket: await this.ticket(outcome.detail, undefined, null) };
  }

  parsePush(
    rawBody: string | Buffer,
    _headers: Record<string, string | string[] | undefined>,
    arrival: PushArrival = {},
  ): TicketHint[] {
    if (!arrival.verified) checkAccess([this.config.webhookSecret ?? []].flat(), arrival.query ?? {});
    return hintsIn(rawBody, this.time);
  }

  pushAcknowledgement(): unknown {
    return acknowledgement(this.parts.clock.now(), this.time);
  }

  /** Believes only what it reads: a push can be forged, late, doubled or out of order. */
  async hydrate(hint: TicketHint, previous: TicketSnapshot | null): Promise<Hydrated> {
    const detail = await readDetail(this.calls, hint.ticketId);
    return eventsBetween({
      dockingId: this.config.dockingId,
      liveSince: this.config.liveSince,
      time: this.time,
      now: new Date(this.parts.clock.now()).toISOString(),
      hint,
      detail,
      ticket: await this.ticket(detail, slaOf(hint, previous), previous),
      previous,
    });
  }

  private async ticket(
    detail: Wire,
    sla: TicketHint['sla'],
    previous: TicketSnapshot | null,
  ): Promise<Ticket> {
    return ticketOf(detail, {
      time: this.time,
      status: await this.statuses.byCode(text(detail.ticket_status)),
      sla,
      previous: previous?.ticket,
      ticketUrlTemplate: this.config.ticketUrlTemplate,
    });
  }
}

/** Only pushes tell due times; one that comes late tells those of before. */
function slaOf({ sla, updatedAt }: TicketHint, previous: TicketSnapshot | null): TicketHint['sla'] {
  const known = previous?.ticket.updatedAt;
  return updatedAt && known && Date.parse(updatedAt) < Date.parse(known) ? undefined : sla;
}
