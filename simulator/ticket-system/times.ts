import { DateTime } from 'luxon';

const SOBOT = 'yyyy-LL-dd HH:mm:ss';

/** A Sobot time: the company's wall clock to the second, without zone; empty for nothing. */
export function sobotTime(ms: number | null, zone: string): string {
  return ms === null ? '' : DateTime.fromMillis(ms, { zone }).toFormat(SOBOT);
}

/** Milliseconds since 1970 of a Sobot time, or undefined when it is not one. */
export function readSobotTime(text: unknown, zone: string): number | undefined {
  if (typeof text !== 'string') return undefined;
  const time = DateTime.fromFormat(text, SOBOT, { zone });
  return time.isValid ? time.toMillis() : undefined;
}

/** RFC 3339 in UTC, or null. */
export function utc(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
