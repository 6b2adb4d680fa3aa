import { FeishuError, type Feishu } from '../../feishu';
import type { Docking, Store } from '../../store';
import { withFailures } from '../failures';
import type { ActivityPorts } from '../ports';
import { isFinal, requireDocking } from './proofs';

/** What became of a new App Secret. While it is not `promoted`, the old one stays in use. */
export interface RotationResult {
  outcome: 'promoted' | 'refused' | 'nothing-pending';
}

/** How often somebody may enter yet another secret while one is being proven. */
const TRIES = 5;

/**
 * Proves the pending App Secret with the platform and only then puts it in the place of the old one, in one write. Fails
 * while the platform does not answer. Repeats safely: once it took its place nothing is pending.
 */
export function provePendingSecret(
  { store, feishu }: ActivityPorts,
  dockingId: string,
): Promise<RotationResult> {
  return withFailures(async () => {
    const docking = await requireDocking(store, dockingId);
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const pending = await store.dockings.pendingAppSecret(dockingId);
      if (pending === null) return { outcome: 'nothing-pending' };
      if (!(await isRefused(feishu, docking, pending))) {
        if (await store.dockings.promotePending(dockingId, pending)) return { outcome: 'promoted' };
      } else {
        await store.dockings.dropPending(dockingId, pending);
        if ((await store.dockings.pendingAppSecret(dockingId)) === null) return { outcome: 'refused' };
      }
    }
    throw new Error('new secrets were entered faster than they could be proven');
  });
}

/** Gives up a secret that could not be proven, so that it is not taken for the right one later. */
export function dropPendingSecret({ store }: { store: Store }, dockingId: string): Promise<void> {
  return withFailures(async () => {
    const pending = await store.dockings.pendingAppSecret(dockingId);
    if (pending !== null) await store.dockings.dropPending(dockingId, pending);
  });
}

/** Fails when the platform did not decide. */
async function isRefused(feishu: Feishu, docking: Docking, appSecret: string): Promise<boolean> {
  try {
    await feishu.for({ appId: docking.appId, appSecret, baseUrl: docking.platformUrl }).checkCredentials();
    return false;
  } catch (error) {
    if (!(error instanceof FeishuError) || !isFinal(error)) throw error;
    return true;
  }
}
