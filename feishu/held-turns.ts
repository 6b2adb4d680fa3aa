/** What one process knows of the turns of its buckets: those it holds ahead for who will come soon, and when it used the last ones. */
import { LRUCache } from 'lru-cache';
import type { Bucket } from './bucket';

interface Held {
  /** Times of those left, ascending: used from then on, but not after `endsAt`. */
  turns: number[];
  endsAt: number;
  /** The present span of `HOLD_MS`: since when, and how many turns it used. */
  since: number;
  used: number;
  /** Used in the span before. */
  before: number;
}

/** How long turns may be held ahead for those who will come, and how many. */
const HOLD_MS = 200;
const MOST_HELD = 4;
const SECOND_MS = 1_000;
const REMEMBERED = 10_000;

export class HeldTurns {
  private readonly held = new LRUCache<string, Held>({ max: REMEMBERED });
  /** Times of the last second's uses, of spread buckets. */
  private readonly uses = new LRUCache<string, number[]>({ max: REMEMBERED });

  /** Uses one that is held, if it may be used now. */
  use(bucket: Bucket, now: number): boolean {
    const { turns, endsAt } = this.of(bucket.key, now);
    const [time] = turns;
    if (time === undefined || now > endsAt || this.usableAt(bucket, time) > now) return false;
    turns.shift();
    this.noteUse(bucket, now);
    return true;
  }

  /** All that are held: whoever takes them uses them, or holds them again. */
  take(bucket: Bucket, now: number): number[] {
    const held = this.of(bucket.key, now);
    const turns = now > held.endsAt ? [] : held.turns;
    held.turns = [];
    return turns;
  }

  hold({ key, count }: Bucket, turns: readonly number[], now: number): void {
    if (count === 'sparing') return;
    const held = this.of(key, now);
    held.turns = [...turns];
    held.endsAt = Math.max(now, turns.at(-1) ?? now) + HOLD_MS;
  }

  drop(bucket: Bucket): void {
    this.held.delete(bucket.key);
  }

  /** How many turns more than the `now` ones are likely to be wanted in this span: as many as the span before used. */
  ahead({ key, count }: Bucket, wantedNow: number, now: number): number {
    if (count === 'sparing') return 0;
    const { before, used } = this.of(key, now);
    return Math.max(0, Math.min(MOST_HELD - wantedNow, before - used - wantedNow));
  }

  /**
   * When a turn that was given for `time` can be used. Turns that were taken ahead may be used late, and must not meet those of the
   * next second.
   */
  usableAt({ key, limit: { perSecond, early } }: Bucket, time: number): number {
    if (perSecond === undefined || early === undefined) return time;
    const last = this.uses.get(key) ?? [];
    const leaving = last[last.length - perSecond - early];
    return leaving === undefined ? time : Math.max(time, leaving + SECOND_MS);
  }

  noteUse({ key, limit }: Bucket, now: number): void {
    this.of(key, now).used += 1;
    if (limit.early === undefined) return;
    const last = (this.uses.get(key) ?? []).filter((time) => time > now - SECOND_MS);
    this.uses.set(key, [...last, now]);
  }

  private of(key: string, now: number): Held {
    const held = this.held.get(key) ?? { turns: [], endsAt: 0, since: now, used: 0, before: 0 };
    if (now - held.since >= HOLD_MS) {
      held.before = now - held.since < 2 * HOLD_MS ? held.used : 0;
      held.since = now;
      held.used = 0;
    }
    this.held.set(key, held);
    return held;
  }
}
