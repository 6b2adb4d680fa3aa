import { createHash } from 'node:crypto';
import { TicketSystemError } from '../failure';
import { retryAfterMs, type Http } from '../http';
import type { Clock, SobotConfig, TicketSystemWarning, TokenStore } from '../port';
import { sobotFailure } from './codes';
import { given, record, text } from './wire';

const LEASE_MS = 30_000;
const WAIT_MS = 100;
const HOUR_MS = 3_600_000;

/**
 * The one token of an appid, shared by all workers. Sobot makes a new token with every request and ends the old
 * one, so it is fetched under a lease, ahead of its end, and never without need ("API 调用说明").
 */
export class SobotToken {
  private readonly key: string;
  private known: { token: string; expiresAt: number } | null = null;
  private earlyRefusals: number[] = [];

  constructor(
    private readonly config: SobotConfig,
    private readonly http: Http,
    private readonly store: TokenStore,
    private readonly clock: Clock,
    private readonly warn: (warning: TicketSystemWarning) => void,
  ) {
    this.key = createHash('sha256').update(`sobot|${config.baseUrl}|${config.appid}`).digest('hex');
  }

  async current(): Promise<string> {
    if (this.known && this.known.expiresAt > this.clock.now()) return this.known.token;
    return this.other(undefined);
  }

  /** A token after `refused` was turned down: what another worker stored meanwhile, else a new one. */
  async replace(refused: string): Promise<string> {
    if (this.known?.token === refused) this.known = null;
    const stored = await this.store.read(this.key);
    if (stored?.token === refused && stored.expiresAt > this.clock.now()) this.countEarlyRefusal();
    return this.other(refused);
  }

  private async other(refused: string | undefined): Promise<string> {
    const deadline = this.clock.now() + LEASE_MS;
    for (;;) {
      const usable = await this.stored(refused);
      if (usable !== undefined) return usable;
      const release = await this.store.lease(this.key, LEASE_MS);
      if (release) {
        try {
          return (await this.stored(refused)) ?? (await this.fetch());
        } finally {
          await release();
        }
      }
      if (this.clock.now() > deadline) {
        throw new TicketSystemError('another worker holds the Sobot token lease for too long', {
          code: 'timeout',
          retryClass: 'normal',
          nextStep: 'The call is repeated by itself.',
        });
      }
      await this.clock.sleep(WAIT_MS);
    }
  }

  private async stored(refused: string | undefined): Promise<string | undefined> {
    const stored = await this.store.read(this.key);
    if (!stored || stored.token === refused || stored.expiresAt <= this.clock.now()) return undefined;
    this.known = stored;
    return stored.token;
  }

  private async fetch(): Promise<string> {
    const createTime = String(Math.floor(this.clock.now() / 1000));
    const { appid, appKey } = this.config;
    const sign = createHash('md5')
      .update(appid + createTime + appKey)
      .digest('hex');
    const answer = await this.http({
      method: 'GET',
      path: '/api/get_token',
      query: { appid, create_time: createTime, sign },
    });
    const body = record(answer.body);
    const code = given(body.ret_code ?? body.retCode);
    if (answer.status === 429) {
      throw new TicketSystemError('get_token: Sobot answered HTTP 429', {
        code: 'rate-limited',
        retryClass: 'after',
        retryAfterMs: retryAfterMs(answer.headers['retry-after'], this.clock.now(), 5000),
        nextStep: 'The call is repeated by itself.',
      });
    }
    if (code !== undefined && code !== '000000') throw sobotFailure('get_token', code);
    const item = record(body.item);
    const token = text(item.token);
    if (code === undefined || token === '') {
      throw new TicketSystemError(`get_token: no token in the answer (HTTP ${answer.status})`, {
        code: answer.status >= 500 ? 'internal' : 'malformed-answer',
        retryClass: 'normal',
        nextStep: 'Check that the address is the Sobot region of this appid.',
      });
    }
    const seconds = Number(text(item.expires_in)) || 3600;
    // Renewed five minutes ahead; a token shorter than that still serves most of its life.
    const expiresAt = this.clock.now() + Math.max(seconds - 300, seconds * 0.8) * 1000;
    this.known = { token, expiresAt };
    await this.store.write(this.key, token, expiresAt);
    return token;
  }

  private countEarlyRefusal(): void {
    const now = this.clock.now();
    this.earlyRefusals = [...this.earlyRefusals.filter((at) => at > now - HOUR_MS), now];
    if (this.earlyRefusals.length >= 3) this.warn('appid-shared');
  }
}
