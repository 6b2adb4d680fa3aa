/** What a person wants to hear, and when. Urgent rules and the docking's floor are never switched off. */
import { DateTime } from 'luxon';
import type { ReminderRule } from '../rules';
import type { EffectivePreferences, QuietHours, Relation } from '../store';

/** This kind of reminder is switched off for a role. What is urgent never is. */
export function isMuted(
  preferences: EffectivePreferences | undefined,
  eventType: string,
  { role, urgent }: { role: string; urgent: boolean },
): boolean {
  const relation = RELATION[role];
  if (!preferences || urgent || relation === undefined || preferences.floor.includes(eventType)) return false;
  const { events } = preferences;
  return (events[eventType]?.[relation] ?? events['*']?.[relation]) === false;
}

/** Until then nothing is sent because of these rules; null = at once. */
export function quietUntilOf(
  preferences: EffectivePreferences | undefined,
  because: readonly ReminderRule[],
  now: Date,
): Date | null {
  return preferences?.quietHours && respectsQuiet(because) ? quietUntil(preferences.quietHours, now) : null;
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
