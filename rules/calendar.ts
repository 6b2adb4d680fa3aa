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

const DAY_MINUTES = 24 * 60;

export interface CalendarReader {
  /** Moments (ms) from `from` on, so many days, at which a calendar fact may change; those of each hour only when asked for. */
  turns(from: number, days: number, hourly: boolean): number[];
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
  const turnsOf = (day: DateTime, hourly: boolean): number[] => {
    const clocks = spansOf(day).flatMap(([from, to]) => {
      const [start, end] = [minutes(from), minutes(to)];
      return [start, end <= start ? end + DAY_MINUTES : end];
    });
    const hours = hourly ? Array.from({ length: 24 }, (_, hour) => hour * 60) : [];
    return [0, ...clocks, ...hours].map((minute) => {
      const date = day.plus({ days: Math.floor(minute / DAY_MINUTES) });
      return date.set({ hour: Math.floor((minute % DAY_MINUTES) / 60), minute: minute % 60 }).toMillis();
    });
  };
  return {
    within: (window, at) => windows[window](local(at)),
    local,
    turns(from, days, hourly) {
      // What began the evening before may end today.
      const first = local(from).startOf('day').minus({ days: 1 });
      return Array.from({ length: days + 2 }, (_, index) => turnsOf(first.plus({ days: index }), hourly))
        .flat()
        .filter((at) => at >= from);
    },
  };
}

function minutes(clock: string): number {
  const [hours = 0, rest = 0] = clock.split(':').map(Number);
  return hours * 60 + rest;
}
