/** Chapter 8: what arrived, held against what had to arrive, and an answer to "why" for every event. */
import { Client, Connection } from '@temporalio/client';
import { all, type Http } from './http';

interface SimulatedMessage {
  messageId: string;
  openId: string;
  content: string;
  createTime: string | number;
  deleted: boolean;
}

export interface Arrivals {
  /** `mark employeeId` → how many cards. */
  cards: Map<string, number>;
  /** `mark employeeId` → when the platform took the first one, ms. */
  at: Map<string, number>;
}

/** Reads the simulator's own log; an event is found by the mark in the ticket's title. */
export async function arrivals(simulator: Http, appId: string): Promise<Arrivals> {
  const messages = await all<SimulatedMessage>(simulator, `/_control/messages?app=${appId}&limit=1000`);
  const cards = new Map<string, number>();
  const at = new Map<string, number>();
  for (const message of messages) {
    const mark = /#[es]\d{3}/.exec(message.content)?.[0];
    if (!mark) continue;
    const key = `${mark} ${message.openId}`;
    cards.set(key, (cards.get(key) ?? 0) + 1);
    const time = Number(message.createTime);
    at.set(key, Math.min(at.get(key) ?? Infinity, time));
  }
  return { cards, at };
}

export interface Comparison {
  sent: number;
  duplicate: number;
  missing: string[];
  unexpected: string[];
}

/** `expected`: `mark employeeId` → number of cards. */
export function compare(expected: ReadonlyMap<string, number>, { cards }: Arrivals): Comparison {
  const missing: string[] = [];
  const unexpected: string[] = [];
  let sent = 0;
  let duplicate = 0;
  for (const [key, wanted] of expected) {
    const arrived = cards.get(key) ?? 0;
    sent += Math.min(arrived, wanted);
    if (arrived < wanted) missing.push(key);
    if (arrived > wanted) duplicate += arrived - wanted;
  }
  for (const key of cards.keys()) if (!expected.has(key)) unexpected.push(key);
  return { sent, duplicate, missing, unexpected };
}

interface Why {
  rulesVersion: number | null;
  summary: string;
  receivers: { outcome: string; reason: string | null }[];
}

/** Every event the docking has, those from Sobot's pushes included. */
export async function eventIdsOf(api: Http, dockingId: string): Promise<string[]> {
  const events = await all<{ eventId: string }>(api, `/v1/dockings/${dockingId}/ticket-events?limit=200`);
  return events.map((event) => event.eventId);
}

export interface Explained {
  asked: number;
  answered: number;
  silent: number;
  unexplained: string[];
}

/** Asks "why" for every event, also for those that sent nothing: each must have a verdict and every no its reason. */
export async function askWhy(api: Http, dockingId: string, eventIds: readonly string[]): Promise<Explained> {
  const unexplained: string[] = [];
  let silent = 0;
  for (const eventId of eventIds) {
    const why = await api.get<Why>(`/v1/dockings/${dockingId}/ticket-events/${encodeURIComponent(eventId)}`);
    const silently = why.receivers.every((receiver) => receiver.outcome === 'suppressed');
    if (silently) silent += 1;
    const reasoned = why.receivers.every(
      (receiver) => receiver.outcome !== 'suppressed' || receiver.reason !== null,
    );
    if (why.rulesVersion === null || why.summary === '' || !reasoned) unexplained.push(eventId);
  }
  return { asked: eventIds.length, answered: eventIds.length - unexplained.length, silent, unexplained };
}

/** History length of every ticket workflow of a docking, from Temporal itself. */
export async function ticketHistories(
  address: string,
  dockingId: string,
): Promise<{ runs: number; events: number }> {
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection });
    let runs = 0;
    let events = 0;
    const query = `WorkflowType = 'ticketNotification' AND DockingId = '${dockingId}'`;
    for await (const run of client.workflow.list({ query })) {
      runs += 1;
      events += run.historyLength ?? 0;
    }
    return { runs, events };
  } finally {
    await connection.close();
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
