import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';
import type { App, IssuedToken, TokenKind } from './types';

const LIFETIME_MS = 7200_000;
const SAME_TOKEN_WHILE_MS = 1800_000;
/** How long an expired token is still told from one that never was. */
const REMEMBERED_MS = 86_400_000;
const PREFIX: Record<TokenKind, string> = { tenant: 't-', app: 'a-', user: 'u-' };

/** Tokens in circulation. Their values are random: a token must not be guessable, not even here. */
export class Tokens {
  private readonly issued = new Map<string, IssuedToken>();
  /** When the tokens of an app, or ('') of everybody, were last ended. */
  private readonly revokedAt = new Map<string, number>();
  private readonly newest = new Map<string, IssuedToken>();

  constructor(private readonly clock: Clock) {}

  /** The living token while at least 30 minutes remain, else a new one; the old one lives on to its end. */
  forApp(app: App, kind: 'tenant' | 'app'): IssuedToken {
    const key = `${kind}:${app.appId}`;
    const current = this.newest.get(key);
    if (current && current.expiresAt - this.clock.now() >= SAME_TOKEN_WHILE_MS) return current;
    const token = this.issue({
      kind,
      appId: app.appId,
      tenantKey: app.tenantKey,
      expiresAt: this.clock.now() + LIFETIME_MS,
    });
    this.newest.set(key, token);
    return token;
  }

  issue(content: Omit<IssuedToken, 'token'>): IssuedToken {
    const token = { ...content, token: PREFIX[content.kind] + randomBytes(20).toString('hex') };
    this.issued.set(token.token, token);
    if (this.issued.size % 1000 === 0) this.dropExpired();
    return token;
  }

  /** The token if it is alive; `aheadMs` judges it by a clock that runs ahead. */
  find(token: string, aheadMs = 0): IssuedToken | undefined {
    const found = this.issued.get(token);
    return found && found.expiresAt > this.clock.now() + aheadMs ? found : undefined;
  }

  /** Whether the token was alive once and ended by itself, not by being revoked. */
  hasExpired(token: string, aheadMs = 0): boolean {
    const found = this.issued.get(token);
    return found !== undefined && found.expiresAt <= this.clock.now() + aheadMs;
  }

  /** Whether whatever the app was given at that moment has been ended since. */
  revokedSince(appId: string, issuedAt: number): boolean {
    return issuedAt < Math.max(this.revokedAt.get('') ?? 0, this.revokedAt.get(appId) ?? 0);
  }

  /** Ends all tokens of an app, or of everybody. Answers how many. */
  revoke(appId?: string): number {
    this.revokedAt.set(appId ?? '', this.clock.now());
    let count = 0;
    for (const token of [...this.issued.values()]) {
      if (appId !== undefined && token.appId !== appId) continue;
      this.issued.delete(token.token);
      count++;
    }
    for (const [key, token] of [...this.newest]) {
      if (appId === undefined || token.appId === appId) this.newest.delete(key);
    }
    return count;
  }

  /** Forgets everything, as before the first token. */
  clear(): void {
    this.issued.clear();
    this.newest.clear();
    this.revokedAt.clear();
  }

  private dropExpired(): void {
    for (const token of [...this.issued.values()]) {
      if (token.expiresAt + REMEMBERED_MS <= this.clock.now()) this.issued.delete(token.token);
    }
  }
}
