import { createHash } from 'node:crypto';
import { TicketSystemError } from '../failure';
import type { Http } from '../http';
import type { Clock, SharedState, SobotConfig, TicketSystemWarning, TokenStore } from '../port';
import { decode } from './decode';
import { text } from './wire';

/** Longer than a call for a token takes, its turn included: two at once would end each other's. */
const LEASE_MS = 40_000;
const WAIT_MS = 100;
const HOUR_MS = 3_600_000;
const FOREIGN_REFUSALS = 3;

export interface TokenParts {
  tokenStore: TokenStore;
  sharedState: SharedState;
  clock: Clock;
  warn: (warning: TicketSystemWarning) => void;
}

/**
 * The one token of an appid, shared by all workers. Sobot makes a new token with every request and ends the old
 * one, so it is fetched under a lease, ahead of its end, and never without need ("API 调用说明").
 */
export class SobotToken {
  private known: { token: string; expiresAt: number } | null = null;

  constructor(
    private readonly config: SobotConfig,
    private readonly account: string,
    private readonly http: Http,
    private readonly parts: TokenParts,
  ) {}

  async current(): Promise<string> {
    if (this.known && this.known.expiresAt > this.parts.clock.now()) return this.known.token;
    return this.other(undefined);
  }

  /** A token after `refused` was turned down: what another worker stored meanwhile, else a new one. */
  async replace(refused: string): Promise<string> {
    if (this.known?.token === refused) this.known = null;
    return this.other(refused);
  }

  private async other(refused: string | undefined): Promise<string> {
    const { tokenStore, clock } = this.parts;
    const deadline = clock.now() + LEASE_MS;
    for (;;) {
      const usable = await this.stored(refused);
      if (usable !== undefined) return usable;
      const release = await tokenStore.lease(this.account, LEASE_MS);
      if (release) {
        try {
          return (await this.stored(refused)) ?? (await this.fetch(refused));
        } finally {
          await release();
        }
      }
      if (clock.now() > deadline) {
        throw new TicketSystemError('another worker holds the Sobot token lease for too long', {
          code: 'timeout',
          retryClass: 'normal',
          nextStep: 'The call is repeated by itself.',
        });
      }
      await clock.sleep(WAIT_MS);
    }
  }

  private async stored(refused: string | undefined): Promise<string | undefined> {
    const stored = await this.parts.tokenStore.read(this.account);
    if (!stored || stored.token === refused || stored.expiresAt <= this.parts.clock.now()) return undefined;
    this.known = stored;
    return stored.token;
  }

  /** Under the lease. A token refused long before its end was ended by somebody else. */
  private async fetch(refused: string | undefined): Promise<string> {
    const { tokenStore, clock } = this.parts;
    const before = refused === undefined ? null : await tokenStore.read(this.account);
    if (before && before.token === refused && before.expiresAt > clock.now()) await this.countEarlyRefusal();
    const createTime = String(Math.floor(clock.now() / 1000));
    const { appid, appKey } = this.config;
    const sign = createHash('md5')
      .update(appid + createTime + appKey)
      .digest('hex');
    const answer = await this.http({
      method: 'GET',
      path: '/api/get_token',
      query: { appid, create_time: createTime, sign },
    });
    const { item } = decode('get_token', answer, clock.now());
    const token = text(item.token);
    if (token === '') {
      throw new TicketSystemError('get_token: no token in the answer', {
        code: 'malformed-answer',
        retryClass: 'normal',
        nextStep: 'Check that the address is the Sobot region of this appid.',
      });
    }
    const seconds = Number(text(item.expires_in)) || 3600;
    // Renewed five minutes ahead; a token shorter than that still serves most of its life.
    const expiresAt = clock.now() + Math.max(seconds - 300, seconds * 0.8) * 1000;
    this.known = { token, expiresAt };
    await tokenStore.write(this.account, token, expiresAt);
    return token;
  }

  /** Counted for all workers together: each of them sees only some of the refusals. */
  private async countEarlyRefusal(): Promise<void> {
    const { sharedState, clock, warn } = this.parts;
    const key = `refused|${this.account}`;
    const { version, state } = await sharedState.load<number[]>(key);
    const now = clock.now();
    const refusals = [...(state ?? []).filter((at) => at > now - HOUR_MS), now];
    // Only the holder of the token's lease counts, so nobody else has changed it meanwhile.
    await sharedState.swap(key, version, refusals);
    if (refusals.length >= FOREIGN_REFUSALS) warn('appid-shared');
  }
}
