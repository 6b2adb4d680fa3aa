/** Counts what a rule set would send: per rule, per person and day, overlaps, people out of reach. */
import type { RuleEvent } from './event';
import type { ReminderRule } from './rule';

/** Somebody a rule would tell. `unreachable` says why no card would arrive (unbound, left, …); absent when one would. */
export interface SimulatedReceiver {
  personId: string;
  unreachable?: string;
}

export interface Forecast {
  /** Cards that people would see; cards bundled into one count once. */
  messages: number;
  rules: {
    ruleId: string;
    name: string;
    matched: number;
    messages: number;
    failed: number;
    nobody: number;
  }[];
  /** `day` is YYYY-MM-DD in the time zone asked for. */
  days: { personId: string; day: string; messages: number }[];
  /** Pairs of rules that told the same person because of the same event. */
  overlaps: { ruleIds: [string, string]; messages: number }[];
  unreachable: { personId: string; reason: string; messages: number }[];
}

export interface Tally {
  /** All rules that match one event at one moment. */
  matched(rules: readonly ReminderRule[], event: RuleEvent, at: number): void;
  failed(ruleId: string): void;
  forecast(): Forecast;
}

export type ResolveReceivers = (rule: ReminderRule, event: RuleEvent) => readonly SimulatedReceiver[];

export function tallyFor(
  rules: Iterable<ReminderRule>,
  resolveReceivers: ResolveReceivers,
  dayOf: (at: number) => string,
): Tally {
  const byRule = new Map(
    [...rules].map(({ id, name }) => [
      id,
      { ruleId: id, name, matched: 0, messages: 0, failed: 0, nobody: 0 },
    ]),
  );
  const days = new Map<string, Forecast['days'][number]>();
  const overlaps = new Map<string, Forecast['overlaps'][number]>();
  const unreachable = new Map<string, Forecast['unreachable'][number]>();
  /** Last card per person and cause, and per person and ticket. */
  const causes = new Set<string>();
  const lastCard = new Map<string, number>();
  let messages = 0;

  return { matched, failed, forecast };

  function matched(firing: readonly ReminderRule[], event: RuleEvent, at: number): void {
    const told = new Map<string, { receiver: SimulatedReceiver; rules: ReminderRule[] }>();
    for (const rule of firing) {
      const counts = byRule.get(rule.id);
      if (counts) counts.matched += 1;
      const receivers = resolveReceivers(rule, event);
      if (counts && receivers.length === 0) counts.nobody += 1;
      for (const receiver of receivers) {
        const before = told.get(receiver.personId);
        if (!before) told.set(receiver.personId, { receiver, rules: [rule] });
        else if (!before.rules.includes(rule)) before.rules.push(rule);
      }
    }
    for (const { receiver, rules: because } of told.values()) {
      if (receiver.unreachable !== undefined) miss(receiver.personId, receiver.unreachable);
      else if (isNewCard(receiver.personId, because, event, at)) card(receiver.personId, because, at);
    }
  }

  function miss(personId: string, reason: string): void {
    const key = JSON.stringify([personId, reason]);
    const entry = unreachable.get(key) ?? { personId, reason, messages: 0 };
    entry.messages += 1;
    unreachable.set(key, entry);
  }

  /** Events of one cause are one card, and so are events within a rule's window; urgent rules wait for nothing. */
  function isNewCard(
    personId: string,
    because: readonly ReminderRule[],
    event: RuleEvent,
    at: number,
  ): boolean {
    const cause = event.causeId ? JSON.stringify([personId, event.ticket.id, event.causeId]) : null;
    if (cause !== null && causes.has(cause)) return false;
    if (cause !== null) causes.add(cause);
    const ticket = JSON.stringify([personId, event.ticket.id]);
    const last = lastCard.get(ticket);
    const window = Math.min(
      ...because.map((rule) => (rule.urgency === 'urgent' ? 0 : (rule.timing?.coalesceSeconds ?? 0))),
    );
    if (last !== undefined && at - last < window * 1000) return false;
    lastCard.set(ticket, at);
    return true;
  }

  function card(personId: string, because: readonly ReminderRule[], at: number): void {
    messages += 1;
    const day = dayOf(at);
    const key = JSON.stringify([personId, day]);
    const entry = days.get(key) ?? { personId, day, messages: 0 };
    entry.messages += 1;
    days.set(key, entry);
    for (const [index, rule] of because.entries()) {
      const counts = byRule.get(rule.id);
      if (counts) counts.messages += 1;
      for (const other of because.slice(index + 1)) overlap(rule.id, other.id);
    }
  }

  function overlap(a: string, b: string): void {
    const ruleIds: [string, string] = a < b ? [a, b] : [b, a];
    const key = JSON.stringify(ruleIds);
    const entry = overlaps.get(key) ?? { ruleIds, messages: 0 };
    entry.messages += 1;
    overlaps.set(key, entry);
  }

  function failed(ruleId: string): void {
    const counts = byRule.get(ruleId);
    if (counts) counts.failed += 1;
  }

  function forecast(): Forecast {
    return {
      messages,
      rules: [...byRule.values()].sort((a, b) => order(a.ruleId, b.ruleId)),
      days: [...days.values()].sort((a, b) => order(a.day, b.day) || order(a.personId, b.personId)),
      overlaps: [...overlaps.values()].sort(
        (a, b) => b.messages - a.messages || order(a.ruleIds.join(), b.ruleIds.join()),
      ),
      unreachable: [...unreachable.values()].sort(
        (a, b) => b.messages - a.messages || order(a.personId, b.personId),
      ),
    };
  }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
