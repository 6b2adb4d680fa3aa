import type { Client } from '@temporalio/client';
import { WithStartWorkflowOperation, WorkflowIdConflictPolicy } from '@temporalio/client';
import {
  alertRaised,
  applyChangeSet,
  approveStep,
  bindingProgress,
  cardClicked,
  checklist,
  directoryChanged,
  discardChangeSet,
  feishuEvent,
  handOver,
  pause,
  progress,
  pullDue,
  pushesStored,
  recheck,
  refreshAgents,
  rejectStep,
  reopenStep,
  resume,
  ticketChanged,
  why,
  type AdminNotice,
  type AgentBindingInput,
  type BindingProgress,
  type CardClicked,
  type ChecklistView,
  type CredentialValidationInput,
  type CredentialValidationReport,
  type DirectoryChange,
  type OnboardingState,
  type SecretRotationInput,
  type SecretRotationReport,
  type StepDecision,
  type StepView,
  type SyncProgress,
  type TicketChange,
  type TicketWhy,
} from '../workflows/messages';
import {
  agentBindingId,
  credentialValidationId,
  directoryChangesId,
  directorySyncId,
  dockingAlertsId,
  onboardingReviewId,
  SEARCH_ATTRIBUTES,
  secretRotationId,
  TASK_QUEUES,
  ticketNotificationId,
  ticketSystemPullId,
  WORKFLOW_TYPES,
} from '../workflows/names';
import { speaking } from './errors';

/** The typed way to talk to the workflows. Every call fails with what `./errors` names, or with Temporal's own error. */
export interface DockingClient {
  /** Starts a validation, or joins the one under way; answers when it ends (seconds). */
  validateCredentials(input: CredentialValidationInput): Promise<CredentialValidationReport>;
  /** Like {@link validateCredentials}, without waiting for the end. */
  startValidation(input: CredentialValidationInput): Promise<void>;
  /** Proves the pending App Secret and puts it in the place of the old one; answers when that is decided (seconds). */
  rotateSecret(input: SecretRotationInput): Promise<SecretRotationReport>;
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
  /** Fails with AlreadyRunning while a sync of this docking is under way. */
  startSync(input: {
    dockingId: string;
    runId: string;
    mode: 'preview' | 'apply';
    startedBy: string;
  }): Promise<void>;
  applyChangeSet(dockingId: string, runId: string, by: string): Promise<SyncProgress>;
  discardChangeSet(dockingId: string, runId: string, by: string): Promise<SyncProgress>;
  pauseSync(dockingId: string, by: string): Promise<void>;
  resumeSync(dockingId: string, by: string): Promise<void>;
  cancelSync(dockingId: string): Promise<void>;
  syncProgress(dockingId: string): Promise<SyncProgress>;
  /** One change of the company's directory. Safe to repeat and to reorder; bursts are read once. */
  directoryChanged(dockingId: string, change: DirectoryChange): Promise<void>;
  startBinding(input: AgentBindingInput): Promise<void>;
  bindingProgress(dockingId: string, runId: string): Promise<BindingProgress>;
  pauseBinding(dockingId: string, runId: string, by: string): Promise<void>;
  resumeBinding(dockingId: string, runId: string, by: string): Promise<void>;
  /** What was bound by then stays bound, and its report stays. */
  cancelBinding(dockingId: string, runId: string): Promise<void>;
  /** Tells the ticket's workflow, starting it where needed. Safe to repeat with the same event id. */
  ticketChanged(dockingId: string, ticketId: string, change: TicketChange): Promise<void>;
  /** Somebody clicked on a card of this ticket. Safe to repeat: a click is carried out once. */
  cardClicked(dockingId: string, ticketId: string, click: CardClicked): Promise<void>;
  ticketWhy(dockingId: string, ticketId: string): Promise<TicketWhy>;
  /** Stored pushes wait to be read, or it is time to look for changes that no push told. */
  wakePull(dockingId: string, because: 'pushes' | 'changes'): Promise<void>;
  /** Reads the agents from the ticket system now. */
  refreshAgents(dockingId: string, by: string): Promise<{ agents: number }>;
  /** Ends what runs for a docking that is disabled or deleted. */
  stopDocking(dockingId: string): Promise<void>;
}

/** Routine work of one docking never starves another: the server alternates between docking ids. */
const priority = (dockingId: string, priorityKey: number): { priorityKey: number; fairnessKey: string } => ({
  priorityKey,
  fairnessKey: dockingId,
});

export function createDockingClient(temporal: Client): DockingClient {
  const of = (dockingId: string, priorityKey: number, ticketState?: string) => ({
    taskQueue: TASK_QUEUES.docking,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.dockingId, value: dockingId },
      ...(ticketState ? [{ key: SEARCH_ATTRIBUTES.ticketState, value: ticketState }] : []),
    ],
    priority: priority(dockingId, priorityKey),
  });
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
  const inSync = <T>(
    dockingId: string,
    call: (workflow: ReturnType<typeof handle>) => Promise<T>,
  ): Promise<T> => {
    const workflowId = directorySyncId(dockingId);
    return speaking(workflowId, () => call(handle(workflowId)));
  };
  const inBinding = <T>(
    dockingId: string,
    runId: string,
    call: (workflow: ReturnType<typeof handle>) => Promise<T>,
  ): Promise<T> => {
    const workflowId = agentBindingId(dockingId, runId);
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
    async raiseAlert(notice) {
      const { dockingId } = notice;
      await temporal.workflow.signalWithStart(WORKFLOW_TYPES.dockingAlerts, {
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
      try {
        await decide(dockingId, (run) => run.signal(feishuEvent, event));
      } catch (error) {
        if ((error as Error).name !== 'NotRunning') throw error;
      }
    },

    async startSync(input) {
      const workflowId = directorySyncId(input.dockingId);
      await speaking(workflowId, () =>
        temporal.workflow.start(WORKFLOW_TYPES.directorySync, {
          ...of(input.dockingId, 5),
          workflowId,
          workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
          staticSummary: `Mirror the company directory of docking ${input.dockingId} (${input.mode})`,
          args: [input],
        }),
      );
    },
    applyChangeSet: (id, runId, by) =>
      inSync(id, (run) => run.executeUpdate(applyChangeSet, { args: [{ by, runId }] })),
    discardChangeSet: (id, runId, by) =>
      inSync(id, (run) => run.executeUpdate(discardChangeSet, { args: [{ by, runId }] })),
    pauseSync: (id, by) => inSync(id, (run) => run.executeUpdate(pause, { args: [{ by }] })),
    resumeSync: (id, by) => inSync(id, (run) => run.executeUpdate(resume, { args: [{ by }] })),
    async cancelSync(id) {
      await inSync(id, (run) => run.cancel());
    },
    syncProgress: (id) => inSync(id, (run) => run.query(progress)),

    async directoryChanged(dockingId, change) {
      await temporal.workflow.signalWithStart(WORKFLOW_TYPES.directoryChanges, {
        ...of(dockingId, 3),
        workflowId: directoryChangesId(dockingId),
        staticSummary: `Follow changes of the company directory of docking ${dockingId}`,
        signal: directoryChanged,
        signalArgs: [change],
        args: [{ dockingId }],
      });
    },

    async startBinding(input) {
      const workflowId = agentBindingId(input.dockingId, input.runId);
      await speaking(workflowId, () =>
        temporal.workflow.start(WORKFLOW_TYPES.agentBinding, {
          ...of(input.dockingId, 4),
          workflowId,
          staticSummary: `Bind agents of docking ${input.dockingId} (${input.kind})`,
          args: [input],
        }),
      );
    },
    bindingProgress: (id, runId) => inBinding(id, runId, (run) => run.query(bindingProgress)),
    pauseBinding: (id, runId, by) =>
      inBinding(id, runId, (run) => run.executeUpdate(pause, { args: [{ by }] })),
    resumeBinding: (id, runId, by) =>
      inBinding(id, runId, (run) => run.executeUpdate(resume, { args: [{ by }] })),
    async cancelBinding(id, runId) {
      await inBinding(id, runId, (run) => run.cancel());
    },

    async ticketChanged(dockingId, ticketId, { urgent, statusType, ...change }) {
      await temporal.workflow.signalWithStart(WORKFLOW_TYPES.ticketNotification, {
        ...of(dockingId, urgent ? 1 : 3, statusType),
        workflowId: ticketNotificationId(dockingId, ticketId),
        staticSummary: `Remind people of ticket ${ticketId}`,
        signal: ticketChanged,
        signalArgs: [change],
        args: [{ dockingId, ticketId }],
      });
    },
    async cardClicked(dockingId, ticketId, click) {
      await temporal.workflow.signalWithStart(WORKFLOW_TYPES.ticketNotification, {
        ...of(dockingId, 1),
        workflowId: ticketNotificationId(dockingId, ticketId),
        staticSummary: `Carry out a click on a card of ticket ${ticketId}`,
        signal: cardClicked,
        signalArgs: [click],
        args: [{ dockingId, ticketId }],
      });
    },
    ticketWhy: (dockingId, ticketId) => {
      const workflowId = ticketNotificationId(dockingId, ticketId);
      return speaking(workflowId, () => handle(workflowId).query(why));
    },
    async wakePull(dockingId, because) {
      await temporal.workflow.signalWithStart(WORKFLOW_TYPES.ticketSystemPull, {
        ...of(dockingId, 3),
        workflowId: ticketSystemPullId(dockingId),
        staticSummary: `Turn what happened in the ticket system of docking ${dockingId} into events`,
        signal: because === 'pushes' ? pushesStored : pullDue,
        args: [{ dockingId }],
      });
    },
    async refreshAgents(dockingId, by) {
      const workflowId = ticketSystemPullId(dockingId);
      const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPES.ticketSystemPull, {
        ...of(dockingId, 3),
        workflowId,
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        args: [{ dockingId }],
      });
      return speaking(workflowId, () =>
        temporal.workflow.executeUpdateWithStart(refreshAgents, { startWorkflowOperation, args: [{ by }] }),
      );
    },
    async stopDocking(dockingId) {
      const ids = [
        onboardingReviewId(dockingId),
        directorySyncId(dockingId),
        directoryChangesId(dockingId),
        ticketSystemPullId(dockingId),
        credentialValidationId(dockingId),
        secretRotationId(dockingId),
        dockingAlertsId(dockingId),
      ];
      await Promise.all(
        ids.map(async (workflowId) => {
          try {
            await speaking(workflowId, () => handle(workflowId).cancel());
          } catch (error) {
            if ((error as Error).name !== 'NotRunning') throw error;
          }
        }),
      );
    },
  };
}
