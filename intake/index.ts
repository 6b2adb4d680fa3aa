/** Record → evaluate → plan, for both entrances. */
export { cardsDue, ticketChangeOf, type ToldChange } from './told';
export { digestCarrier, digestFor, type Digest } from './digest';
export { companyZone } from './zone';
export { resume } from './resume';
export { replayOne, replayParked, type Told } from './replay';
export { eventOfDeadline, eventOfRecheck, rulesOfDeadline, type Deadline } from './deadlines';
export { createIntake, type Entrance, type Intake, type Taken, type TakeOptions } from './intake';
export { REASONS, UNREACHABLE, type ReasonCode } from './reasons';
export { planFollowUp, type FollowedUp, type FollowUpKind } from './follow-up';
export { planFallback, type FallbackPlan } from './plan-fallback';
export { simulateReminders } from './simulate-reminders';
export { fallbackChain, type FallbackStep } from './fallback';
export { handOverFeishuEvent, type FeishuEventReceivers } from './feishu-events';
export { checkPush, pushSecrets, SECRET_OVERLAP_MS, type PushCheck } from './push';
export { cardModel, type CardContent } from './card-model';
export { planTest, sampleEvent, sampleVerdict } from './plan-test';
export { deliveryIdOf, notificationUuid } from './identity';
export { parseTicketEvent as parseEvent } from '../tickets';
