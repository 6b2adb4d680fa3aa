/** The door of the bundle: what a worker can run. */
export { credentialValidation } from './credential-validation';
export { secretRotation } from './secret-rotation';
export { setUpRepair } from './set-up-repair';
export { dockingAlerts } from './docking-alerts';
export { onboardingReview } from './onboarding-review';
export { directorySync } from './directory-sync';
export { directoryChanges, nightlyDirectorySync } from './directory-changes';
export { agentBinding } from './agent-binding';
export { ticketNotification } from './ticket-notification';
export { personDigest } from './person-digest';
export { ticketSystemPull } from './ticket-system-pull';
export { handoverSweep } from './handover-sweep';
