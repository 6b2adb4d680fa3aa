import type { Clock, SharedState, TokenStore } from './port';

/** Tokens and leases of this process alone. */
export function memoryTokenStore(clock: Pick<Clock, 'now'>): TokenStore {
  const tokens = new Map<string, { token: string; expiresAt: number }>();
  const leases = new Map<string, { until: number; holder: symbol }>();
  return {
    read: async (key) => tokens.get(key) ?? null,
    write: async (key, token, expiresAt) => {
      tokens.set(key, { token, expiresAt });
    },
    lease: async (key, ms) => {
      const current = leases.get(key);
      if (current && current.until > clock.now()) return null;
      const holder = Symbol(key);
      leases.set(key, { until: clock.now() + ms, holder });
      return async () => {
        if (leases.get(key)?.holder === holder) leases.delete(key);
      };
    },
  };
}

/** State of this process alone; as plain JSON, like the one that workers share. */
export function memorySharedState(): SharedState {
  const kept = new Map<string, { version: number; state: string }>();
  return {
    load: async <State>(key: string) => {
      const found = kept.get(key);
      return found
        ? { version: found.version, state: JSON.parse(found.state) as State }
        : { version: 0, state: null };
    },
    swap: async (key, expectedVersion, state) => {
      if ((kept.get(key)?.version ?? 0) !== expectedVersion) return false;
      kept.set(key, { version: expectedVersion + 1, state: JSON.stringify(state) });
      return true;
    },
  };
}
