/** Working time of a company, judged in its own time zone. */
import { DateTime, IANAZone } from 'luxon';

/**
 * `workingHours`: per ISO weekday ("1" Monday … "7" Sunday) the open spans as ["HH:mm", "HH:mm"]; a span whose end is
 * not after its start runs past midnight, "24:00" is the end of the day. A weekday without spans is closed.
 * `holidays`: dates YYYY-MM-DD on which nobody works; a span of the evening before still runs past midnight into one.
 */
export interface WorkingCalendar {
  timeZone: string;
  workingHours: Readonly<Record<string, readonly (readonly [string, string])[]>>;
  holidays: readonly string[];
}

export const CALENDAR_WINDOWS = ['workingHours', 'outsideWorkingHours', 'workingDay', 'holiday'] as const;
export type CalendarWindow = (typeof CALENDAR_WINDOWS)[number];

export interface CalendarReader {
  /** Is this moment (ms since 1970) inside the window? */
  within(window: CalendarWindow, at: number): boolean;
  local(at: number): DateTime;
}

/** Null for a time zone this machine does not know: facts of such a calendar are absent, conditions on them false. */
export function readCalendar(calendar: WorkingCalendar): CalendarReader | null {
  // Kept by luxon from one call to the next, unlike its own check of the name.
  const zone = IANAZone.create(calendar.timeZone);
  if (!zone.isValid) return null;
  const holidays = new Set(calendar.holidays);
  const local = (at: number): DateTime => DateTime.fromMillis(at, { zone });
  const spansOf = (day: DateTime): readonly (readonly [string, string])[] =>
    isHoliday(day) ? [] : (calendar.workingHours[String(day.weekday)] ?? []);
  const isHoliday = (day: DateTime): boolean => holidays.has(day.toISODate() ?? '');
  const isOpen = (now: DateTime): boolean => {
    const minute = now.hour * 60 + now.minute;
    return (
      spansOf(now).some(([from, to]) => {
        const [start, end] = [minutes(from), minutes(to)];
        return minute >= start && (end <= start || minute < end);
      }) ||
      spansOf(now.minus({ days: 1 })).some(
        ([from, to]) => minutes(to) <= minutes(from) && minute < minutes(to),
      )
    );
  };
  const windows: Record<CalendarWindow, (now: DateTime) => boolean> = {
    workingHours: isOpen,
    outsideWorkingHours: (now) => !isOpen(now),
    workingDay: (now) => spansOf(now).length > 0,
    holiday: isHoliday,
  };
  return { within: (window, at) => windows[window](local(at)), local };
}

function minutes(clock: string): number {
  const [hours = 0, rest = 0] = clock.split(':').map(Number);
  return hours * 60 + rest;
}
