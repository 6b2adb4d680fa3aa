/** A draft of the rules over the stored events: who would get what, beside the rules of now. Sends and stores nothing. */
import { isDeepStrictEqual } from 'node:util';
import { compileRules, simulate, type ReminderRule, type RuleDraft, type Simulation } from '../rules';
import type { Docking, Store } from '../store';
import { foreseeing } from './foresee';
import { newerStates, pastEvents } from './past-events';
import { peopleOfToday } from './people-today';

/** A request that takes longer is given up by most who wait for it. */
const WITHIN_MS = 30_000;

/** Fails with `SimulationTooLong`. */
export async function simulateReminders(
  store: Store,
  docking: Docking,
  draft: readonly RuleDraft[],
  since: Date,
): Promise<Simulation> {
  const past = await pastEvents(store, docking.id, since);
  const events = past.map(({ event }) => event);
  const settings = await store.reminders.get(docking.id);
  const now = settings.enabled ? settings.rules : [];
  const then = draft.map((rule, index) => unchanged({ ...rule, id: rule.id ?? `draft-${index + 1}` }, now));
  // People as they are today: their directory, bindings and preferences.
  const people = await peopleOfToday(store, docking, events, [...now, ...then]);
  return simulate(
    compileRules({ version: settings.version, rules: now }),
    compileRules({ version: settings.version + 1, rules: then }),
    events,
    {
      foresee: foreseeing(people, docking, newerStates(past)),
      ...(docking.calendar ? { calendar: docking.calendar } : {}),
      until: new Date(),
      withinMs: WITHIN_MS,
    },
  );
}

/** The rule of now that a rule of the draft is, if it is one: what comes of it is worked out once. */
function unchanged(rule: ReminderRule, now: readonly ReminderRule[]): ReminderRule {
  return now.find((one) => isDeepStrictEqual(one, rule)) ?? rule;
}
