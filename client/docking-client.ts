import type { Client } from '@temporalio/client';
import { WithStartWorkflowOperation, WorkflowIdConflictPolicy } from '@temporalio/client';
import {
  applyChangeSet,
  bindingProgress,
  cardClicked,
  digestDue,
  directoryChanged,
  discardChangeSet,
  pause,
  progress,
  pullDue,
  pushesStored,
  refreshAgents,
  resume,
  ticketChanged,
  why,
  type AgentBindingInput,
  type BindingProgress,
  type CardClicked,
  type DigestDue,
  type DirectoryChange,
  type PersonDigestInput,
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
  personDigestId,
  SEARCH_ATTRIBUTES,
  secretRotationId,
  TASK_QUEUES,
  ticketNotificationId,
  ticketSystemPullId,
  WORKFLOW_TYPES,
} from '../workflows/names';
import { speaking } from './errors';
import { createSetUpCalls, type SetUpCalls } from './set-up-calls';

/** The typed way to talk to the workflows. Every call fails with what `./errors` names, or with Temporal's own error. */
export interface DockingClient extends SetUpCalls {
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
  /** Has a digest go out at its time (Unix ms), or one of its cards once more. Safe to repeat. */
  digestDue(digest: PersonDigestInput & DigestDue): Promise<void>;
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
    ...createSetUpCalls(temporal, of),

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
    async digestDue({ replay, ...digest }) {
      await temporal.workflow.signalWithStart(WORKFLOW_TYPES.personDigest, {
        ...of(digest.dockingId, 3),
        workflowId: personDigestId(digest.dockingId, digest.digestId),
        staticSummary: 'All reminders that one person gets at one moment, in one card',
        signal: digestDue,
        signalArgs: [replay === undefined ? {} : { replay }],
        args: [digest],
      });
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
