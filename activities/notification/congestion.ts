/** Which dockings had better not be tried at once: their turns are used up, or their platform does not answer. */
import { LRUCache } from 'lru-cache';
import { FeishuError } from '../../feishu';

const LONGEST_MS = 5_000;
const SHORTEST_MS = 200;

export interface Congestion {
  isCongested(dockingId: string): boolean;
  /** A try that failed for now: others of the docking would fail the same way. */
  note(dockingId: string, error: unknown): void;
}

/** Of this process. Saves the quick tries that cannot succeed; the patient way finds out for itself. */
export function createCongestion(): Congestion {
  const until = new LRUCache<string, true>({ max: 5_000, ttl: LONGEST_MS });
  return {
    isCongested: (dockingId) => until.has(dockingId),
    note(dockingId, error) {
      if (!(error instanceof FeishuError)) return;
      // One person's limit says nothing about the others.
      if (error.errorClass === 'rate' && error.code === 230020) return;
      const waits = error.errorClass === 'rate' ? (error.retryAfterMs ?? SHORTEST_MS) : LONGEST_MS;
      until.set(dockingId, true, { ttl: Math.min(LONGEST_MS, Math.max(SHORTEST_MS, waits)) });
    },
  };
}
