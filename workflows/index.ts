/** The door of the bundle: what a worker can run, and what each must be started with. */
import * as agentBindings from './agent-binding';
import * as credentials from './credential-validation';
import * as changes from './directory-changes';
import * as syncs from './directory-sync';
import * as alerts from './docking-alerts';
import { startedWith } from './input';
import * as onboarding from './onboarding-review';
import * as digests from './person-digest';
import * as rotation from './secret-rotation';
import * as repair from './set-up-repair';
import * as tickets from './ticket-notification';
import * as pulls from './ticket-system-pull';

const ofDocking = { dockingId: 'id' } as const;
const ofRun = { ...ofDocking, runId: 'id' } as const;

export const credentialValidation = startedWith(ofDocking, credentials.credentialValidation);
export const secretRotation = startedWith(ofDocking, rotation.secretRotation);
export const setUpRepair = startedWith(
  { ...ofDocking, repairId: 'id', changeIds: 'ids' },
  repair.setUpRepair,
);
export const dockingAlerts = startedWith(ofDocking, alerts.dockingAlerts);
export const onboardingReview = startedWith(ofDocking, onboarding.onboardingReview);
export const directorySync = startedWith({ ...ofRun, mode: ['preview', 'apply'] }, syncs.directorySync);
export const directoryChanges = startedWith(ofDocking, changes.directoryChanges);
export const nightlyDirectorySync = startedWith(ofDocking, changes.nightlyDirectorySync);
export const agentBinding = startedWith(
  { ...ofRun, kind: ['auto', 'create-agent', 'invite'] },
  agentBindings.agentBinding,
);
export const ticketNotification = startedWith({ ...ofDocking, ticketId: 'id' }, tickets.ticketNotification);
export const personDigest = startedWith({ ...ofDocking, digestId: 'id', at: 'moment' }, digests.personDigest);
export const ticketSystemPull = startedWith(ofDocking, pulls.ticketSystemPull);
export { handoverSweep } from './handover-sweep';
