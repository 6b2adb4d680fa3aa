import { setTimeout as sleep } from 'node:timers/promises';

/** How long `pass` waits for work under way, in real milliseconds. */
const PATIENCE_MS = 30_000;

interface Appointment {
  readonly dueAt: number;
  readonly run: () => void;
}

/**
 * The time of the simulated platform: real time plus an offset that only grows.
 * Tokens, the uuid window, card age and redelivery all read it, so that a test can skip hours.
 */
export class Clock {
  private offset = 0;
  private readonly appointments = new Set<Appointment>();
  private timer: NodeJS.Timeout | undefined;
  private readonly work = new Set<Promise<unknown>>();
  private passing: Promise<void> = Promise.resolve();

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.offset;
  }

  offsetSeconds(): number {
    return this.offset / 1000;
  }

  /** Moves time forward and runs, in order of their due time, the appointments that fall due. */
  advance(seconds: number): void {
    const target = this.now() + seconds * 1000;
    for (let next = this.earliest(); next && next.dueAt <= target; next = this.earliest()) {
      this.offset += Math.max(0, next.dueAt - this.now());
      this.appointments.delete(next);
      next.run();
    }
    this.offset += Math.max(0, target - this.now());
    this.arm();
  }

  /** Work in real time that `pass` waits for before it moves on, e.g. a delivery that may ask for another try. */
  track(work: Promise<unknown>): void {
    const tracked = work.finally(() => this.work.delete(tracked));
    this.work.add(tracked);
  }

  /**
   * As `advance`, but what falls due on the way is finished before time moves on, so that its consequences fall due
   * in their turn. Waits at most `PATIENCE_MS` of real time.
   */
  pass(seconds: number): Promise<void> {
    this.passing = this.passing.then(() => this.passNow(seconds));
    return this.passing;
  }

  private async passNow(seconds: number): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    await this.settle(deadline);
    const target = this.now() + seconds * 1000;
    for (let next = this.earliest(); next && next.dueAt <= target; next = this.earliest()) {
      this.offset += Math.max(0, next.dueAt - this.now());
      this.appointments.delete(next);
      next.run();
      await this.settle(deadline);
    }
    this.offset += Math.max(0, target - this.now());
    this.arm();
  }

  private async settle(deadline: number): Promise<void> {
    while (this.work.size > 0 && Date.now() < deadline) {
      const patience = new AbortController();
      const late = sleep(deadline - Date.now(), undefined, { ref: false, signal: patience.signal });
      await Promise.race([Promise.allSettled(this.work), late.catch(() => undefined)]);
      patience.abort();
    }
  }

  /** Runs `run` once virtual time has moved on by `delayMs`. Answers a function that cancels it. */
  schedule(delayMs: number, run: () => void): () => void {
    const appointment: Appointment = { dueAt: this.now() + delayMs, run };
    this.appointments.add(appointment);
    this.arm();
    return () => {
      this.appointments.delete(appointment);
      this.arm();
    };
  }

  /** Forgets offset and appointments. */
  reset(): void {
    this.offset = 0;
    this.appointments.clear();
    this.arm();
  }

  private earliest(): Appointment | undefined {
    let first: Appointment | undefined;
    for (const candidate of this.appointments) {
      if (!first || candidate.dueAt < first.dueAt) first = candidate;
    }
    return first;
  }

  private arm(): void {
    clearTimeout(this.timer);
    const next = this.earliest();
    if (!next) return;
    // A timer longer than 2^31 ms would fire at once; waking early only re-arms it.
    const wait = Math.min(Math.max(0, next.dueAt - this.now()), 2 ** 31 - 1);
    this.timer = setTimeout(() => this.runDue(), wait);
    this.timer.unref();
  }

  private runDue(): void {
    for (let next = this.earliest(); next && next.dueAt <= this.now(); next = this.earliest()) {
      this.appointments.delete(next);
      next.run();
    }
    this.arm();
  }
}
