import { REASONS } from '../../intake';
import {
  CALENDAR_WINDOWS,
  FACTS,
  FAULTS,
  LIMITS,
  OPERATORS,
  RECEIVER_ROLES,
  TIMING_SETTINGS,
  TRIGGERS,
  OPEN_FACTS,
} from '../../rules';
import { authorize } from '../auth';
import { type Routes } from './route';

/** Everything a rule can be written with, and everything a refusal or a "why" can say: the tables the checks use. */
export function registerReminderCatalogue(app: Routes): void {
  app.get('/v1/reminder-catalogue', async (request) => {
    authorize(request, 'read');
    return {
      triggers: TRIGGERS,
      facts: FACTS.map(({ shown: _shown, ...fact }) => fact),
      openFacts: OPEN_FACTS,
      operators: OPERATORS.map(({ name, label, describe, facts, wants }) => ({
        name,
        label,
        describe,
        factTypes: facts,
        wants,
      })),
      receiverRoles: RECEIVER_ROLES,
      timingSettings: TIMING_SETTINGS,
      calendarWindows: CALENDAR_WINDOWS,
      limits: LIMITS,
      faults: FAULTS,
      reasons: REASONS,
    };
  });
}
