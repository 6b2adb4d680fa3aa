/** Durations as rules write them: `15m`, `2h`, `1h30m`, `7d`, or ISO 8601 `PT15M`. */
import { Duration } from 'luxon';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const LONGEST_DAYS = 366;

/** Milliseconds, or null when it is no duration, not longer than zero, or longer than 366 days. */
export function durationMs(text: string): number | null {
  const ms = text.startsWith('P') ? isoMs(text) : shortMs(text);
  return ms !== null && ms > 0 && ms <= LONGEST_DAYS * 86_400_000 ? ms : null;
}

function isoMs(text: string): number | null {
  const duration = Duration.fromISO(text);
  return duration.isValid ? duration.toMillis() : null;
}

function shortMs(text: string): number | null {
  if (!/^(?:\d{1,9}[smhdw]){1,5}$/.test(text)) return null;
  return [...text.matchAll(/(\d+)([smhdw])/g)].reduce(
    (sum, [, amount = '0', unit = 's']) => sum + Number(amount) * (UNITS[unit] ?? 0) * 1000,
    0,
  );
}
