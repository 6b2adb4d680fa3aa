import { DateTime } from 'luxon';
import { given } from './wire';

const FORMAT = 'yyyy-LL-dd HH:mm:ss';

/** Reads and writes Sobot's times: the company's wall clock to the second, without zone. */
export class SobotTime {
  constructor(readonly zone: string) {}

  /** UTC, RFC 3339; undefined for none or nonsense. */
  toUtc(value: unknown): string | undefined {
    const written = given(value);
    if (written === undefined) return undefined;
    const time = DateTime.fromFormat(written, FORMAT, { zone: this.zone });
    return time.isValid ? time.toUTC().toISO({ suppressMilliseconds: false }) : undefined;
  }

  write(ms: number): string {
    return DateTime.fromMillis(ms, { zone: this.zone }).toFormat(FORMAT);
  }
}
