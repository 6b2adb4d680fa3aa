import type { Actor, ActorType, Ticket } from '../event';
import type { SobotReply } from './ticket';
import type { SobotTime } from './time';
import { given, records, text, type Wire } from './wire';

/** `start_type` of log rows and replies. */
const TYPES: Record<string, ActorType> = {
  '0': 'agent',
  '1': 'customer',
  '2': 'automation',
  '3': 'automation',
  '4': 'automation',
  '5': 'system',
  '6': 'automation',
};

interface LogRow {
  at: string | undefined;
  actor: Actor;
}

function logRows(detail: Wire, time: SobotTime): LogRow[] {
  return records(detail.update_log_list)
    .map((row) => ({
      at: time.toUtc(row.update_datetime),
      actor: {
        type: TYPES[text(row.start_type)] ?? 'system',
        id: given(row.update_agent_id) ?? null,
        name: given(row.update_agent_name) ?? null,
      },
    }))
    .sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
}

/** Who made the last change: the log row of that second, else whoever the detail or the push names. */
export function changeActor(detail: Wire, time: SobotTime, named: string | undefined): Actor {
  const rows = logRows(detail, time);
  const updatedAt = time.toUtc(detail.update_datetime);
  const row = rows.find((one) => one.at === updatedAt) ?? rows[0];
  if (row) return row.actor;
  const name = given(detail.update_agent_name) ?? named;
  return name === undefined ? { type: 'system' } : { type: 'agent', name };
}

/** Who wrote a reply. Replies tell a name only; the id is in the log row of the same second. */
export function replyActor(reply: SobotReply, detail: Wire, ticket: Ticket, time: SobotTime): Actor {
  const type = TYPES[reply.startType] ?? 'system';
  const row = logRows(detail, time).find(
    (one) => one.at === reply.at && one.actor.type === type && one.actor.name === reply.by,
  );
  const likely = type === 'customer' ? ticket.customer?.id : undefined;
  return { type, id: row?.actor.id ?? likely ?? null, name: reply.by || null };
}
