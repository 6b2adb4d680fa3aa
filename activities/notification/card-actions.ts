/** Which buttons a card carries: what the ticket system can do, and what makes sense for this ticket and person. */
import { LRUCache } from 'lru-cache';
import type { CardAction } from '../../feishu';
import type { Delivery, Docking } from '../../store';
import { TicketSystemError, type Ticket, type TicketActionKind } from '../../tickets';
import type { ActivityPorts } from '../ports';

const REMEMBERED_MS = 10 * 60_000;
/** A card does not wait longer than this for its buttons. */
const PATIENCE_MS = 1_500;

const known = new LRUCache<string, readonly TicketActionKind[]>({ max: 2000, ttl: REMEMBERED_MS });

export async function actionsFor(
  ports: ActivityPorts,
  docking: Docking,
  delivery: Delivery,
  ticket: Ticket,
): Promise<CardAction[]> {
  if (!delivery.agentId || ticket.statusType === 'closed' || ticket.statusType === 'deleted') return [];
  const able = await abilities(ports, docking.id);
  return [
    ...(able.includes('claim') && !ticket.assigneeId ? (['claim'] as const) : []),
    'acknowledge',
    'snooze',
    ...(able.includes('close') ? (['close'] as const) : []),
    ...(able.includes('note') ? (['reply'] as const) : []),
  ];
}

async function abilities(ports: ActivityPorts, dockingId: string): Promise<readonly TicketActionKind[]> {
  const remembered = known.get(dockingId);
  if (remembered) return remembered;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<readonly TicketActionKind[]>((done) => {
    timer = setTimeout(() => done([]), PATIENCE_MS);
  });
  try {
    return await Promise.race([ask(ports, dockingId), patience]);
  } finally {
    clearTimeout(timer);
  }
}

/** A ticket system that does not answer costs the card its buttons for the ticket, never the card. */
async function ask(ports: ActivityPorts, dockingId: string): Promise<readonly TicketActionKind[]> {
  try {
    const { actions } = await (await ports.ticketSystem(dockingId)).capabilities();
    known.set(dockingId, actions);
    return actions;
  } catch (error) {
    const reason = error instanceof TicketSystemError ? error.code : 'unreadable';
    ports.log.warn(
      { dockingId, reason },
      'what the ticket system can do is not known; cards go without its buttons',
    );
    return [];
  }
}
