import { Slot } from '../../world/world';

/** One try to hand an event over. */
export interface Attempt {
  /** Virtual milliseconds. */
  readonly time: number;
  readonly outcome: 'accepted' | 'refused' | 'timeout' | 'unreachable' | 'no-receiver';
  /** HTTP status, or the code of a long connection's acknowledgement; 0 without an answer. */
  readonly status: number;
}

/** An event or callback with what became of it, as `GET /_control/events` shows it. */
export interface EventRecord {
  readonly eventId: string;
  readonly appId: string;
  readonly eventType: string;
  readonly mode: 'webhook' | 'websocket';
  /** Virtual milliseconds. */
  readonly createTime: number;
  /** The content of `event`. */
  readonly body: object;
  state: 'pending' | 'delivered' | 'failed';
  readonly attempts: Attempt[];
}

/** How many events are remembered. */
const CAPACITY = 20_000;

/** The newest events of the world; what falls out of the log is still delivered. */
export class EventLog {
  private readonly records = new Map<number, EventRecord>();
  private readonly positions = new Map<string, number>();
  private next = 0;

  add(record: EventRecord): void {
    this.records.set(this.next, record);
    this.positions.set(record.eventId, this.next);
    this.next += 1;
    const dropped = this.next - CAPACITY - 1;
    const old = this.records.get(dropped);
    if (!old) return;
    this.records.delete(dropped);
    this.positions.delete(old.eventId);
  }

  get(eventId: string): EventRecord | undefined {
    const position = this.positions.get(eventId);
    return position === undefined ? undefined : this.records.get(position);
  }

  /** Oldest first from position `from` on. */
  *list(from: number): Iterable<[number, EventRecord]> {
    for (let position = Math.max(from, this.next - CAPACITY); position < this.next; position++) {
      const record = this.records.get(position);
      if (record) yield [position, record];
    }
  }
}

export const eventLog = new Slot(() => new EventLog());
