import { createHash } from 'node:crypto';
import type { OpenContext } from './gates';
import { PlatformError } from './errors';

const TOKEN_LIFE_MS = 7200_000;

interface PagingQuery {
  page_size?: number | undefined;
  page_token?: string | undefined;
}

export interface Page<T> {
  items: T[];
  has_more: boolean;
  /** Present only while `has_more`. */
  page_token?: string;
}

/** What a token is bound to: the caller's query without the paging itself. */
function fingerprint(context: OpenContext<PagingQuery>, owner: string): string {
  const parts = Object.entries(context.query)
    .filter(([key]) => key !== 'page_token' && key !== 'page_size')
    .map(([key, value]) => `${key}=${String(value)}`)
    .sort();
  const path = context.request.url.split('?')[0] ?? '';
  return createHash('sha1')
    .update([context.world.seed, owner, path, ...parts].join('&'))
    .digest('base64url')
    .slice(0, 16);
}

function readToken(context: OpenContext<PagingQuery>, print: string): number {
  const text = context.query.page_token;
  if (!text) return -1;
  const [owner, last, issued] = Buffer.from(text, 'base64url').toString('latin1').split('|');
  const age = context.world.clock.now() - Number(issued);
  const expired = context.request.fault?.effect === 'expire-page-token' || !(age <= TOKEN_LIFE_MS);
  if (owner !== print || expired) throw new PlatformError(40011, 'page token is invalid', 400);
  return Number(last);
}

/**
 * One page of a list that is sorted by ascending `keyOf`. The token remembers the last key, so entries that come or
 * go between two calls neither repeat nor hide others. Throws 40011 (token foreign, changed or older than two
 * hours) and 40012 (page size out of range).
 */
export function pageOf<T>(
  context: OpenContext<PagingQuery>,
  list: readonly T[],
  options: { keyOf: (item: T) => number; defaultSize: number; maxSize: number; owner: string },
): Page<T> {
  let size = context.query.page_size ?? options.defaultSize;
  if (size < 1 || size > options.maxSize) throw new PlatformError(40012, 'page size is invalid', 400);
  if (context.request.fault?.effect === 'partial-page') size = Math.ceil(size / 2);
  const print = fingerprint(context, options.owner);
  const after = readToken(context, print);
  let start = 0;
  if (after >= 0) {
    start = list.findIndex((item) => options.keyOf(item) > after);
    if (start < 0) start = list.length;
  }
  const items = list.slice(start, start + size);
  const last = items.at(-1);
  if (last === undefined || start + size >= list.length) return { items, has_more: false };
  const token = `${print}|${options.keyOf(last)}|${context.world.clock.now()}`;
  return { items, has_more: true, page_token: Buffer.from(token, 'latin1').toString('base64url') };
}
