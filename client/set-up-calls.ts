/** Setting a docking up, and watching over its set-up. */
import { WorkflowIdConflictPolicy, type Client, type WorkflowStartOptions } from '@temporalio/client';
import {
  alertRaised,
  approveStep,
  checklist,
  feishuEvent,
  handOver,
  recheck,
  rejectStep,
  reopenStep,
  type AdminNotice,
  type ChecklistView,
  type CredentialValidationInput,
  type CredentialValidationReport,
  type OnboardingState,
  type SecretRotationInput,
  type SecretRotationReport,
  type SetUpRepairInput,
  type StepDecision,
  type StepView,
} from '../workflows/messages';
import {
  credentialValidationId,
  dockingAlertsId,
  onboardingReviewId,
  secretRotationId,
  setUpRepairId,
  WORKFLOW_TYPES,
} from '../workflows/names';
import { speaking } from './errors';

/** What every workflow of a docking is started with. */
export type StartOptions = Required<
  Pick<WorkflowStartOptions, 'taskQueue' | 'priority' | 'typedSearchAttributes'>
>;

export interface SetUpCalls {
  /** Starts a validation, or joins the one under way; answers when it ends (seconds). */
  validateCredentials(input: CredentialValidationInput): Promise<CredentialValidationReport>;
  /** Like {@link validateCredentials}, without waiting for the end. */
  startValidation(input: CredentialValidationInput): Promise<void>;
  /** Proves the pending App Secret and puts it in the place of the old one; answers when that is decided (seconds). */
  rotateSecret(input: SecretRotationInput): Promise<SecretRotationReport>;
  /** Carries out a confirmed repair. Fails with AlreadyRunning while another one is under way. */
  startRepair(input: SetUpRepairInput): Promise<void>;
  /** Tells the docking's admins. Safe to repeat with the same notice id. */
  raiseAlert(notice: AdminNotice): Promise<void>;
  /** Starts the onboarding review unless it runs. `carried` = where an earlier one left off. */
  startOnboarding(dockingId: string, carried?: OnboardingState): Promise<void>;
  approveStep(dockingId: string, decision: StepDecision): Promise<StepView>;
  rejectStep(dockingId: string, decision: StepDecision & { reason: string }): Promise<StepView>;
  handOver(dockingId: string, decision: StepDecision & { to: string }): Promise<StepView>;
  reopenStep(dockingId: string, decision: StepDecision): Promise<StepView>;
  recheck(dockingId: string, by: string): Promise<ChecklistView>;
  onboarding(dockingId: string): Promise<ChecklistView>;
  /** A platform event, or progress of our own, that may move a step. Silent when no review runs. */
  nudgeOnboarding(dockingId: string, event: { eventId: string; type: string }): Promise<void>;
}

/** `of` = options for a workflow of this docking with this priority (1 = most urgent). */
export function createSetUpCalls(
  temporal: Client,
  signals: Client,
  of: (dockingId: string, priorityKey: number) => StartOptions,
): SetUpCalls {
  const handle = (workflowId: string) => temporal.workflow.getHandle(workflowId);

  const validation = (input: CredentialValidationInput) =>
    temporal.workflow.start(WORKFLOW_TYPES.credentialValidation, {
      ...of(input.dockingId, 2),
      workflowId: credentialValidationId(input.dockingId),
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      staticSummary: `Check the Feishu app of docking ${input.dockingId} (${input.reason})`,
      args: [input],
    });

  const decide = <T>(
    dockingId: string,
    call: (workflow: ReturnType<typeof handle>) => Promise<T>,
  ): Promise<T> => {
    const workflowId = onboardingReviewId(dockingId);
    return speaking(workflowId, () => call(handle(workflowId)));
  };
  return {
    async validateCredentials(input) {
      const started = await validation(input);
      return started.result() as Promise<CredentialValidationReport>;
    },
    async startValidation(input) {
      await validation(input);
    },
    async rotateSecret(input) {
      const run = await temporal.workflow.start(WORKFLOW_TYPES.secretRotation, {
        ...of(input.dockingId, 1),
        workflowId: secretRotationId(input.dockingId),
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        staticSummary: `Prove a new App Secret of docking ${input.dockingId}`,
        args: [input],
      });
      return run.result() as Promise<SecretRotationReport>;
    },
    async startRepair(input) {
      const workflowId = setUpRepairId(input.dockingId);
      await speaking(workflowId, () =>
        temporal.workflow.start(WORKFLOW_TYPES.setUpRepair, {
          ...of(input.dockingId, 2),
          workflowId,
          workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
          staticSummary: `Change the Feishu app of docking ${input.dockingId} as confirmed (${input.repairId})`,
          args: [input],
        }),
      );
    },
    async raiseAlert(notice) {
      const { dockingId } = notice;
      await signals.workflow.signalWithStart(WORKFLOW_TYPES.dockingAlerts, {
        ...of(dockingId, 1),
        workflowId: dockingAlertsId(dockingId),
        staticSummary: `Tell the admins of docking ${dockingId} what broke and who is waited for`,
        signal: alertRaised,
        signalArgs: [notice],
        args: [{ dockingId }],
      });
    },
    async startOnboarding(dockingId, carried) {
      await temporal.workflow.start(WORKFLOW_TYPES.onboardingReview, {
        ...of(dockingId, 2),
        workflowId: onboardingReviewId(dockingId),
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        staticSummary: `Guide docking ${dockingId} from credentials to live`,
        args: [{ dockingId, ...(carried ? { carried } : {}) }],
      });
    },
    approveStep: (id, decision) => decide(id, (run) => run.executeUpdate(approveStep, { args: [decision] })),
    rejectStep: (id, decision) => decide(id, (run) => run.executeUpdate(rejectStep, { args: [decision] })),
    handOver: (id, decision) => decide(id, (run) => run.executeUpdate(handOver, { args: [decision] })),
    reopenStep: (id, decision) => decide(id, (run) => run.executeUpdate(reopenStep, { args: [decision] })),
    recheck: (id, by) => decide(id, (run) => run.executeUpdate(recheck, { args: [{ by }] })),
    onboarding: (id) => decide(id, (run) => run.query(checklist)),
    async nudgeOnboarding(dockingId, event) {
      const workflowId = onboardingReviewId(dockingId);
      try {
        await speaking(workflowId, () => signals.workflow.getHandle(workflowId).signal(feishuEvent, event));
      } catch (error) {
        if ((error as Error).name !== 'NotRunning') throw error;
      }
    },
  };
}
