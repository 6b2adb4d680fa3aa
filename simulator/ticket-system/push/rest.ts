import { createHmac } from 'node:crypto';
import { publicChange, ticketJson } from '../rest/ticket-json';
import { utc } from '../times';
import type { Happening, RecordedEvent, TicketSystem } from '../types';
import type { TicketWorld } from '../world';

/** One event of the contract per product event; all events of one action carry the same `causeId`. */
export function restEvents(world: TicketWorld, system: TicketSystem, happening: Happening): RecordedEvent[] {
  const { ticket, actor, reply, urge, sla } = happening;
  return happening.events.map((eventType) => {
    const eventId = `ev-${world.ids.next(`${system.id}-event`).slice(-24)}`;
    const body = {
      schemaVersion: 1,
      eventId,
      eventType,
      occurredAt: utc(happening.at),
      causeId: happening.causeId,
      actor: { type: actor.type, id: actor.id || null, name: actor.name || null },
      ticket: ticketJson(system, ticket),
      changes: happening.changes.map((change) => publicChange(system, change)),
      ...(reply && {
        reply: { id: reply.replyId, public: reply.public, excerpt: reply.text, attachments: [] },
      }),
      ...(sla && { sla: { metric: sla.metric, dueAt: utc(sla.dueAt), state: sla.state } }),
      ...(urge && { urge: { byAgentId: urge.byAgentId || null, remark: urge.remark } }),
    };
    return { eventId, at: happening.at, body };
  });
}

/** The signature header: the time and a MAC over time and raw body. */
export function signature(secret: string, rawBody: string, nowMs: number): string {
  const t = Math.floor(nowMs / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${rawBody}`).digest('hex')}`;
}
