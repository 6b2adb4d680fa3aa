/** From the cards that wait for a person's digest to the one card that carries them. */
import { ApplicationFailure } from '@temporalio/common';
import { FeishuError, type CallOptions } from '../../feishu';
import { cardsDue, digestCarrier, switchedOff } from '../../intake';
import type { Delivery, DigestRecord } from '../../store';
import type { ActivityPorts } from '../ports';
import { deliverOnce } from './deliver';
import { insteadOf } from './fall-back';

/** One card carries no more; the others go out with a second one right behind it. */
const MOST_MEMBERS = 500;

interface Errand {
  dockingId: string;
  digestId: string;
  /** Id of a card that was made before and is to go out after all. */
  replay: string | null;
}

export interface ToldDigest {
  sent: number;
  failed: number;
  /** Not now: rate, outage, or an answer that got lost. Absent = nothing is left to tell. */
  later?: true;
}

/**
 * Sends what waits, card after card. Repeats safely: the first to make a round's card fixes its members before any try, and
 * the card has one key. With `quick` a failure for now is an answer, otherwise it is thrown.
 */
export async function tellDigest(
  ports: ActivityPorts,
  { dockingId, digestId, replay }: Errand,
  { quick = false, ...options }: CallOptions & { quick?: boolean },
): Promise<ToldDigest> {
  const told: ToldDigest = { sent: 0, failed: 0 };
  const { store } = ports;
  const digest = await store.digests.get(digestId);
  if (digest?.dockingId !== dockingId) return told;
  try {
    if (replay !== null) {
      const outcome = await bring(ports, dockingId, replay, options);
      if (outcome) told[outcome] += 1;
      return told;
    }
    for (;;) {
      const round = (await store.digests.get(digestId))?.round ?? 0;
      const carrier = await carrierOf(ports, digest, round);
      if (!carrier) return told;
      const outcome = await bring(ports, dockingId, carrier.id, options);
      await store.digests.nextRound(digestId, round);
      if (outcome) told[outcome] += 1;
    }
  } catch (error) {
    if (!quick || !(error instanceof FeishuError || error instanceof ApplicationFailure)) throw error;
    return { ...told, later: true };
  }
}

/** The patient way gave up: the cards are parked with the one that should have carried them. */
export async function parkDigest(
  ports: ActivityPorts,
  { dockingId, digestId, replay }: Errand,
): Promise<void> {
  const { store } = ports;
  const digest = await store.digests.get(digestId);
  if (digest?.dockingId !== dockingId) return;
  const carrier = replay === null ? await carrierOf(ports, digest, digest.round) : null;
  const carrierId = replay ?? carrier?.id;
  if (carrierId === undefined) return;
  // A replay of any of them finds the others by it.
  if (carrier) await store.digests.bundle(carrier);
  await store.deliveries.settle(carrierId, { state: 'needs-attention', reason: 'gave-up' });
  await conclude(ports, carrierId);
  if (replay === null) await store.digests.nextRound(digestId, digest.round);
}

/** Null when nothing waits: the digest is told then, and looked at once more for a card that came at this very moment. */
async function carrierOf(
  ports: ActivityPorts,
  digest: DigestRecord,
  round: number,
): Promise<Delivery | null> {
  const { store, now } = ports;
  const made = digestCarrier(digest, round, [], now());
  const before = await store.deliveries.get(made.id);
  if (before) return before;
  let members = await store.digests.members(digest.id, MOST_MEMBERS);
  if (members.length === 0) {
    await store.digests.told(digest.id);
    members = await store.digests.members(digest.id, MOST_MEMBERS);
  }
  if (members.length === 0) return null;
  const theirs = await stillTheirs(ports, digest, members);
  // Others may have come meanwhile, or nothing is left.
  if (theirs.length === 0) return carrierOf(ports, digest, round);
  members = theirs;
  await store.deliveries.plan([digestCarrier(digest, round, members, now())]);
  return store.deliveries.get(made.id);
}

/**
 * Without the cards of agents to whom the employee is bound no more, which go along the fallback chain, and of rules that were switched
 * off.
 */
async function stillTheirs(
  ports: ActivityPorts,
  { dockingId, employeeId }: DigestRecord,
  members: readonly Delivery[],
): Promise<Delivery[]> {
  const { store } = ports;
  const bound = new Set(
    (await store.bindings.byEmployee(dockingId, [employeeId])).map(({ agentId }) => agentId),
  );
  const theirs: Delivery[] = [];
  for (const member of members) {
    const isBound = member.agentId === null || bound.has(member.agentId);
    const reason = isBound ? await switchedOff(store, member) : 'unbound';
    if (reason === null) {
      theirs.push(member);
      continue;
    }
    // Settled last: it waits no more then, and nobody would look at it again after a death in between.
    await tellInstead(ports, { ...member, state: 'failed', reason });
    await store.deliveries.settle(member.id, { state: 'failed', reason });
  }
  return theirs;
}

async function bring(
  ports: ActivityPorts,
  dockingId: string,
  carrierId: string,
  options: CallOptions,
): Promise<'sent' | 'failed' | null> {
  const carrier = await ports.store.deliveries.get(carrierId);
  if (!carrier?.bundles || carrier.dockingId !== dockingId) return null;
  await ports.store.digests.bundle(carrier);
  const { outcome } = await deliverOnce(ports, dockingId, carrierId, options);
  await conclude(ports, carrierId);
  return outcome === 'sent' ? 'sent' : 'failed';
}

/** Whom the platform will never bring a digest, the docking's fallback chain is told of each of its tickets. */
async function conclude(ports: ActivityPorts, carrierId: string): Promise<void> {
  const { store } = ports;
  const carrier = await store.deliveries.get(carrierId);
  if (!carrier?.bundles) return;
  await store.digests.conclude(carrier);
  if (carrier.state !== 'failed') return;
  const members = await store.deliveries.getMany(carrier.bundles.deliveryIds);
  for (const member of members) if (member.state === 'failed') await tellInstead(ports, member);
}

async function tellInstead(ports: ActivityPorts, failed: Delivery): Promise<void> {
  const { id, dockingId, ticketId } = failed;
  const deliveryIds = await insteadOf(ports, failed);
  if (deliveryIds.length > 0) {
    await ports.tellTicket(dockingId, cardsDue(`fallback:${id}`, ticketId, deliveryIds));
  }
}
