/** When somebody may be told of what nobody did but time: not in their quiet hours, not outside of the company's working time. */
import { DateTime } from 'luxon';
import { readCalendar } from '../rules';
import type { Docking, EffectivePreferences } from '../store';
import { quietUntil } from './preferences';
import { companyZone } from './zone';

/** The next working time is looked for so far ahead; a company that never opens has no calendar to keep to. */
const LOOK_AHEAD_DAYS = 21;
const STEP_MINUTES = 5;
const MINUTE = 60_000;

/** The end of the quiet time that `now` is in; null when it is in none. */
export function unquietAt(
  docking: Docking,
  preferences: Pick<EffectivePreferences, 'quietHours'> | undefined,
  now: Date,
): Date | null {
  let at = now;
  // The end of quiet hours may lie outside of working time, and the other way round.
  for (let turn = 0; turn < LOOK_AHEAD_DAYS; turn += 1) {
    const end =
      (preferences?.quietHours && quietUntil(preferences.quietHours, at)) ?? workingFrom(docking, at) ?? null;
    if (!end) return at === now ? null : at;
    at = end;
  }
  return at;
}

/** `08:00 (Asia/Shanghai)`, with the date when it is another day. */
export function clockOf(at: Date, now: Date, zone: string): string {
  const local = DateTime.fromJSDate(at, { zone });
  const sameDay = local.hasSame(DateTime.fromJSDate(now, { zone }), 'day');
  return `${local.toFormat(sameDay ? 'HH:mm' : 'yyyy-MM-dd HH:mm')} (${zone})`;
}

export const zoneOfPerson = (
  docking: Docking,
  preferences: Pick<EffectivePreferences, 'timeZone' | 'quietHours'> | undefined,
): string => preferences?.timeZone ?? preferences?.quietHours?.timeZone ?? companyZone(docking);

/** Null within working time, or without a calendar that tells. */
function workingFrom({ calendar }: Docking, now: Date): Date | null {
  const reader = calendar && readCalendar(calendar);
  if (!reader || reader.within('workingHours', now.getTime())) return null;
  const isOpen = (at: number): boolean => reader.within('workingHours', at);
  const step = STEP_MINUTES * MINUTE;
  const first = Math.ceil(now.getTime() / step) * step;
  const last = first + LOOK_AHEAD_DAYS * 24 * 3_600_000;
  for (let at = first; at <= last; at += step) {
    if (isOpen(at)) return new Date(openedAt(isOpen, at, now));
  }
  return null;
}

/** Working times begin at whole minutes; that one was found in long steps. */
function openedAt(isOpen: (at: number) => boolean, found: number, now: Date): number {
  let at = found;
  while (at - MINUTE > now.getTime() && isOpen(at - MINUTE)) at -= MINUTE;
  return at;
}
