import { DateTime } from 'luxon';
import { given } from './wire';

const FORMAT = 'yyyy-LL-dd HH:mm:ss';
const NEAR_MS = 2 * 3_600_000;

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
    return this.at(ms).toFormat(FORMAT);
  }

  /**
   * Start and end of a window as written. Around the hour that comes twice, when clocks are set back, the same words
   * mean two times and an end can read like one before its start: there the window is that hour wider on both sides.
   */
  window(fromMs: number, toMs: number): [from: string, to: string] {
    const repeated = Math.max(this.repeatedMs(fromMs), this.repeatedMs(toMs));
    return [this.write(fromMs - repeated), this.write(toMs + repeated)];
  }

  /** By how much clocks are set back near this time; 0 almost always. */
  private repeatedMs(ms: number): number {
    const minutes = this.at(ms - NEAR_MS).offset - this.at(ms + NEAR_MS).offset;
    return Math.max(0, minutes) * 60_000;
  }

  private at(ms: number): DateTime {
    return DateTime.fromMillis(ms, { zone: this.zone });
  }
}
