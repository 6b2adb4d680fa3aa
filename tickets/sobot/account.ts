import { createHash } from 'node:crypto';
import type { Http } from '../http';
import type { Pace } from '../pace';
import type { Clock, SobotConfig } from '../port';
import type { TurnLimit } from '../turns';
import { askedPauseMs } from './decode';

// unverified: Sobot states no rate limits; five calls a second and two at once are an assumption.
const CALLS_PER_SECOND = 5;
const AT_ONCE = 2;
const SLACK_MS = 5000;

/** What one company's calls share, whichever docking or worker makes them: its address and its appid. */
export function accountOf({ baseUrl, appid }: SobotConfig): string {
  const { origin, pathname } = new URL(baseUrl);
  const address = origin + pathname.replace(/\/+$/, '');
  return createHash('sha256').update(`sobot|${address}|${appid}`).digest('hex');
}

export function turnLimit({ callsPerSecond, timeoutMs }: SobotConfig): TurnLimit {
  return {
    perSecond: callsPerSecond ?? CALLS_PER_SECOND,
    parallel: AT_ONCE,
    longestMs: (timeoutMs ?? 20_000) + SLACK_MS,
  };
}

/** Every call in its turn; a pause asked for in one answer holds for everybody who shares the turns. */
export function pacedHttp(http: Http, pace: Pace, clock: Clock, first?: 'first'): Http {
  return async (call) => {
    const answer = await pace.run(() => http(call), first === 'first');
    const pauseMs = askedPauseMs(answer, clock.now());
    if (pauseMs !== undefined) await pace.pause(pauseMs);
    return answer;
  };
}
