import { TicketSystemError } from '../failure';
import type { ChangedTickets, Clock, TicketHint } from '../port';
import type { SobotCalls } from './call';
import { hintOf } from './push';
import type { SobotTime } from './time';
import { given, text, type Wire } from './wire';

/** Looked at again before the mark: changes become visible late, and clocks differ. */
const OVERLAP_MS = 120_000;
const AHEAD_MS = 60_000;
/** The API refuses more than a month. */
const WINDOW_MS = 28 * 86_400_000;
const MOST_RUNS = 3;

interface Listing {
  path: string;
  from: string;
  to: string;
  /** Pushes of one ticket can be missed several times; a ticket is listed once. */
  onePerTicket: boolean;
}

const CHANGED: Listing = {
  path: '/api/ws/5/ticket/query_tickets_by_update_time',
  from: 'update_start_datetime',
  to: 'update_end_datetime',
  onePerTicket: true,
};
const MISSED: Listing = {
  path: '/api/ws/5/ticket/query_ticket_push_fail_infos',
  from: 'start_datetime',
  to: 'end_datetime',
  onePerTicket: false,
};

/** The safety nets under the push: tickets by time of change, and pushes Sobot could not deliver. */
export class SobotPoll {
  constructor(
    private readonly calls: SobotCalls,
    private readonly time: SobotTime,
    private readonly clock: Clock,
  ) {}

  async changed(since: string): Promise<ChangedTickets> {
    return this.collect(CHANGED, since, (row) => {
      const ticketId = given(row.ticketid);
      const updatedAt = this.time.toUtc(row.update_datetime);
      return ticketId === undefined
        ? undefined
        : { ticketId, source: 'poll', ...(updatedAt && { updatedAt }) };
    });
  }

  async missed(since: string): Promise<ChangedTickets> {
    return this.collect(MISSED, since, (row) => hintOf(row, this.time, 'missed-push'));
  }

  private async collect(
    listing: Listing,
    since: string,
    hintIn: (row: Wire) => TicketHint | undefined,
  ): Promise<ChangedTickets> {
    const mark = Date.parse(since);
    if (Number.isNaN(mark)) {
      throw new TicketSystemError('since is not a time', {
        code: 'invalid',
        retryClass: 'never',
        nextStep: 'Give an RFC 3339 time.',
      });
    }
    const now = this.clock.now();
    const hints = new Map<string, TicketHint>();
    for (let from = mark - OVERLAP_MS; from < now + AHEAD_MS; from += WINDOW_MS) {
      const to = Math.min(from + WINDOW_MS, now + AHEAD_MS);
      for (const row of await this.window(listing, from, to)) {
        const hint = hintIn(row);
        // One hint per ticket is enough, but an urge is told only once and must not be lost.
        if (hint) hints.set(`${hint.ticketId} ${hint.urge?.at ?? ''}`, hint);
      }
    }
    return { hints: [...hints.values()], nextSince: new Date(now).toISOString() };
  }

  /**
   * Pages shift when tickets change while they are read. The total tells it, or a row that came twice in place of one
   * that never came; then the window is read again.
   */
  private async window(listing: Listing, fromMs: number, toMs: number): Promise<Wire[]> {
    const [from, to] = this.time.window(fromMs, toMs);
    const rows = new Map<string, Wire>();
    for (let run = 1; run <= MOST_RUNS; run++) {
      const totals = new Set<number>();
      const seen = new Set<string>();
      for await (const { answer } of this.calls.pages(listing.path, {
        [listing.from]: from,
        [listing.to]: to,
      })) {
        if (answer.totalCount !== undefined) totals.add(answer.totalCount);
        for (const row of answer.items) {
          rows.set(JSON.stringify([text(row.ticketid), row]), row);
          seen.add(text(row.ticketid));
        }
      }
      const isWhole = !listing.onePerTicket || seen.size >= Math.max(0, ...totals);
      if (totals.size <= 1 && isWhole) break;
    }
    return [...rows.values()];
  }
}
