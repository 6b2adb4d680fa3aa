/** Apps that are being created by device flow, sealed as a whole: they hold a device code, and in the end a secret. */
import type { Brand } from '../feishu';
import type { Store } from '../store';

export interface Registration {
  id: string;
  state: 'planned' | 'waiting' | 'created' | 'denied' | 'expired';
  brand: Brand;
  platformUrl: string;
  name: string;
  deviceCode?: string;
  userCode?: string;
  confirmUrl?: string;
  intervalSeconds?: number;
  /** Unix milliseconds, as `askAt`: not before then is the platform asked again. */
  expiresAt?: number;
  askAt?: number;
  appId?: string;
  appSecret?: string;
}

export interface KeptRegistrations {
  /** Kept for an hour from now. */
  put(registration: Registration): Promise<void>;
  get(id: string): Promise<Registration | null>;
  remove(id: string): Promise<void>;
}

const KEPT_MS = 60 * 60_000;

export function keptRegistrations({ sealedTokens }: Pick<Store, 'sealedTokens'>): KeptRegistrations {
  const key = (id: string): string => `app-registration:${id}`;
  return {
    put: (registration) =>
      sealedTokens.write(key(registration.id), JSON.stringify(registration), Date.now() + KEPT_MS),
    async get(id) {
      const kept = await sealedTokens.read(key(id));
      return kept && kept.expiresAt > Date.now() ? (JSON.parse(kept.token) as Registration) : null;
    },
    remove: (id) => sealedTokens.remove(key(id)),
  };
}
