/** Counts platform calls per docking and route; writes the sums every few seconds, not every call. */
import type { Logger } from 'pino';
import type { Meter } from '../feishu';
import type { Store } from '../store';

const FLUSH_EVERY_MS = 2000;

export interface CallMeter {
  count: Meter;
  /** Writes what is left. */
  close(): Promise<void>;
}

export function createCallMeter(store: Store, log: Logger, now: () => Date): CallMeter {
  let counts = new Map<string, number>();
  const dockingOfApp = new Map<string, string>();

  const dockingIdOf = async (appId: string): Promise<string | null> => {
    const known = dockingOfApp.get(appId);
    if (known !== undefined) return known;
    const docking = await store.dockings.findByAppId(appId);
    if (docking) dockingOfApp.set(appId, docking.id);
    return docking?.id ?? null;
  };
  const flush = async (): Promise<void> => {
    const due = counts;
    counts = new Map();
    for (const [key, calls] of due) {
      const [appId = '', route = ''] = key.split('\n');
      const dockingId = await dockingIdOf(appId);
      if (dockingId !== null) await store.usage.add(dockingId, route, calls, now());
    }
  };
  const timer = setInterval(() => {
    flush().catch((error: unknown) => log.warn({ err: error }, 'platform calls were not counted'));
  }, FLUSH_EVERY_MS);
  timer.unref();

  return {
    count: (route, { appId }) => {
      const key = `${appId}\n${route}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
