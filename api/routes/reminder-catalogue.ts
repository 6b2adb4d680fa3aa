import { CODES, ERROR_CLASSES } from '../../feishu';
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

/** What `feishu:<code>` or `feishu:<class>`, the reason of a card that did not arrive, means and asks for. */
const REFUSALS = {
  codes: Object.fromEntries(
    [...CODES.values()].map(({ code, errorClass, meaning }) => [code, { errorClass, ...meaning }]),
  ),
  classes: Object.fromEntries(
    Object.entries(ERROR_CLASSES).map(([name, { meaning, nextStep }]) => [name, { meaning, nextStep }]),
  ),
};

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
      feishu: REFUSALS,
    };
  });
}
