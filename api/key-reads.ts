/** How often the keys of an event address may be read from the platform: a stranger's request must not cost a call each. */
import type { RequestHeaders } from '../feishu';

const WINDOW_MS = 60_000;
const FRESH_MS = 5 * 60_000;

/** At most so many a minute, `everyMs` apart. One that comes sooner waits, if it is allowed at all. */
const LIMITS = {
  /** Nothing tells that the platform sent it. */
  stranger: { most: 6, windowMs: WINDOW_MS, everyMs: 0 },
  /** It looks like the platform's own after a change of the encrypt key. The platform waits 3 s for the answer. */
  sealed: { most: 20, windowMs: WINDOW_MS, everyMs: 1_000 },
  /** It fits, but no encrypt key is known, and one may have been set since. */
  keyless: { most: 1, windowMs: 60 * WINDOW_MS, everyMs: 0 },
} as const;

export type ReadFor = keyof typeof LIMITS;

/** In how many ms the keys may be read for such a request: 0 = now; null = not for this one. Counts the read unless null. */
export type TakeRead = (dockingId: string, why: ReadFor, atMs: number) => number | null;

export function limitKeyReads(): TakeRead {
  const reads = new Map<string, number[]>();
  return (dockingId, why, atMs) => {
    const { most, windowMs, everyMs } = LIMITS[why];
    const key = `${why}:${dockingId}`;
    const recent = (reads.get(key) ?? []).filter((read) => atMs - read < windowMs);
    if (recent.length >= most) return null;
    const next = Math.max(atMs, (recent.at(-1) ?? -Infinity) + everyMs);
    reads.set(key, [...recent, next]);
    return next - atMs;
  };
}

const SEALED = /^\s*\{\s*"encrypt"\s*:\s*"[A-Za-z0-9+/]{43,}={0,2}"\s*\}\s*$/;

/** Encrypted, signed and fresh, whatever the keys are. Only the challenge comes unsigned. */
export function looksSealed(rawBody: Buffer, headers: RequestHeaders, atMs: number): boolean {
  const [signature, nonce, timestamp] = ['signature', 'request-nonce', 'request-timestamp'].map(
    (name) => headers[`x-lark-${name}`],
  );
  if (typeof signature !== 'string' || !/^[0-9a-f]{64}$/.test(signature) || !nonce) return false;
  return Math.abs(Number(timestamp) * 1_000 - atMs) <= FRESH_MS && SEALED.test(rawBody.toString('latin1'));
}
