import type { RateLimit } from './rate-window';

/**
 * Tiers of the platform's rate limits (platform documentation, "rate limits"). Counted per API, per app and per tenant.
 * Limits are the platform's own; what we allow ourselves is `paced()` of them.
 */
export const TIERS = {
  '10/min': { perMinute: 10 },
  '20/min': { perMinute: 20 },
  '100/min': { perMinute: 100 },
  '1000/min & 50/s': { perMinute: 1_000, perSecond: 50 },
  '5/s': { perSecond: 5 },
  '10/s': { perSecond: 10 },
  '20/s': { perSecond: 20 },
  '50/s': { perSecond: 50 },
  '100/s': { perSecond: 100 },
} as const satisfies Record<string, RateLimit>;

export type Tier = keyof typeof TIERS;

/**
 * Our own pace under a platform limit. Of the minute all of it for what reads, and 95 % for what writes; of the second 80 % and 94 %,
 * evenly spread. So 47/s with 950/min for sending, and 40/s with 1,000/min for the directory, whose full pull is as long as its
 * minutes. The rest is room for clocks that differ and for requests that are late on their way: calls that are held up for 60 ms
 * still stay below the platform's limit. What writes may be two turns early, so that a burst of cards begins at once and a late
 * turn costs nothing (decision 0018).
 */
export function paced(limit: RateLimit, effect: 'read' | 'write'): RateLimit {
  const [second, minute, early] = effect === 'read' ? [0.8, 1, 0] : [0.94, 0.95, 2];
  return {
    ...(limit.perSecond === undefined
      ? {}
      : spread(Math.max(1, Math.floor(limit.perSecond * second)), early)),
    ...(limit.perMinute === undefined
      ? {}
      : { perMinute: Math.max(1, Math.floor(limit.perMinute * minute)) }),
  };
}

/** A limit of a few calls is spread by itself. */
const spread = (perSecond: number, early: number): RateLimit =>
  perSecond < 20 ? { perSecond } : { perSecond, early };

/** Messages to one person, to one group chat, or updates of one message: 5/s at Feishu, 4/s here. */
export const RECEIVER_PACE: RateLimit = { perSecond: 4 };

/** The longest pause a rate-limit answer can ask of us, in ms. */
export const LONGEST_RATE_PAUSE_MS = 60_000;

/** Pause of a bucket after a rate answer that names no time (the business layer sends no reset header). */
export const DEFAULT_RATE_PAUSE_MS = 1_000;

/** Sizes and ages the platform holds us to. Times in ms, sizes in bytes. */
export const PLATFORM_LIMITS = {
  /** A message uuid sends at most once within this time. */
  uuidWindowMs: 60 * 60 * 1_000,
  uuidLength: 50,
  cardBytes: 30 * 1_024,
  textBytes: 150 * 1_024,
  /** A card message can be updated this long. */
  updatableMs: 14 * 24 * 60 * 60 * 1_000,
  /** Readers of a message are told this long. */
  readersKnownMs: 7 * 24 * 60 * 60 * 1_000,
  /** Answer to the request that verifies an event address. */
  challengeAnswerMs: 1_000,
  /** Answer to an event; later means redelivery after 15 s, 5 min, 1 h and 6 h. */
  eventAnswerMs: 3_000,
  /** Answer to a click on a card; later shows the person an error and is not delivered again. */
  clickAnswerMs: 3_000,
  /** An event can come again within this time: keep seen event ids this long. */
  redeliveryMs: 8 * 60 * 60 * 1_000,
  /** Token of a click for a late card update, and how often it works. unverified: one page says 3 uses. */
  clickTokenMs: 30 * 60 * 1_000,
  clickTokenUses: 2,
} as const;
