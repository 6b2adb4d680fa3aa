import type { Clock, TokenStore } from './port';

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
