/** When the next digest of a person goes out, in their own time zone. Pure. */
import { DateTime } from 'luxon';
import { readCalendar, type CalendarReader, type WorkingCalendar } from '../rules';
import type { EffectivePreferences } from '../store';
import { quietUntil } from './preferences';

/** A holiday of this length is looked past; whatever is longer ends the search with the next hour or day there is. */
const LOOK_AHEAD_DAYS = 21;
const DAILY_AT = '09:00';

/**
 * The first hour or day after `now` that is neither quiet nor outside of the company's working time: a daily digest
 * keeps to working days, an hourly one to working hours. `companyZone` counts for people who named no zone.
 */
export function digestTime(
  { digest, quietHours, timeZone }: Pick<EffectivePreferences, 'digest' | 'quietHours' | 'timeZone'>,
  company: { calendar?: WorkingCalendar | null | undefined; zone: string },
  now: Date,
): Date | null {
  if (!digest) return null;
  const start = DateTime.fromJSDate(now, { zone: timeZone ?? quietHours?.timeZone ?? company.zone });
  if (!start.isValid) return null;
  const calendar = company.calendar ? readCalendar(company.calendar) : null;
  const daily = digest.every === 'day';
  let first: Date | null = null;
  for (const slot of slots(start, digest)) {
    const end = quietHours && quietUntil(quietHours, slot);
    first ??= end ?? slot;
    if (!isOpen(calendar, daily, slot)) continue;
    if (!end) return slot;
    // A day has one digest, so it waits for the end of the quiet hours; of hours there is another.
    if (daily) return end;
  }
  return first;
}

function* slots(
  start: DateTime,
  { every, at }: NonNullable<EffectivePreferences['digest']>,
): Generator<Date> {
  const [hour = 9, minute = 0] = (at ?? DAILY_AT).split(':').map(Number);
  const count = every === 'day' ? LOOK_AHEAD_DAYS : LOOK_AHEAD_DAYS * 24;
  const set =
    every === 'day'
      ? { hour, minute, second: 0, millisecond: 0 }
      : { minute: at === null ? 0 : minute, second: 0, millisecond: 0 };
  for (let step = 0; step <= count; step += 1) {
    const slot = start.plus(every === 'day' ? { days: step } : { hours: step }).set(set);
    if (slot > start) yield slot.toJSDate();
  }
}

function isOpen(calendar: CalendarReader | null, daily: boolean, slot: Date): boolean {
  return !calendar || calendar.within(daily ? 'workingDay' : 'workingHours', slot.getTime());
}
