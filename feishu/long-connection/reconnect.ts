import type { RefusalReason } from './refusals';
import type { ConnectionSettings } from './settings';

/** Until the platform has told its pace. */
const FIRST_MS = 1_000;
/** What only a person can mend is asked for at this pace, doubling to the longest: the platform must not be hammered. */
const REFUSED_MS = 5 * 60_000;
const LONGEST_REFUSED_MS = 60 * 60_000;
/** A connection that lived shorter counts as a try that failed. */
export const STABLE_MS = 30_000;

export interface Failure {
  /** `lost` = there was a connection. */
  readonly reason: RefusalReason | 'lost';
  /** Tries in a row that failed, this one included. */
  readonly tries: number;
  /** Undefined until the platform has told. */
  readonly settings: ConnectionSettings | undefined;
}

/** How long to wait before the next try, in ms. `random` is in [0, 1). */
export function waitAfter({ reason, tries, settings }: Failure, random: number): number {
  const refused = reason !== 'lost' && reason !== 'unavailable';
  const exhausted = settings !== undefined && settings.reconnectCount >= 0 && tries > settings.reconnectCount;
  if (refused || exhausted) {
    const round = exhausted && !refused ? tries - settings.reconnectCount : tries;
    return Math.min(REFUSED_MS * 2 ** (round - 1), LONGEST_REFUSED_MS) * (0.8 + 0.4 * random);
  }
  if (settings === undefined) {
    const longest = 120_000;
    return Math.min(FIRST_MS * 2 ** (tries - 1), longest) * (0.8 + 0.4 * random);
  }
  if (reason === 'lost' && tries === 1) return settings.reconnectSpreadMs * random;
  return settings.reconnectEveryMs;
}
