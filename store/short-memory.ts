import { LRUCache } from 'lru-cache';

/** What this process has read a moment ago, so that a busy docking is not read anew for every event. */
export interface ShortMemory<T> {
  /** At most `ttlMs` old. Only what `keeps` says is remembered; everything else is read each time. */
  get(id: string): Promise<T | null>;
  /** For this process's own changes: they are seen at once. */
  forget(id: string): void;
}

export function createShortMemory<T extends object>(options: {
  ttlMs: number;
  read: (id: string) => Promise<T | null>;
  keeps: (value: T) => boolean;
}): ShortMemory<T> {
  const known = new LRUCache<string, T>({ max: 1000, ttl: options.ttlMs });
  const flights = new Map<string, Promise<T | null>>();
  let changes = 0;

  const read = async (id: string): Promise<T | null> => {
    const before = changes;
    const value = await options.read(id);
    // Something changed while it was read: what was read may be what it was before.
    if (value && before === changes && options.keeps(value)) known.set(id, value);
    return value;
  };
  return {
    get(id) {
      const value = known.get(id);
      if (value) return Promise.resolve(value);
      const flight = flights.get(id) ?? read(id).finally(() => flights.delete(id));
      flights.set(id, flight);
      return flight;
    },
    forget(id) {
      changes += 1;
      known.delete(id);
      flights.delete(id);
    },
  };
}
