/** Brings due cards of one ticket out, the quick way or the patient one, and writes into the run's state what became of them. */
import { patched } from '@temporalio/workflow';
import type { FollowUp } from '../activities';
import type { TicketNotificationState } from './messages';
import { patiently, tryAtOnce } from './ticket-steps';
import { followed, hold, isHeld, watch } from './watched-cards';

/** `waits` is told what a card that is late waits for, and null when it is over. */
export function bringsOut(
  dockingId: string,
  state: TicketNotificationState,
  waits: (what: string | null) => void,
): (deliveryIds: string[]) => Promise<void> {
  /** Cards of this run that are out. */
  const out = new Set<string>();
  return deliver;

  async function deliver(deliveryIds: string[]): Promise<void> {
    if (deliveryIds.length === 0) return;
    const tried = await tryAtOnce(dockingId, deliveryIds);
    const { failed = 0, later = [], held = [], instead = [] } = tried;
    if (failed === 0) count(deliveryIds.filter((id) => !later.includes(id) && !isHeld(held, id)));
    else state.sent += deliveryIds.length - failed - later.length - held.length;
    state.failed += failed;
    state.watched = hold(state.watched, held);
    follow(tried.followUps ?? []);
    if (later.length > 0) instead.push(...(await deliverLate(later)));
    // The chain gets shorter with each step, so this ends.
    await deliver(instead);
  }

  /** Gives the cards that go out instead of some that failed. */
  async function deliverLate(later: readonly string[]): Promise<string[]> {
    waits(`platform: ${later.length} cards`);
    const late = await Promise.all(later.map((id) => patiently(dockingId, id)));
    waits(null);
    count(later.filter((_id, index) => late[index]?.outcome === 'sent'));
    state.failed += late.filter(({ outcome }) => outcome === 'failed').length;
    state.watched = hold(
      state.watched,
      late.flatMap(({ held }) => held ?? []),
    );
    follow(late.flatMap(({ followUp }) => followUp ?? []));
    return late.flatMap(({ instead }) => instead ?? []);
  }

  /** A card that shows one more event is the same card. */
  function count(ids: readonly string[]): void {
    const fresh = ids.filter((id) => !out.has(id));
    for (const id of fresh) out.add(id);
    state.sent += fresh.length;
  }

  /** An event that joins a card does not begin its waiting anew. */
  function follow(followUps: readonly FollowUp[]): void {
    for (const each of followUps) {
      const isWatched = state.watched.some(({ deliveryId }) => deliveryId === each.deliveryId);
      if (isWatched && patched('joined-cards-keep-their-times')) continue;
      state.watched = watch(state.watched, followed(each, Date.now()));
    }
  }
}
