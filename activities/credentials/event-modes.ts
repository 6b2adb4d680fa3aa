import type { FeishuApp } from '../../feishu';
import type { Docking, EventWay, Store } from '../../store';

const WAYS: ReadonlyMap<string | undefined, EventWay> = new Map([
  ['webhook', 'webhook'],
  ['websocket', 'long-connection'],
]);

/** Keeps by which way the app wants its events and clicks brought; what the platform does not tell stays as it was. */
export async function noteEventModes(store: Store, app: FeishuApp, docking: Docking): Promise<void> {
  const known = docking.appEventModes;
  const events = WAYS.get(app.events?.mode) ?? known?.events ?? null;
  const clicks = WAYS.get(app.callbacks?.mode) ?? known?.clicks ?? null;
  if (events === (known?.events ?? null) && clicks === (known?.clicks ?? null)) return;
  await store.dockings.patch(docking.id, { appEventModes: { events, clicks } });
}
