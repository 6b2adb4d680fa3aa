import { TicketSystemError } from '../failure';
import type { ActResult, Clock, TicketAction, TicketSystemWarning } from '../port';
import type { SobotAgents } from './agents';
import type { SobotCalls } from './call';
import { outcomeUnknown } from './codes';
import { readDetail } from './read';
import type { SobotStatuses } from './statuses';
import { repliesOf } from './ticket';
import type { SobotTime } from './time';
import { count, plain, text, type Wire } from './wire';
import { isFulfilled, wishOf, type Wish } from './wish';

const SAVE = '/api/ws/5/ticket/save_ticket_reply';
const MOST_STALE = 3;
const SECOND_MS = 1000;
/** Between the two readings that look for a write whose answer was lost. */
const RECONCILE_PAUSE_MS = 5000;
/** Clocks differ: a reply this much older than the request still counts as it. */
const CLOCK_SLACK_MS = 5000;

type Done = { state: 'done'; detail: Wire };
type Outcome = Done | Exclude<ActResult, { state: 'done' }>;

const UNKNOWN: Outcome = {
  state: 'unknown',
  nextStep: 'Look at the ticket: the answer was lost and the change is not to be seen yet.',
};

/**
 * What agents do to a ticket. Sobot has one call for all of it, with the time of reading as an optimistic lock and
 * without an idempotency key: so read, decide, write, and read again to see whether it really happened.
 */
export class SobotActions {
  constructor(
    private readonly calls: SobotCalls,
    private readonly agents: SobotAgents,
    private readonly statuses: SobotStatuses,
    private readonly time: SobotTime,
    private readonly clock: Clock,
    private readonly warn: (warning: TicketSystemWarning) => void,
  ) {}

  async act(ticketId: string, action: TicketAction): Promise<Outcome> {
    try {
      return action.kind === 'urge' ? await this.urge(ticketId, action) : await this.change(ticketId, action);
    } catch (error) {
      if (error instanceof TicketSystemError && error.retryClass === 'never') return refusal(error);
      throw error;
    }
  }

  private async change(ticketId: string, action: TicketAction): Promise<Outcome> {
    const startedAt = this.clock.now();
    const since = action.requestedAt === undefined ? startedAt : Date.parse(action.requestedAt);
    let refusedAt: string | undefined;
    let resent = false;
    for (let stale = 0; stale < MOST_STALE;) {
      const { stamp, detail } = await this.readBehindLock(ticketId);
      const wish = await wishOf(action, detail, this.agents, this.statuses);
      if ('refused' in wish) return { state: 'refused', code: wish.refused, nextStep: wish.nextStep };
      if (await this.isDone(wish, action, detail, since)) return { state: 'done', detail };
      if (refusedAt !== undefined && refusedAt === text(detail.update_datetime))
        this.warn('clock-zone-mismatch');
      try {
        await this.calls.write(SAVE, await this.body(detail, stamp, wish, action));
        return await this.readBack(ticketId, wish);
      } catch (error) {
        if (!(error instanceof TicketSystemError)) throw error;
        if (error.code === 'stale') {
          refusedAt = text(detail.update_datetime);
          stale++;
          continue;
        }
        if (!outcomeUnknown(error)) throw error;
        const found = await this.reconcile(ticketId, wish, action, since);
        if (found) return { state: 'done', detail: found };
        if (resent) return UNKNOWN;
        resent = true;
      }
    }
    return {
      state: 'refused',
      code: 'stale',
      platformCode: '400016',
      nextStep: 'The ticket changed: look again.',
    };
  }

  /**
   * A reading whose stamp is younger than the ticket's last change. Both have one-second grain, so a ticket that
   * changed in this very second is read again in the next.
   */
  private async readBehindLock(ticketId: string): Promise<{ stamp: string; detail: Wire }> {
    for (let attempt = 1; ; attempt++) {
      const stamp = this.time.write(this.clock.now());
      const detail = await readDetail(this.calls, ticketId);
      if (stamp !== text(detail.update_datetime) || attempt >= MOST_STALE) return { stamp, detail };
      await this.clock.sleep(SECOND_MS);
    }
  }

  /** Title and content go back exactly as they were read, because the call writes them. */
  private async body(
    detail: Wire,
    stamp: string,
    wish: Wish,
    action: TicketAction,
  ): Promise<Record<string, string>> {
    const actor = await this.agents.named(action.actorAgentId);
    const raw = (field: string): string => {
      const value = detail[field];
      return typeof value === 'string' ? value : text(value);
    };
    return {
      ticketid: raw('ticketid'),
      ticket_title: raw('ticket_title'),
      ticket_content: raw('ticket_content'),
      get_ticket_datetime: stamp,
      reply_type: wish.reply?.public ? '0' : '1',
      reply_agentid: action.actorAgentId,
      reply_agent_name: actor?.name ?? '',
      ticket_status: raw('ticket_status'),
      ticket_level: raw('ticket_level'),
      // unverified: whether leaving these out keeps or clears them, so they are always repeated.
      deal_agentid: raw('deal_agentid'),
      deal_agent_name: raw('deal_agent_name'),
      deal_groupid: raw('deal_groupid'),
      deal_group_name: raw('deal_group_name'),
      ...wish.fields,
      ...wish.names,
      ...(wish.reply && { reply_content: wish.reply.content }),
    };
  }

  /** Success is believed when it can be seen: tickets of a flow take such writes and ignore them. */
  private async readBack(ticketId: string, wish: Wish): Promise<Outcome> {
    const detail = await readDetail(this.calls, ticketId);
    if (isFulfilled(wish, detail)) return { state: 'done', detail };
    return {
      state: 'refused',
      code: 'unsupported',
      nextStep: 'A flow decides about this ticket: change it in Sobot.',
    };
  }

  private async isDone(wish: Wish, action: TicketAction, detail: Wire, since: number): Promise<boolean> {
    if (!isFulfilled(wish, detail)) return false;
    return wish.reply === undefined || (await this.isSaid(wish.reply.content, action, detail, since));
  }

  /** Whether this agent has written this text since then. Replies tell the author by name only. */
  private async isSaid(content: string, action: TicketAction, detail: Wire, since: number): Promise<boolean> {
    const actor = await this.agents.named(action.actorAgentId);
    const words = plain(content);
    return repliesOf(detail, this.time).some(
      (reply) =>
        reply.by === actor?.name &&
        reply.text === words &&
        reply.at !== undefined &&
        Date.parse(reply.at) >= since - CLOCK_SLACK_MS,
    );
  }

  private async reconcile(
    ticketId: string,
    wish: Wish,
    action: TicketAction,
    since: number,
  ): Promise<Wire | undefined> {
    for (let attempt = 1; attempt <= 2; attempt++) {
      if (attempt > 1) await this.clock.sleep(RECONCILE_PAUSE_MS);
      const detail = await readDetail(this.calls, ticketId);
      if (await this.isDone(wish, action, detail, since)) return detail;
    }
    return undefined;
  }

  private async urge(ticketId: string, action: TicketAction): Promise<Outcome> {
    const before = count((await readDetail(this.calls, ticketId)).reminder_count) ?? 0;
    try {
      await this.calls.write('/api/ws/5/ticket/reminder', {
        ticketid: ticketId,
        reminder_agentid: action.actorAgentId,
        reminder_remark: action.text?.trim() || 'Please look at this ticket.',
      });
    } catch (error) {
      if (!outcomeUnknown(error)) throw error;
      const detail = await readDetail(this.calls, ticketId);
      return (count(detail.reminder_count) ?? 0) > before ? { state: 'done', detail } : UNKNOWN;
    }
    return { state: 'done', detail: await readDetail(this.calls, ticketId) };
  }
}

function refusal(error: TicketSystemError): Outcome {
  return {
    state: 'refused',
    code: error.code,
    nextStep: error.nextStep,
    ...(error.platformCode !== undefined && { platformCode: error.platformCode }),
  };
}
