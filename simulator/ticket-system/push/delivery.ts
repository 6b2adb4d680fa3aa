import type { Happening, TicketSystem } from '../types';
import type { TicketWorld } from '../world';
import { restEvents, signature } from './rest';
import { sobotPush, wrapped } from './sobot';

/** One try to deliver a push, as the control surface lists it. */
export interface PushTry {
  readonly systemId: string;
  readonly ticketId: string;
  /** Event id (REST) or empty. */
  readonly eventId: string;
  readonly url: string;
  readonly attempt: number;
  /** 0 = no answer. */
  readonly status: number;
  readonly acknowledged: boolean;
  readonly body: unknown;
}

interface Push {
  readonly system: TicketSystem;
  readonly ticketId: string;
  readonly eventId: string;
  /** The ticket content for the list of missed pushes; REST has no such list. */
  readonly content?: Record<string, unknown>;
  readonly body: unknown;
}

/** Seconds between the tries of the REST contract. */
const REST_PAUSES = [10, 60, 300, 1800, 7200, 21_600, 86_400];
const SOBOT_PAUSE = 10;
const KEPT = 2000;
/** Events that can be replayed and pushes that can be asked for again; the oldest fall out first. */
const MOST_REMEMBERED = 50_000;

function remember<T>(list: T[], item: T): void {
  list.push(item);
  // Dropping in blocks keeps the cost per event constant.
  if (list.length > MOST_REMEMBERED) list.splice(0, MOST_REMEMBERED / 10);
}

/** Sends what happened to the push target of its system, with all the troubles that the switches ask for. */
export class PushDelivery {
  private tries: PushTry[] = [];
  /** What was under way at a reset belongs to a world that is gone. */
  private generation = 0;
  private held: Push | undefined;
  private readonly running = new Set<Promise<void>>();
  private readonly aborter = new AbortController();

  constructor(private readonly world: TicketWorld) {
    world.onHappening((system, happening) => this.happened(system, happening));
    world.onReset(() => {
      this.generation += 1;
      this.tries = [];
      this.held = undefined;
    });
  }

  list(): PushTry[] {
    return this.tries;
  }

  /** Ends what is on its way. */
  async close(): Promise<void> {
    this.aborter.abort();
    await Promise.allSettled(this.running);
  }

  private happened(system: TicketSystem, happening: Happening): void {
    const { switches } = this.world;
    const ticketId = happening.ticket.ticketId;
    const pushes: Push[] = [];
    if (system.kind === 'sobot') {
      const content = sobotPush(system, happening, switches.pushNumbers);
      pushes.push({ system, ticketId, eventId: '', content, body: wrapped(content, system.push.format) });
    } else {
      for (const event of restEvents(this.world, system, happening)) {
        remember(system.recordedEvents, event);
        pushes.push({ system, ticketId, eventId: event.eventId, body: event.body });
      }
    }
    if (!system.push.url) return;
    for (const push of pushes) {
      for (let copy = 0; copy < switches.pushCopies; copy++) this.queue(push);
    }
  }

  private queue(push: Push): void {
    if (!this.world.switches.pushReordered) return this.start(push, 1, this.world.switches.pushDelayMs);
    const first = this.held;
    if (first) {
      this.held = undefined;
      // The older one follows a moment later, so that the order is wrong for certain.
      this.track(this.send(push, 1).then(() => this.send(first, 1)));
      return;
    }
    this.held = push;
    this.world.clock.schedule(1000, () => {
      if (this.held !== push) return;
      this.held = undefined;
      this.start(push, 1, 0);
    });
  }

  private start(push: Push, attempt: number, delayMs: number): void {
    if (delayMs > 0) {
      this.world.clock.schedule(delayMs, () => this.track(this.send(push, attempt)));
    } else {
      this.track(this.send(push, attempt));
    }
  }

  private track(work: Promise<void>): void {
    const run = work.finally(() => this.running.delete(run));
    this.running.add(run);
    this.world.clock.track(run);
  }

  private async send(push: Push, attempt: number): Promise<void> {
    if (this.aborter.signal.aborted) return;
    const { system } = push;
    const { generation } = this;
    const body = JSON.stringify(push.body);
    const answer = await this.post(system, push, body);
    if (generation !== this.generation) return;
    this.tries.push({
      systemId: system.id,
      ticketId: push.ticketId,
      eventId: push.eventId,
      url: system.push.url,
      attempt,
      ...answer,
      body: push.body,
    });
    if (this.tries.length > 2 * KEPT) this.tries = this.tries.slice(-KEPT);
    if (answer.acknowledged || this.aborter.signal.aborted) return;
    const pause = system.kind === 'rest' ? REST_PAUSES[attempt - 1] : SOBOT_PAUSE;
    const again = system.kind === 'rest' ? pause !== undefined : attempt <= this.world.switches.pushRetries;
    if (again && pause !== undefined) this.start(push, attempt + 1, pause * 1000);
    else if (push.content) remember(system.missedPushes, { at: this.world.clock.now(), body: push.content });
  }

  private async post(
    system: TicketSystem,
    push: Push,
    body: string,
  ): Promise<{ status: number; acknowledged: boolean }> {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (system.kind === 'rest') {
      headers['x-signature'] = signature(system.webhookSecrets[0] ?? '', body, this.world.clock.now());
      headers['x-event-id'] = push.eventId;
    }
    try {
      const response = await fetch(system.push.url, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.any([
          this.aborter.signal,
          AbortSignal.timeout(this.world.switches.pushTimeoutMs),
        ]),
      });
      const text = await response.text();
      const taken = response.ok && (system.kind === 'rest' || saysTaken(text));
      return { status: response.status, acknowledged: taken };
    } catch {
      // Refused, reset or timed out: to the sender all the same, and visible as status 0.
      return { status: 0, acknowledged: false };
    }
  }
}

/** The documented acknowledgement of a Sobot push carries `retCode` "000000". */
function saysTaken(text: string): boolean {
  try {
    const answer = JSON.parse(text) as { retCode?: unknown; ret_code?: unknown } | null;
    return (answer?.retCode ?? answer?.ret_code) === '000000';
  } catch {
    return false;
  }
}
