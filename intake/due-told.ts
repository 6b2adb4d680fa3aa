/** The due time that an event is about. */
import { DateTime } from 'luxon';
import type { TicketEvent } from '../tickets';

const ABOUT_DUE_TIMES: readonly string[] = ['ticket.sla_warning', 'ticket.sla_breached', 'ticket.overdue'];

export interface DueTold {
  /** Null when the source does not tell. */
  metric: string | null;
  /** RFC 3339; null when nobody tells. */
  dueAt: string | null;
}

/** Null for events that are about none. */
export function dueToldBy({ type, sla, ticket }: TicketEvent): DueTold | null {
  if (!ABOUT_DUE_TIMES.includes(type)) return null;
  const metric = sla?.metric ?? (type === 'ticket.overdue' ? 'solution' : null);
  const ofTicket = { first_response: ticket.firstResponseDueAt, solution: ticket.dueAt };
  const known = metric === 'first_response' || metric === 'solution' ? ofTicket[metric] : null;
  return { metric, dueAt: sla?.dueAt ?? known ?? null };
}

/** A warning that cannot be told before its due time says what is not true any more; the breach is told instead. */
export function comesTooLate(event: TicketEvent, at: Date | null): boolean {
  const dueAt = event.type === 'ticket.sla_warning' ? dueToldBy(event)?.dueAt : null;
  return at !== null && typeof dueAt === 'string' && at.getTime() >= Date.parse(dueAt);
}

type Words = { en: string; zh: string };
const METRICS: Readonly<Record<string, Words>> = {
  first_response: { en: 'First response due', zh: '首次响应截止' },
  next_response: { en: 'Next response due', zh: '下次响应截止' },
  solution: { en: 'Solution due', zh: '解决截止' },
};
const UNTOLD: Words = { en: 'not told', zh: '未提供' };

/** Which due times a card tells of, in the words of the first event about each: two cards about one ticket look different. */
export function dueFacts(
  events: readonly TicketEvent[],
  zone: string,
): { label: Words; value: string | Words }[] {
  const facts = new Map<string, { label: Words; value: string | Words }>();
  for (const due of events.map(dueToldBy)) {
    if (!due || facts.has(due.metric ?? '') || (!due.metric && !due.dueAt)) continue;
    const { metric, dueAt } = due;
    facts.set(metric ?? '', { label: labelOf(metric), value: dueAt ? clock(dueAt, zone) : UNTOLD });
  }
  return [...facts.values()];
}

function labelOf(metric: string | null): Words {
  if (metric === null) return { en: 'Due', zh: '截止' };
  return METRICS[metric] ?? { en: `Due (${metric})`, zh: `截止（${metric}）` };
}

const clock = (at: string, zone: string): string => DateTime.fromISO(at, { zone }).toFormat('MM-dd HH:mm');
