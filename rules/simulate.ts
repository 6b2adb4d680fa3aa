/** What a draft of the rules would have sent over past events, beside what the rules of now would have. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DateTime } from 'luxon';
import type { WorkingCalendar } from './calendar';
import type { CompiledRules } from './compile';
import type { RuleEvent, RuleTicket } from './event';
import { factsFor, type Facts } from './facts-for';
import { tallyFor, type Forecast, type Foreseen } from './forecast';
import type { ReminderRule } from './rule';
import { isFinished } from './next-match';
import { outlook, type Outlook } from './what-if';

/** What an event would do at a moment (ms), the rules that match it given, without sending anything. */
export type Foresee = (
  firing: readonly ReminderRule[],
  event: RuleEvent,
  at: number,
) => Foreseen | Promise<Foreseen>;

export interface SimulateOptions {
  /** Called for events that a rule matches only. */
  foresee: Foresee;
  calendar?: WorkingCalendar;
  /** IANA zone in which days are counted. Default: the calendar's, else UTC. */
  timeZone?: string;
  /** Rules that wait for a time are judged until then. Default: the time of the last event. */
  until?: Date;
  /** Gives up with `SimulationTooLong` after so much time. Default: never. */
  withinMs?: number;
}

export interface Simulation {
  events: number;
  now: Forecast;
  draft: Forecast;
  /** Who would get more or less; everybody who gets anything, largest change first. */
  people: { personId: string; now: number; draft: number }[];
}

/** Begins the id of an event that a rule which waits is asked about again: nobody did it, time did. */
export const JUDGED_AGAIN = 'timer:recheck:';

/** `withinMs` has passed: fewer events, or fewer rules that look for patterns, are needed. */
export class SimulationTooLong extends Error {
  override readonly name = 'SimulationTooLong';
}

/** Long simulations leave the event loop to others after so much time; the patterns of one event can take most of it. */
const TURN_MS = 20;

/** Sends nothing, stores nothing. Events may come in any order. Fails with `SimulationTooLong`. */
export async function simulate(
  now: CompiledRules,
  draft: CompiledRules,
  events: readonly RuleEvent[],
  options: SimulateOptions,
): Promise<Simulation> {
  const zone = options.timeZone ?? options.calendar?.timeZone ?? 'UTC';
  const dayOf = (at: number): string => DateTime.fromMillis(at, { zone }).toISODate() ?? '';
  const inOrder = events
    .map((event) => ({ event, at: Date.parse(event.occurredAt) }))
    .sort((a, b) => a.at - b.at);
  const end = options.until?.getTime() ?? inOrder.at(-1)?.at ?? 0;
  const breathe = breathing(options.withinMs);
  const runs = [now, draft].map((rules) => replayOf(rules, options, end, dayOf, breathe));
  for (const { event, at } of inOrder) {
    const facts = factsFor(event, context(at, options));
    for (const run of runs) await run.happen(event, at, facts);
  }
  const [before, after] = await Promise.all(runs.map((run) => run.finish()));
  if (!before || !after) throw new Error('two replays were started');
  return { events: events.length, now: before, draft: after, people: peopleOf(before, after) };
}

function context(at: number, { calendar }: SimulateOptions): { now: Date; calendar?: WorkingCalendar } {
  return calendar ? { now: new Date(at), calendar } : { now: new Date(at) };
}

function breathing(withinMs = Number.POSITIVE_INFINITY): () => Promise<void> {
  const begun = performance.now();
  let turn = begun;
  return async () => {
    const now = performance.now();
    if (now - begun > withinMs)
      throw new SimulationTooLong(`The simulation takes longer than ${withinMs} ms.`);
    if (now - turn < TURN_MS) return;
    await nextTurn();
    turn = performance.now();
  };
}

interface Replay {
  happen(event: RuleEvent, at: number, facts: Facts): Promise<void>;
  finish(): Promise<Forecast>;
}

/** A rule waiting to be judged again. Of several events of a ticket that make it wait for one moment the first is judged. */
interface Waiting {
  at: number;
  ruleId: string;
  event: RuleEvent;
}

function replayOf(
  rules: CompiledRules,
  options: SimulateOptions,
  end: number,
  dayOf: (at: number) => string,
  breathe: () => Promise<void>,
): Replay {
  const tally = tallyFor(rules.rules.values(), dayOf);
  const tickets = new Map<string, RuleTicket>();
  /** By ticket, then by rule and moment. */
  const waiting = new Map<string, Map<string, Waiting>>();
  /** Earliest first; entries that nobody waits for any more are skipped. */
  const queue: Waiting[] = [];

  return {
    async happen(event, at, facts) {
      // An event of the future does not make due what is not due yet.
      await wake(Math.min(at, end));
      tickets.set(event.ticket.id, event.ticket);
      // Nothing is left to remind anybody of, also when the ticket is reopened.
      if (isFinished(event.ticket.statusType)) waiting.delete(event.ticket.id);
      await take(outlook(rules, facts), event, at);
    },
    async finish() {
      await wake(end);
      return tally.forecast();
    },
  };

  async function wake(until: number): Promise<void> {
    for (let due = queue[0]; due && due.at <= until; due = queue[0]) {
      queue.shift();
      const ofTicket = waiting.get(due.event.ticket.id);
      if (ofTicket?.get(keyOf(due)) !== due) continue;
      ofTicket.delete(keyOf(due));
      if (ofTicket.size === 0) waiting.delete(due.event.ticket.id);
      const ticket = tickets.get(due.event.ticket.id) ?? due.event.ticket;
      const event = { ...due.event, eventId: `${JUDGED_AGAIN}${due.event.eventId}`, ticket };
      const facts = factsFor(event, context(due.at, options));
      await take(outlook(rules, facts, due.ruleId), event, due.at);
    }
  }

  async function take(outlooks: readonly Outlook[], event: RuleEvent, at: number): Promise<void> {
    await breathe();
    const firing: ReminderRule[] = [];
    for (const { ruleId, matched, failed, nextAt } of outlooks) {
      const rule = rules.rules.get(ruleId);
      if (matched && rule) firing.push(rule);
      if (failed) tally.failed(ruleId);
      if (nextAt !== null) enqueue({ at: nextAt, ruleId, event });
    }
    if (firing.length > 0) tally.matched(firing, event, await options.foresee(firing, event, at));
  }

  function enqueue(entry: Waiting): void {
    const ofTicket = waiting.get(entry.event.ticket.id) ?? new Map<string, Waiting>();
    if (ofTicket.has(keyOf(entry))) return;
    waiting.set(entry.event.ticket.id, ofTicket.set(keyOf(entry), entry));
    let [low, high] = [0, queue.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((queue[middle]?.at ?? 0) <= entry.at) low = middle + 1;
      else high = middle;
    }
    queue.splice(low, 0, entry);
  }
}

const keyOf = ({ ruleId, at }: Waiting): string => `${at} ${ruleId}`;

function peopleOf(now: Forecast, draft: Forecast): Simulation['people'] {
  const people = new Map<string, Simulation['people'][number]>();
  for (const side of ['now', 'draft'] as const) {
    for (const { personId, messages } of (side === 'now' ? now : draft).days) {
      const person = people.get(personId) ?? { personId, now: 0, draft: 0 };
      person[side] += messages;
      people.set(personId, person);
    }
  }
  const change = (person: Simulation['people'][number]): number => Math.abs(person.draft - person.now);
  return [...people.values()].sort((a, b) => change(b) - change(a) || (a.personId < b.personId ? -1 : 1));
}
