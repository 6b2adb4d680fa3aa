import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { systemClock } from './clock';
import type { Clock } from './clock';
import { numberAt, textAt } from './decode';
import { FeishuError } from './errors';
import type { FeishuHttp } from './http';
import type { Meter } from './meter';
import { metered } from './meter';
import { ROUTES } from './routes';
import { exchange, unreadable } from './transport';

/** What one app signs in with. The secret leaves this folder in no other way than to the token call. */
export interface Credentials {
  readonly appId: string;
  readonly appSecret: string;
  /** API base: a brand's, or the address of a simulator. */
  readonly baseUrl: string;
}

/** Tenant tokens of many apps, each fetched once however many callers ask. */
export interface TokenManager {
  /** A token with at least ten minutes to live, or what is left of the old one while Feishu cannot give a new one. */
  get(credentials: Credentials, signal?: AbortSignal): Promise<string>;
  /** Forgets a token that Feishu refused, unless a newer one has replaced it already. */
  drop(credentials: Credentials, token: string): void;
  /** Asks Feishu now, cached token or not: are these credentials good? */
  check(credentials: Credentials, signal?: AbortSignal): Promise<{ expiresInSeconds: number }>;
}

interface CachedToken {
  readonly value: string;
  /** Monotonic ms. */
  readonly refreshAt: number;
  readonly endsAt: number;
  readonly expiresInSeconds: number;
}

/** Feishu gives a new token only when the old one has less than 30 minutes left, so ten minutes ahead always renews. */
const REFRESH_AHEAD_MS = 10 * 60_000;
/** A token this close to its end might die on the way. */
const LAST_USE_MS = 30_000;
/** After a failed refresh with a living token, the next try. */
const REFRESH_PAUSE_MS = 15_000;

export interface TokenManagerOptions {
  readonly http: FeishuHttp;
  readonly clock?: Clock;
  readonly meter?: Meter;
  /** How many apps' tokens are kept; the ones not used longest go first. Default 10,000. */
  readonly capacity?: number;
  /** For one token call, in ms. Default 10,000. */
  readonly timeoutMs?: number;
}

export function createTokenManager(options: TokenManagerOptions): TokenManager {
  const { http, clock = systemClock, capacity = 10_000, timeoutMs = 10_000 } = options;
  const tokens = new LRUCache<string, CachedToken>({ max: capacity });
  const flights = new Map<string, Promise<CachedToken>>();

  async function fetchToken(credentials: Credentials): Promise<CachedToken> {
    const askedAt = clock.monotonic();
    const answer = await metered(options.meter, clock, ROUTES.tenantToken, credentials.appId, () =>
      exchange(http, {
        baseUrl: credentials.baseUrl,
        route: ROUTES.tenantToken,
        body: { app_id: credentials.appId, app_secret: credentials.appSecret },
        timeoutMs,
      }),
    );
    const value = textAt(answer.envelope, 'tenant_access_token');
    const expiresInSeconds = numberAt(answer.envelope, 'expire');
    if (value === undefined || value === '' || expiresInSeconds === undefined)
      throw unreadable(ROUTES.tenantToken, answer, 'The answer holds no token.');
    const lifeMs = expiresInSeconds * 1_000;
    return {
      value,
      expiresInSeconds,
      endsAt: askedAt + lifeMs,
      // A token that is short-lived from the start is used for half its life, lest every call fetches one.
      refreshAt: askedAt + Math.max(lifeMs - REFRESH_AHEAD_MS, lifeMs / 2),
    };
  }

  /** The flight belongs to all who wait for it, so no single caller's signal may cancel it. */
  function refresh(key: string, credentials: Credentials): Promise<CachedToken> {
    const running = flights.get(key);
    if (running !== undefined) return running;
    const flight = fetchToken(credentials)
      .then((token) => {
        tokens.set(key, token);
        return token;
      })
      .finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  }

  return {
    async get(credentials, signal) {
      const key = keyOf(credentials);
      const cached = tokens.get(key);
      const now = clock.monotonic();
      if (cached !== undefined && cached.refreshAt > now) return cached.value;
      try {
        return (await withSignal(refresh(key, credentials), signal)).value;
      } catch (error) {
        const usable =
          cached !== undefined && cached.endsAt - LAST_USE_MS > now && tokens.get(key) === cached;
        if (!usable || !(error instanceof FeishuError) || error.retry === 'never') throw error;
        tokens.set(key, { ...cached, refreshAt: now + REFRESH_PAUSE_MS });
        return cached.value;
      }
    },
    drop(credentials, token) {
      const key = keyOf(credentials);
      if (tokens.peek(key)?.value === token) tokens.delete(key);
    },
    async check(credentials, signal) {
      const { expiresInSeconds } = await withSignal(refresh(keyOf(credentials), credentials), signal);
      return { expiresInSeconds };
    },
  };
}

/** The secret is part of the key, hashed: a changed secret is tested instead of living on the old one's token. */
function keyOf({ baseUrl, appId, appSecret }: Credentials): string {
  return `${baseUrl.replace(/\/+$/, '')} ${appId} ${createHash('sha256').update(appSecret).digest('base64')}`;
}

/** Lets one caller leave without stopping the others. */
async function withSignal<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  let leave: (() => void) | undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason as Error);
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([promise, left]);
  } finally {
    if (leave !== undefined) signal.removeEventListener('abort', leave);
  }
}
