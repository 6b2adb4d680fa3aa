import { randomBytes } from 'node:crypto';
import type { App } from '../../world/types';
import type { World, WorldEvent } from '../../world/world';
import type { Outgoing } from './envelope';
import { envelopeOf, sealRequest } from './envelope';
import type { Attempt, EventRecord } from './event-log';
import { eventLog } from './event-log';
import type { LongConnections } from './long-connection';
import type { Answer } from './webhook';
import { postWebhook } from './webhook';

/** Waits before the four redeliveries, in virtual time (platform page "event subscription"). */
const REDELIVERY_MS = [15_000, 300_000, 3_600_000, 21_600_000];
/** Events to one app under way at the same time. */
const IN_FLIGHT_PER_APP = 16;
/** Events that wait for their turn; beyond that the newest is given up at once. */
const MAX_WAITING_PER_APP = 50_000;
/** Events that wait for a redelivery; beyond that an unanswered event is given up. */
const MAX_AWAITING_REDELIVERY = 10_000;
const MAX_HELD_BACK_MS = 1000;

interface Lane {
  inFlight: number;
  readonly waiting: (() => Promise<void>)[];
  /** An event that waits for the next one to overtake it. */
  held: (() => void) | undefined;
}

/** What a card click got back. */
export type CallbackAnswer = { kind: 'no-receiver' } | { kind: 'answer'; answer: Answer };

/** Brings events and callbacks to the apps: webhook or long connection, with redelivery on the virtual clock. */
export class EventDelivery {
  private readonly lanes = new Map<string, Lane>();
  private generation = 0;
  private awaiting = 0;
  /** The same draws for the same seed. */
  private draw: () => number;

  constructor(
    private readonly world: World,
    private readonly connections: LongConnections,
  ) {
    this.draw = world.randomStream('events');
    world.onEvent((event) => this.accept(event));
    world.onReset(() => {
      this.generation += 1;
      this.awaiting = 0;
      this.draw = world.randomStream('events');
      this.lanes.clear();
    });
  }

  /** Sends a logged event once more, as the platform's console can. */
  resend(record: EventRecord): void {
    const app = this.world.apps.get(record.appId);
    if (app) this.enqueue(app, record, 0);
  }

  /** A card click: one try, no redelivery. */
  async callback(app: App, eventType: string, body: object): Promise<CallbackAnswer> {
    const mode = app.callbackMode;
    const record = this.record(app, eventType, mode, body);
    const answer = await this.transmit(app, record, 'callback');
    if (!answer) {
      this.note(record, { status: 0, outcome: 'no-receiver' }, true);
      return { kind: 'no-receiver' };
    }
    this.note(record, { status: answer.status, outcome: outcomeOf(answer) }, true);
    return { kind: 'answer', answer };
  }

  private accept({ app, eventType, body }: WorldEvent): void {
    const record = this.record(app, eventType, app.eventMode, body);
    const { eventDuplicates, eventReordering } = this.world.switches;
    const send = (): void => {
      this.enqueue(app, record, 0);
      if (this.draw() < eventDuplicates) this.enqueue(app, record, 0);
    };
    const lane = this.lane(app);
    if (!lane.held && this.draw() < eventReordering) {
      const release = (): void => {
        clearTimeout(timer);
        if (lane.held !== release) return;
        lane.held = undefined;
        send();
      };
      const timer = setTimeout(release, MAX_HELD_BACK_MS);
      timer.unref();
      lane.held = release;
      return;
    }
    send();
    lane.held?.();
  }

  private record(app: App, eventType: string, mode: EventRecord['mode'], body: object): EventRecord {
    const record: EventRecord = {
      eventId: randomBytes(16).toString('hex'),
      appId: app.appId,
      eventType,
      mode,
      createTime: Math.floor(this.world.clock.now()),
      body,
      state: 'pending',
      attempts: [],
    };
    this.world.use(eventLog).add(record);
    return record;
  }

  private enqueue(app: App, record: EventRecord, attempt: number): void {
    const lane = this.lane(app);
    if (lane.waiting.length >= MAX_WAITING_PER_APP) {
      this.note(record, { status: 0, outcome: 'no-receiver' }, true);
      return;
    }
    lane.waiting.push(() => this.attempt(app, record, attempt));
    this.drain(lane);
  }

  private drain(lane: Lane): void {
    while (lane.inFlight < IN_FLIGHT_PER_APP) {
      const next = lane.waiting.shift();
      if (!next) return;
      lane.inFlight += 1;
      this.world.clock.track(
        next().finally(() => {
          lane.inFlight -= 1;
          this.drain(lane);
        }),
      );
    }
  }

  private async attempt(app: App, record: EventRecord, attempt: number): Promise<void> {
    const generation = this.generation;
    const answer = await this.transmit(app, record, 'event');
    if (generation !== this.generation) return;
    const outcome = answer ? outcomeOf(answer) : 'no-receiver';
    const wait = REDELIVERY_MS[attempt];
    const done = outcome === 'accepted' || wait === undefined || this.awaiting >= MAX_AWAITING_REDELIVERY;
    this.note(record, { status: answer?.status ?? 0, outcome }, done);
    if (done) return;
    this.awaiting += 1;
    this.world.clock.schedule(wait, () => {
      this.awaiting -= 1;
      this.enqueue(app, record, attempt + 1);
    });
  }

  /** Undefined = there is nobody to send it to. */
  private transmit(app: App, record: EventRecord, kind: 'event' | 'callback'): Promise<Answer | undefined> {
    const { answerTimeoutMs, redeliveryFreshTimestamp } = this.world.switches;
    const outgoing: Outgoing = record;
    const plain = envelopeOf(app, outgoing, kind === 'callback' ? 'us' : 'ms');
    if (record.mode === 'websocket') return this.connections.send(app, plain, answerTimeoutMs);
    const url = kind === 'callback' ? app.callbackUrl || app.eventUrl : app.eventUrl;
    if (!url) return Promise.resolve(undefined);
    const signedAt = redeliveryFreshTimestamp ? this.world.clock.now() : record.createTime;
    return postWebhook(url, sealRequest(app, plain, signedAt), answerTimeoutMs);
  }

  private note(record: EventRecord, attempt: Omit<Attempt, 'time'>, last: boolean): void {
    record.attempts.push({ time: Math.floor(this.world.clock.now()), ...attempt });
    if (attempt.outcome === 'accepted') record.state = 'delivered';
    else if (last && record.state === 'pending') record.state = 'failed';
  }

  private lane(app: App): Lane {
    let lane = this.lanes.get(app.appId);
    if (!lane) {
      lane = { inFlight: 0, waiting: [], held: undefined };
      this.lanes.set(app.appId, lane);
    }
    return lane;
  }
}

function outcomeOf(answer: Answer): Attempt['outcome'] {
  return answer.problem ?? (answer.status === 200 ? 'accepted' : 'refused');
}
