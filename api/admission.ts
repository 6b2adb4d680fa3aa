/** Takes events in: durable and judged first, then the tickets' workflows are told. 2xx is given once they are durable. */
import * as fastq from 'fastq';
import { parseEvent, ticketChangeOf, type Entrance, type Taken } from '../intake';
import type { Docking } from '../store';
import { briefly } from './briefly';
import type { ApiPorts } from './ports';

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
  const byTicket = new Map<string, (() => Promise<void>)[]>();
  batch.forEach((input, index) => {
    const parsed = parseEvent(input);
    if (!parsed.ok) {
      answers[index] = { eventId: eventIdOf(input), state: 'refused', errors: parsed.errors };
      return;
    }
    const { event } = parsed;
    const work = byTicket.get(event.ticket.id) ?? [];
    const step = async (): Promise<void> => {
      const taken = await ports.intake.take(docking, event, entrance);
      answers[index] = { eventId: taken.eventId, state: taken.state };
      if (taken.handOver) await handOver(ports, docking.id, taken);
    };
    work.push(() => inTurn(`${docking.id} ${event.ticket.id}`, () => door.push(step)));
    byTicket.set(event.ticket.id, work);
  });
  const queue = [...byTicket.values()];
  const lane = async (): Promise<void> => {
    for (let work = queue.shift(); work; work = queue.shift()) for (const step of work) await step();
  };
  await Promise.all(Array.from({ length: Math.min(TICKETS_AT_ONCE, queue.length) }, lane));
  return answers;
}

/** By ticket what was begun last. */
const underWay = new Map<string, Promise<unknown>>();

/** Events of one ticket one after the other, whichever requests bring them: its workflow hears last what was known last. */
function inTurn(ticket: string, step: () => Promise<void>): Promise<void> {
  const mine = (underWay.get(ticket) ?? Promise.resolve()).then(step);
  const over = mine
    .catch(() => undefined)
    .then(() => {
      if (underWay.get(ticket) === over) underWay.delete(ticket);
    });
  underWay.set(ticket, over);
  return mine;
}

/** How long a sender waits for Temporal at most. What it tells is durable by then, and the sweep hands over what is left. */
const HAND_OVER_MS = 2_000;
/** Temporal did not answer in time: until it has answered again nobody waits for it. */
let isSilent = false;

async function handOver(ports: ApiPorts, dockingId: string, taken: Taken): Promise<void> {
  const told = tellTicket(ports, dockingId, taken);
  if (!(await briefly(told, isSilent ? 0 : HAND_OVER_MS))) isSilent = true;
}

/** Never fails: it is not the sender's fault when Temporal is away. */
async function tellTicket({ client, store, log }: ApiPorts, dockingId: string, taken: Taken): Promise<void> {
  try {
    await client.ticketChanged(dockingId, taken.ticketId, ticketChangeOf(taken));
    isSilent = false;
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
