/** By which way Feishu brings events and clicks to a docking. */
import type { Docking } from '../store';

const LISTENING: ReadonlySet<Docking['state']> = new Set(['setting-up', 'in-review', 'live']);

/** True where a connection of ours is wanted: asked for by an admin, or told by the app's own settings. */
export function wantsLongConnection({ state, eventMode = 'automatic', appEventModes }: Docking): boolean {
  if (!LISTENING.has(state) || eventMode === 'webhook') return false;
  if (eventMode === 'long-connection') return true;
  return [appEventModes?.events, appEventModes?.clicks].includes('long-connection');
}
