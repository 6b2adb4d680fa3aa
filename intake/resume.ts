import type { Docking, Store } from '../store';

/** The platform refused the app: events that come still plan their cards, unlike while a person has paused the docking. */
export const isPausedByPlatform = (docking: Docking | null | undefined): boolean =>
  docking?.state === 'paused' && Boolean(docking.pausedReason);

/**
 * A paused docking works again, whoever found that out: what was parked meanwhile goes out, and cards that are out show what came.
 * Events that came while a person had paused it planned nothing, and say so. `ofTheDocking` = every reason for which the platform
 * refuses an app as a whole: calls that were under way together may have been refused for different ones.
 */
export async function resume(
  { dockings }: Pick<Store, 'dockings'>,
  replayParked: (dockingId: string, reasons: readonly string[]) => Promise<unknown>,
  { id }: Docking,
  ofTheDocking: readonly string[],
): Promise<void> {
  await dockings.setState(id, 'live', { onlyFrom: ['paused'] });
  await replayParked(id, ['docking-paused', ...ofTheDocking]);
}
