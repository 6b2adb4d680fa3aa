/** Takes events in: durable and judged first, then the tickets' workflows are told. 2xx is given once they are durable. */
import * as fastq from 'fastq';
import { parseEvent, ticketChangeOf, type Entrance, type Taken } from '../intake';
import type { Docking } from '../store';
import { briefly } from './briefly';
import type { ApiPorts } from './ports';
import { createTurns } from './turns';

export interface EventAnswer {
  eventId: string | null;
  state: 'accepted' | 'duplicate' | 'refused';
  /** In English, for the programmer of the ticket system. */
  errors?: { field: string; message: string }[];
}

/** Tickets of one request are worked side by side, the events of one ticket in the order they were sent. */
const TICKETS_AT_ONCE = 4;
/**
 * Events that this process takes in at once, of all requests in turn. Few: an event that is half taken in helps nobody,
 * and the first cards of a burst should go out while the rest still waits at the door. `fastq`: Fastify's own queue.
 */
const door = fastq.promise((step: () => Promise<void>) => step(), 6);

export async function admitEvents(
  ports: ApiPorts,
  docking: Docking,
  batch: readonly unknown[],
  entrance: Entrance,
): Promise<EventAnswer[]> {
  const answers: EventAnswer[] = batch.map(() => ({ eventId: null, state: 'refused' }));
  const told: Promise<void>[] = [];
  const byTicket = new Map<string, (() => Promise<void>)[]>();
  batch.forEach((input, index) => {
    const parsed = parseEvent(input);
    if (!parsed.ok) {
      answers[index] = { eventId: eventIdOf(input), state: 'refused', errors: parsed.errors };
      return;
    }
    const { event } = parsed;
    const ticket = `${docking.id} ${event.ticket.id}`;
    const work = byTicket.get(ticket) ?? [];
    work.push(async () => {
      const taken = await takeIn(ports, docking.id, ticket, () =>
        ports.intake.take(docking, event, entrance),
      );
      answers[index] = { eventId: taken.eventId, state: taken.state };
      if (taken.told) told.push(taken.told);
    });
    byTicket.set(ticket, work);
  });
  const queue = [...byTicket.values()];
  const lane = async (): Promise<void> => {
    for (let work = queue.shift(); work; work = queue.shift()) for (const step of work) await step();
  };
  await Promise.all(Array.from({ length: Math.min(TICKETS_AT_ONCE, queue.length) }, lane));
  await waitFor(Promise.all(told));
  return answers;
}

/** Events of one ticket are judged one after the other, and told one after the other, whichever requests bring them. */
const judging = createTurns();
const telling = createTurns();

/** `told` ends when the ticket's workflow knows, or cannot be told now. */
type TakenIn = Taken & { told?: Promise<void> };

function takeIn(
  ports: ApiPorts,
  dockingId: string,
  ticket: string,
  take: () => Promise<Taken>,
): Promise<TakenIn> {
  // The next event of the ticket is judged as soon as this one is stored; the place at the door is given back later.
  const step = (): Promise<TakenIn> =>
    new Promise((stored, failed) => {
      const atTheDoor = async (): Promise<void> => {
        const taken = await take();
        if (!taken.handOver) return stored(taken);
        const others = telling.isTaken(ticket);
        // In an outage the sweep tells what waits behind another, instead of a line that only grows.
        if (others && isSilent) return stored(taken);
        const told = telling.take(ticket, () => tellTicket(ports, dockingId, taken));
        stored({ ...taken, told });
        // A ticket whose run takes no signal just now keeps one place, however many of its events wait.
        if (!others) await waitFor(told);
      };
      door.push(atTheDoor).catch(failed);
    });
  return judging.take(ticket, step);
}

/** How long a sender waits for Temporal at most. What it tells is durable by then, and the sweep hands over what is left. */
const HAND_OVER_MS = 2_000;
/** Temporal has answered nobody in that time: until it does again nobody waits for it. */
let isSilent = false;
/** By `performance.now()`. */
let answeredAt = Number.NEGATIVE_INFINITY;

async function waitFor(told: Promise<unknown>): Promise<void> {
  const isTold = await briefly(told, isSilent ? 0 : HAND_OVER_MS);
  if (!isTold && performance.now() - answeredAt >= HAND_OVER_MS) isSilent = true;
}

/** Never fails: it is not the sender's fault when Temporal is away. */
async function tellTicket({ client, store, log }: ApiPorts, dockingId: string, taken: Taken): Promise<void> {
  try {
    await client.ticketChanged(dockingId, taken.ticketId, ticketChangeOf(taken));
    isSilent = false;
    answeredAt = performance.now();
  } catch (error) {
    log.warn({ err: error, dockingId, eventId: taken.eventId }, 'not handed over; the sweep will');
    return;
  }
  store.events.handedOverSoon(dockingId, taken.eventId);
}

function eventIdOf(input: unknown): string | null {
  const id = (input as { eventId?: unknown } | null)?.eventId;
  return typeof id === 'string' ? id : null;
}
