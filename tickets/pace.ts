import type { Clock } from './port';

/** At most `perSecond` calls begin in a second and `parallel` run at once, in this process. */
export class Pace {
  private nextAt = 0;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly perSecond: number,
    private readonly parallel: number,
  ) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.parallel) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running++;
    try {
      const now = this.clock.now();
      // After an idle second a whole second's calls may go at once; then they are spread evenly.
      const interval = 1000 / this.perSecond;
      const due = Math.max(now, this.nextAt);
      this.nextAt = due + interval;
      const pause = due - (1000 - interval) - now;
      if (pause > 0) await this.clock.sleep(pause);
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The place is handed over, so that nobody who came later slips in.
      if (next) next();
      else this.running--;
    }
  }
}
