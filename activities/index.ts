/** Each effect on the world, once, safely repeatable. */
import { createAlertActivities } from './alerts';
import { createBindingActivities } from './binding';
import { createCredentialActivities } from './credentials';
import { createDirectoryActivities } from './directory';
import { sweepFeishuEvents } from './feishu-events';
import { createNotificationActivities } from './notification';
import { createOnboardingActivities } from './onboarding';
import type { ActivityPorts } from './ports';
import { createTicketActivities } from './tickets';

export type { ActivityPorts } from './ports';
export type { AdminNotice } from './alerts';
export type { CredentialValidationReport, ItemVerdict, UnreadProof } from './credentials';
export type {
  Deadline,
  DeliveredLate,
  EventToJudge,
  FollowUp,
  GivenUp,
  HeldCard,
  Judged,
  TicketEventReference,
  ToldDigest,
  TriedAtOnce,
} from './notification';
export type { ChecklistView, StepEventView, StepOwner, StepView } from './onboarding/view';
export { asFailure, refuse, withFailures, type FailureDetails } from './failures';

// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the inferred type is the contract that workflows import
export function createActivities(ports: ActivityPorts) {
  return {
    ...createCredentialActivities(ports),
    ...createOnboardingActivities(ports),
    ...createAlertActivities(ports),
    ...createDirectoryActivities(ports),
    ...createBindingActivities(ports),
    ...createTicketActivities(ports),
    ...createNotificationActivities(ports),
    sweepFeishuEvents: () => sweepFeishuEvents(ports),
  };
}
export type Activities = ReturnType<typeof createActivities>;
