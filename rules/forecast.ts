/** Counts what a rule set would send: per rule, per person and day, overlaps, people out of reach. */
import type { RuleEvent } from './event';
import type { ReminderRule } from './rule';

/** A card that one event would make, or go into. */
export interface ForeseenCard {
  /** Cards with one key are one card: events of one action. */
  key: string;
  personId: string;
  ruleIds: readonly string[];
  /** The moment of the event (ms). */
  plannedAt: number;
  /** When they would see it (ms): then, or when quiet hours end or the digest goes out. */
  at: number;
  /** It changes the last card of this ticket and person in place while that is younger. 0 = it never does. */
  updateWithinSeconds: number;
  /** It is a line of this digest, which is one card and nobody's last card of a ticket; null = a card of its own. */
  digest: string | null;
}

/** What one event would do, once the rules that match it are known. */
export interface Foreseen {
  cards: readonly ForeseenCard[];
  /** People who were meant and would get nothing, each with the reason. */
  missed: readonly { personId: string; reason: string }[];
  /** Rules that would find nobody to tell. */
  nobody: readonly string[];
}

export interface Forecast {
  /** Cards that people would see; cards bundled into one count once, and so does one that is changed in place. */
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
  /** All rules that match one event, and what comes of it. */
  matched(rules: readonly ReminderRule[], event: RuleEvent, foreseen: Foreseen): void;
  failed(ruleId: string): void;
  /** Once, when all has happened. */
  forecast(): Forecast;
}

export function tallyFor(rules: Iterable<ReminderRule>, dayOf: (at: number) => string): Tally {
  const byRule = new Map(
    [...rules].map(({ id, name }) => [
      id,
      { ruleId: id, name, matched: 0, messages: 0, failed: 0, nobody: 0 },
    ]),
  );
  const days = new Map<string, Forecast['days'][number]>();
  const overlaps = new Map<string, Forecast['overlaps'][number]>();
  const unreachable = new Map<string, Forecast['unreachable'][number]>();
  /** By key. */
  const foreseen = new Map<string, Told>();
  let messages = 0;

  return { matched, failed, forecast };

  function matched(
    firing: readonly ReminderRule[],
    event: RuleEvent,
    { cards, missed, nobody }: Foreseen,
  ): void {
    for (const { id } of firing) count(id, 'matched');
    for (const id of nobody) count(id, 'nobody');
    for (const { personId, reason } of missed) miss(personId, reason);
    for (const card of cards) {
      const key = keyOf(card, foreseen.get(card.key));
      const known = foreseen.get(key);
      // What does not wait takes the card of its action with it.
      const shown = known && known.card.at <= card.at ? known.card : card;
      const told = known ?? { card, ticketId: event.ticket.id, ruleIds: new Set(), pairs: new Map() };
      foreseen.set(key, { ...told, card: shown });
      note(told, card.ruleIds);
    }
  }

  function note({ ruleIds, pairs }: Told, firing: readonly string[]): void {
    for (const [index, ruleId] of firing.entries()) {
      ruleIds.add(ruleId);
      for (const other of firing.slice(index + 1)) {
        const pair: [string, string] = ruleId < other ? [ruleId, other] : [other, ruleId];
        pairs.set(JSON.stringify(pair), pair);
      }
    }
  }

  function count(ruleId: string, what: 'matched' | 'messages' | 'failed' | 'nobody'): void {
    const counts = byRule.get(ruleId);
    if (counts) counts[what] += 1;
  }

  function miss(personId: string, reason: string): void {
    const key = JSON.stringify([personId, reason]);
    const entry = unreachable.get(key) ?? { personId, reason, messages: 0 };
    entry.messages += 1;
    unreachable.set(key, entry);
  }

  /** In the order in which they are seen, which is not that of the events: quiet hours hold some of them back. */
  function sendAll(): void {
    /** Per person and ticket, of the cards that are out the one whose event was the last. */
    const living = new Map<string, ForeseenCard>();
    for (const told of folded(foreseen.values()).sort((a, b) => a.card.at - b.card.at)) {
      const { card, ticketId } = told;
      const ticket = JSON.stringify([card.personId, ticketId]);
      const last = living.get(ticket);
      if (card.digest === null) {
        if (last && isYoung(last, card)) continue;
        if (!last || last.plannedAt <= card.plannedAt) living.set(ticket, card);
      }
      send(told);
    }
  }

  function send({ card: { personId, at }, ruleIds, pairs }: Told): void {
    messages += 1;
    const day = dayOf(at);
    const key = JSON.stringify([personId, day]);
    const entry = days.get(key) ?? { personId, day, messages: 0 };
    entry.messages += 1;
    days.set(key, entry);
    for (const ruleId of ruleIds) count(ruleId, 'messages');
    for (const [pair, both] of pairs) {
      const overlap = overlaps.get(pair) ?? { ruleIds: both, messages: 0 };
      overlap.messages += 1;
      overlaps.set(pair, overlap);
    }
  }

  function failed(ruleId: string): void {
    count(ruleId, 'failed');
  }

  function forecast(): Forecast {
    sendAll();
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

/** A card with all that it tells. */
interface Told {
  card: ForeseenCard;
  ticketId: string;
  ruleIds: Set<string>;
  /** Rules that told it of the same event. */
  pairs: Map<string, [string, string]>;
}

/** What comes after its digest was out goes into the next one, or out by itself. What joins a card that waits for none is on it. */
function keyOf(card: ForeseenCard, known: Told | undefined): string {
  if (!known) return card.key;
  const { digest, at } = known.card;
  const isApart = digest !== null && at <= card.plannedAt;
  return isApart ? `${card.key} ${card.digest ?? 'alone'}` : card.key;
}

/** All lines of a digest are one card. */
function folded(all: Iterable<Told>): Told[] {
  const cards = new Map<string, Told>();
  for (const told of all) {
    const { key, digest } = told.card;
    const id = digest === null ? `card ${key} ${told.card.plannedAt}` : `digest ${digest}`;
    const known = cards.get(id);
    if (!known) cards.set(id, { ...told, ruleIds: new Set(told.ruleIds), pairs: new Map(told.pairs) });
    else {
      for (const ruleId of told.ruleIds) known.ruleIds.add(ruleId);
      for (const [pair, both] of told.pairs) known.pairs.set(pair, both);
    }
  }
  return [...cards.values()];
}

const isYoung = (last: ForeseenCard, { at, updateWithinSeconds }: ForeseenCard): boolean =>
  updateWithinSeconds > 0 && at - last.at <= updateWithinSeconds * 1000;

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
