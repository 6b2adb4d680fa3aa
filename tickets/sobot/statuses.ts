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

interface KnownStatus extends TicketStatus {
  isDeleted: boolean;
}

/**
 * The company's statuses with what they mean. A name says nothing: "等待回复" waits for the agent, not for the
 * customer. Kept for good, and read anew when an unknown code turns up, at most once a minute.
 */
export class SobotStatuses {
  private kept: { at: number; statuses: KnownStatus[] } | undefined;

  constructor(
    private readonly calls: SobotCalls,
    private readonly clock: Clock,
  ) {}

  /** Those that a ticket can be put into. */
  async list(): Promise<TicketStatus[]> {
    return offered(await this.read());
  }

  /** Of a ticket as it is: tickets may still be in a status that was deleted. */
  async byCode(code: string): Promise<TicketStatus | undefined> {
    const find = (statuses: KnownStatus[] | undefined): TicketStatus | undefined =>
      statuses?.find((status) => status.code === code);
    const known = find(this.kept?.statuses);
    if (known) return known;
    if (this.kept && this.clock.now() - this.kept.at < REFRESH_PAUSE_MS) return undefined;
    return find(await this.read());
  }

  /** undefined when tickets cannot be put into it (any more). */
  async offeredByCode(code: string): Promise<TicketStatus | undefined> {
    const status = await this.byCode(code);
    return offered(this.kept?.statuses ?? []).find((one) => one.code === status?.code);
  }

  /** The code that means this; where several do, the product's own, which come first. */
  async codeOf(type: StatusType): Promise<string | undefined> {
    const statuses = offered(this.kept?.statuses ?? (await this.read()));
    return statuses.find((status) => status.type === type)?.code;
  }

  private async read(): Promise<KnownStatus[]> {
    const { items } = await this.calls.read('/api/ws/5/ticket/query_ticket_status_infos');
    const statuses = items.map((row) => ({
      code: text(row.status_code),
      name: text(row.status_name),
      type: TYPES[text(row.status_type)] ?? 'in_progress',
      isDeleted: text(row.is_delete) === '1',
    }));
    this.kept = { at: this.clock.now(), statuses };
    return statuses;
  }
}

function offered(statuses: KnownStatus[]): TicketStatus[] {
  return statuses.filter(({ isDeleted }) => !isDeleted).map(({ code, name, type }) => ({ code, name, type }));
}
