/** Those who wait in this process for turns of one bucket: urgent before routine, each in the order in which they came. */
import { PacingRefusal, type Bucket, type LimitLedger, type Priority } from './bucket';
import type { Clock } from './clock';
import type { HeldTurns } from './held-turns';

export interface Waiter {
  readonly deadline: number;
  resolve(): void;
  reject(reason: unknown): void;
}

/**
 * How many turns one visit to the ledger may take, and how far ahead they may lie. The next visit is made in time, so that a busy
 * process or a slow database costs no turn.
 */
const TURNS_PER_VISIT = 16;
const AHEAD_MS = 400;

export class TurnQueue {
  private readonly urgent: Waiter[] = [];
  private readonly routine: Waiter[] = [];
  /** Times of turns that were taken for those who wait, ascending. */
  private readonly turns: number[];
  /** The visit to the ledger that is under way; never rejects. */
  private asking: Promise<void> | null = null;
  /** The ledger said so. */
  private askAgainAt = 0;
  private failure: Error | null = null;
  /** Cuts the present pause short, when there is one. */
  private wake: () => void = () => undefined;

  constructor(
    private readonly bucket: Bucket,
    private readonly ledger: LimitLedger,
    private readonly held: HeldTurns,
    private readonly clock: Pick<Clock, 'now'>,
    /** Called at the very moment from which nobody can join any more. */
    private readonly ended: () => void,
  ) {
    this.turns = held.take(bucket, clock.now());
  }

  join(waiter: Waiter, priority: Priority): void {
    this[priority].push(waiter);
  }

  leave(waiter: Waiter, priority: Priority): void {
    const place = this[priority].indexOf(waiter);
    if (place >= 0) this[priority].splice(place, 1);
    if (this.waiting === 0) this.wake();
  }

  /** Resolves when nobody waits any more. Every failure goes to those who wait. */
  async serve(): Promise<void> {
    try {
      while (this.waiting > 0 || this.asking) {
        this.askAhead();
        if (this.failure) throw this.failure;
        const [time] = this.turns;
        if (time === undefined || this.waiting === 0) {
          await (this.asking ?? this.waitFor(this.askAgainAt));
          continue;
        }
        await this.waitFor(this.held.usableAt(this.bucket, time));
        if (this.held.usableAt(this.bucket, time) <= this.clock.now()) this.give();
      }
      this.held.hold(this.bucket, this.turns, this.clock.now());
    } catch (error) {
      for (const waiter of [...this.urgent.splice(0), ...this.routine.splice(0)]) waiter.reject(error);
    } finally {
      this.ended();
    }
  }

  /** Feishu asked for a pause: turns that were taken before it do not count. */
  drop(): void {
    this.turns.length = 0;
  }

  private get waiting(): number {
    return this.urgent.length + this.routine.length;
  }

  /** One visit to the ledger at a time, as long as more wait than turns lie ahead. */
  private askAhead(): void {
    const { key, limit } = this.bucket;
    const now = this.clock.now();
    if (this.turns.length >= this.waiting) return;
    if (this.asking || now < this.askAgainAt || (this.turns.at(-1) ?? now) > now + AHEAD_MS / 2) return;
    const ahead = this.held.ahead(this.bucket, this.waiting, now);
    const wanted = Math.min(this.waiting + ahead - this.turns.length, TURNS_PER_VISIT);
    this.asking = this.ledger
      .reserve(key, wanted, now, limit, AHEAD_MS)
      .then((answer) => {
        if ('retryAtMs' in answer) this.askAgainAt = answer.retryAtMs;
        else this.turns.push(...answer.times);
      })
      .catch((error: unknown) => {
        this.failure = error instanceof Error ? error : new Error(String(error));
      })
      .finally(() => {
        this.asking = null;
      });
  }

  private give(): void {
    const waiter = this.urgent.shift() ?? this.routine.shift();
    if (!waiter) return;
    this.turns.shift();
    this.held.noteUse(this.bucket, this.clock.now());
    waiter.resolve();
  }

  /** Less for those whose deadline lies before it. */
  private async waitFor(timeMs: number): Promise<void> {
    const now = this.clock.now();
    if (timeMs <= now) return;
    this.refuseLate(timeMs, now);
    if (this.waiting > 0) await this.pause(timeMs - now);
  }

  /** Those whose deadline lies before the next possible turn need not wait for it. */
  private refuseLate(retryAtMs: number, now: number): void {
    for (const line of [this.urgent, this.routine]) {
      const staying = line.filter((waiter) => waiter.deadline >= retryAtMs);
      for (const waiter of line)
        if (waiter.deadline < retryAtMs) waiter.reject(new PacingRefusal(Math.max(1, retryAtMs - now)));
      line.splice(0, line.length, ...staying);
    }
  }

  /** Waits, or until nobody waits any more. A millisecond more than asked: timers may fire early. */
  private async pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, ms) + 1);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
  }
}
