import type { StatusType } from '../event';
import type { Clock, TicketStatus } from '../port';
import type { SobotCalls } from './call';
import { text } from './wire';

const TYPES: Record<string, StatusType> = {
  '1': 'new',
  '2': 'in_progress',
  '3': 'waiting',
  '4': 'paused',
  '5': 'solved',
  '6': 'closed',
  '7': 'deleted',
};
const REFRESH_PAUSE_MS = 60_000;

/**
 * The company's statuses with what they mean. A name says nothing: "等待回复" waits for the agent, not for the
 * customer. Kept for good, and read anew when an unknown code turns up, at most once a minute.
 */
export class SobotStatuses {
  private kept: { at: number; statuses: TicketStatus[] } | undefined;

  constructor(
    private readonly calls: SobotCalls,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<TicketStatus[]> {
    const { items } = await this.calls.read('/api/ws/5/ticket/query_ticket_status_infos');
    const statuses = items
      .filter((row) => text(row.is_delete) !== '1')
      .map((row) => ({
        code: text(row.status_code),
        name: text(row.status_name),
        type: TYPES[text(row.status_type)] ?? 'in_progress',
      }));
    this.kept = { at: this.clock.now(), statuses };
    return statuses;
  }

  /** undefined when the company knows no such status any more. */
  async byCode(code: string): Promise<TicketStatus | undefined> {
    const find = (statuses: TicketStatus[] | undefined): TicketStatus | undefined =>
      statuses?.find((status) => status.code === code);
    const known = find(this.kept?.statuses);
    if (known) return known;
    if (this.kept && this.clock.now() - this.kept.at < REFRESH_PAUSE_MS) return undefined;
    return find(await this.list());
  }

  /** The code that means this; where several do, the product's own, which come first. */
  async codeOf(type: StatusType): Promise<string | undefined> {
    const statuses = this.kept?.statuses ?? (await this.list());
    return statuses.find((status) => status.type === type)?.code;
  }
}
