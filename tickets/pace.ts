import { randomUUID } from 'node:crypto';
import { TicketSystemError } from './failure';
import type { Clock, SharedState } from './port';
import { giveTurnBack, NO_TURNS, pauseTurns, takeTurn, type TurnLimit, type Turns } from './turns';

/** Whoever would have to wait longer comes back later instead of keeping a worker's place. */
const LONGEST_PAUSE_MS = 10_000;
const SWAP_TRIES = 20;
/** The most that the loser of a swap waits before the next try. */
const RETRY_MS = 20;

/**
 * Spreads the calls to one account, whoever makes them: everybody who shares `state` and `key` shares the turns.
 * Within a process first come, first served, so that only the head of the line asks for a turn.
 */
export class Pace {
  private readonly line: (() => void)[] = [];
  private isBusy = false;

  constructor(
    private readonly state: SharedState,
    private readonly key: string,
    private readonly limit: TurnLimit,
    private readonly clock: Clock,
  ) {}

  /** `first` jumps the line of this process: for the call that everybody else waits for. */
  async run<T>(work: () => Promise<T>, first = false): Promise<T> {
    const id = randomUUID();
    await this.queue(first);
    try {
      await this.take(id);
    } finally {
      const next = this.line.shift();
      // The head of the line is handed over, so that nobody who came later slips in.
      if (next) next();
      else this.isBusy = false;
    }
    try {
      return await work();
    } finally {
      await this.giveBack(id);
    }
  }

  /** Nobody who shares the turns begins a call within so many ms. */
  async pause(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    await this.change((turns) => pauseTurns(turns, until));
  }

  private async queue(first: boolean): Promise<void> {
    if (!this.isBusy) {
      this.isBusy = true;
      return;
    }
    await new Promise<void>((resolve) => {
      if (first) this.line.unshift(resolve);
      else this.line.push(resolve);
    });
  }

  private async take(id: string): Promise<void> {
    for (;;) {
      const { version, state } = await this.state.load<Turns>(this.key);
      const now = this.clock.now();
      const taken = takeTurn(state ?? NO_TURNS, id, now, this.limit);
      if ('turns' in taken) {
        if (await this.state.swap(this.key, version, taken.turns)) return;
        await this.clock.sleep(Math.random() * RETRY_MS);
        continue;
      }
      const pause = taken.retryAt - now;
      if (pause > LONGEST_PAUSE_MS) throw tooLong(pause);
      await this.clock.sleep(Math.max(1, pause));
    }
  }

  private async giveBack(id: string): Promise<void> {
    try {
      await this.change((turns) => giveTurnBack(turns, id));
    } catch {
      // The call is over and its outcome counts; a place that nobody gave back becomes free by itself.
    }
  }

  private async change(next: (turns: Turns) => Turns): Promise<void> {
    for (let attempt = 1; attempt <= SWAP_TRIES; attempt++) {
      const { version, state } = await this.state.load<Turns>(this.key);
      if (await this.state.swap(this.key, version, next(state ?? NO_TURNS))) return;
      await this.clock.sleep(Math.random() * RETRY_MS);
    }
  }
}

function tooLong(pauseMs: number): TicketSystemError {
  return new TicketSystemError('the ticket system asked for a pause', {
    code: 'rate-limited',
    retryClass: 'after',
    retryAfterMs: pauseMs,
    nextStep: 'The call is repeated by itself after the pause.',
  });
}
