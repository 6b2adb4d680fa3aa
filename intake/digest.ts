/** Routine cards of people who asked for a digest: which digest each waits for, and the one card that carries them. */
import type { Delivery, Docking, EffectivePreferences } from '../store';
import { digestTime } from './digest-time';
import { notificationUuid } from './identity';
import { companyZone } from './zone';
import { unsent } from './unsent';

/** A person's digest at one moment. */
export interface Digest {
  id: string;
  dockingId: string;
  employeeId: string;
  at: Date;
}

/** Null for people who want each card when it comes. Same person and moment, same digest. */
export function digestFor(
  docking: Docking,
  employeeId: string,
  preferences: EffectivePreferences | undefined,
  now: Date,
): Digest | null {
  const company = { calendar: docking.calendar, zone: companyZone(docking) };
  const at = preferences?.digest ? digestTime(preferences, company, now) : null;
  if (!at) return null;
  const uuid = notificationUuid(docking.id, `digest ${at.toISOString()}`, '', employeeId);
  return { id: uuid.replace(/^ntf-/, 'dg-'), dockingId: docking.id, employeeId, at };
}

/** Fields of a card that waits for a digest. */
export const waitsFor = ({ id, at }: Digest): Pick<Delivery, 'digestId' | 'notBefore' | 'reason'> => ({
  digestId: id,
  notBefore: at,
  reason: 'digest',
});

/**
 * The card that carries `members`, at least one. `round` grows when some came too late for the card before. Whoever makes the
 * card of a round first fixes its members; its key depends on digest and round only.
 */
export function digestCarrier(
  { id, dockingId, employeeId }: Omit<Digest, 'at'>,
  round: number,
  members: readonly Delivery[],
  now: Date,
): Delivery {
  const uuid = notificationUuid(dockingId, `${id} ${round}`, '', employeeId);
  const all = <T>(of: (member: Delivery) => readonly T[]): T[] => [...new Set(members.flatMap(of))];
  return {
    ...unsent(uuid, now),
    dockingId,
    eventIds: all(({ eventIds }) => eventIds),
    ticketId: '',
    ruleIds: all(({ ruleIds }) => ruleIds),
    role: 'digest',
    agentId: members[0]?.agentId ?? null,
    employeeId,
    urgency: 'routine',
    bundles: { digestId: id, deliveryIds: members.map((member) => member.id) },
  };
}
