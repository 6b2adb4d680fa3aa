/** What the ticket system of a docking can do, and how its tickets are linked: asked now and then, never waited for long. */
import { LRUCache } from 'lru-cache';
import type { Docking } from '../../store';
import { TicketSystemError, type Capabilities } from '../../tickets';
import type { ActivityPorts } from '../ports';

const REMEMBERED_MS = 10 * 60_000;
/** A card does not wait longer than this for its buttons. */
const PATIENCE_MS = 1_500;

export type Abilities = Pick<Capabilities, 'actions' | 'ticketUrlTemplate'>;

const NOT_KNOWN: Abilities = { actions: [] };
const known = new LRUCache<string, Abilities>({ max: 2000, ttl: REMEMBERED_MS });

export async function abilitiesOf(ports: ActivityPorts, dockingId: string): Promise<Abilities> {
  const remembered = known.get(dockingId);
  if (remembered) return remembered;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<Abilities>((done) => {
    timer = setTimeout(() => done(NOT_KNOWN), PATIENCE_MS);
  });
  try {
    return await Promise.race([ask(ports, dockingId), patience]);
  } finally {
    clearTimeout(timer);
  }
}

/** A ticket system that does not answer costs the card its buttons for the ticket, never the card. */
async function ask(ports: ActivityPorts, dockingId: string): Promise<Abilities> {
  try {
    const abilities = await (await ports.ticketSystem(dockingId)).capabilities();
    known.set(dockingId, abilities);
    return abilities;
  } catch (error) {
    const reason = error instanceof TicketSystemError ? error.code : 'unreadable';
    ports.log.warn(
      { dockingId, reason },
      'what the ticket system can do is not known; cards go without its buttons',
    );
    return NOT_KNOWN;
  }
}

/** The docking with the link of its tickets: as set for it, else as its ticket system tells. */
export async function withTicketLinks(ports: ActivityPorts, docking: Docking): Promise<Docking> {
  const { ticketSystem } = docking;
  if (ticketSystem.ticketUrlTemplate || ticketSystem.kind !== 'rest') return docking;
  const { ticketUrlTemplate } = await abilitiesOf(ports, docking.id);
  return ticketUrlTemplate ? { ...docking, ticketSystem: { ...ticketSystem, ticketUrlTemplate } } : docking;
}
