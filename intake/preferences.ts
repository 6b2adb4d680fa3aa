/** What a person wants to hear, and when. Urgent rules and the docking's floor are never switched off. */
import { DateTime } from 'luxon';
import type { ReminderRule } from '../rules';
import type { EffectivePreferences, QuietHours, Relation } from '../store';

export interface PreferenceAnswer {
  muted: boolean;
  /** Until then nothing is sent; null = at once. */
  quietUntil: Date | null;
}

const AT_ONCE: PreferenceAnswer = { muted: false, quietUntil: null };

export function preferenceOf(
  preferences: EffectivePreferences | undefined,
  eventType: string,
  { role, urgent }: { role: string; urgent: boolean },
  because: readonly ReminderRule[],
  now: Date,
): PreferenceAnswer {
  if (!preferences) return AT_ONCE;
  if (!urgent && isMuted(preferences, eventType, role)) return { muted: true, quietUntil: null };
  if (!respectsQuiet(because) || !preferences.quietHours) return AT_ONCE;
  return { muted: false, quietUntil: quietUntil(preferences.quietHours, now) };
}

/** Urgent rules ignore quiet times, routine ones respect them, unless their timing says otherwise. */
export function respectsQuiet(rules: readonly Pick<ReminderRule, 'urgency' | 'timing'>[]): boolean {
  return rules.every(
    ({ urgency, timing }) =>
      (timing?.quietHours ?? (urgency === 'urgent' ? 'ignore' : 'respect')) === 'respect',
  );
}

/** How a ticket is a receiver's own. Who is asked in somebody's place hears of it in any case. */
const RELATION: Record<string, Relation> = {
  assignee: 'mine',
  'previous-assignee': 'mine',
  creator: 'mine',
  mentioned: 'mine',
  agents: 'mine',
  'group-members': 'group',
  'group-lead': 'group',
  followers: 'followed',
  cc: 'followed',
  watchers: 'followed',
};

function isMuted({ events, floor }: EffectivePreferences, eventType: string, role: string): boolean {
  const relation = RELATION[role];
  if (relation === undefined || floor.includes(eventType)) return false;
  return (events[eventType]?.[relation] ?? events['*']?.[relation]) === false;
}

/** The end of the quiet hours that `now` is in; null outside of them. A zone or time that cannot be read is no quiet. */
export function quietUntil({ from, to, days, timeZone }: QuietHours, now: Date): Date | null {
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  if (!local.isValid) return null;
  // Hours that began yesterday can reach into today.
  for (const day of [local.minus({ days: 1 }), local]) {
    const begin = at(day, from);
    const sameDay = at(day, to);
    if (!begin || !sameDay) return null;
    const end = sameDay > begin ? sameDay : at(day.plus({ days: 1 }), to);
    if (end && days.includes(day.weekday) && local >= begin && local < end) return end.toJSDate();
  }
  return null;
}

function at(day: DateTime, clock: string): DateTime | null {
  const [hour, minute] = clock.split(':').map(Number);
  const moment = day.set({ hour: hour ?? NaN, minute: minute ?? NaN, second: 0, millisecond: 0 });
  return moment.isValid ? moment : null;
}
