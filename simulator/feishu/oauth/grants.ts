import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Slot } from '../../world/world';

/** An authorization code: five minutes, one use. */
export interface CodeGrant {
  readonly appId: string;
  readonly userId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly challenge: { method: 'S256' | 'plain'; value: string } | undefined;
  /** Virtual milliseconds. */
  readonly expiresAt: number;
  used: boolean;
}

/** A refresh token: seven days, one use. */
export interface RefreshGrant {
  /** Virtual milliseconds. */
  readonly issuedAt: number;
  readonly appId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  /** Virtual milliseconds. */
  readonly expiresAt: number;
  used: boolean;
}

export const CODE_LIFE_SECONDS = 300;
export const ACCESS_LIFE_SECONDS = 7200;
export const REFRESH_LIFE_SECONDS = 604_800;

/** Codes and refresh tokens in circulation, the spent ones too: each kind of misuse has its own error. */
export class Grants {
  readonly codes = new LRUCache<string, CodeGrant>({ max: 20_000 });
  readonly refreshes = new LRUCache<string, RefreshGrant>({ max: 100_000 });

  addCode(grant: CodeGrant): string {
    const code = randomBytes(24).toString('base64url');
    this.codes.set(code, grant);
    return code;
  }

  addRefresh(grant: RefreshGrant): string {
    const token = `ur-${randomBytes(24).toString('base64url')}`;
    this.refreshes.set(token, grant);
    return token;
  }
}

export const grants = new Slot(() => new Grants());
