import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation, WorkflowIdConflictPolicy, type Client } from '@temporalio/client';
import {
  applyChangeSet,
  bindingProgress,
  directoryChanged,
  discardChangeSet,
  pause,
  progress,
  pullDue,
  pushesStored,
  refreshAgents,
  resume,
  type AgentBindingInput,
  type BindingProgress,
  type DirectoryChange,
  type SyncProgress,
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
  ticketSystemPullId,
  WORKFLOW_TYPES,
} from '../workflows/names';
import { speaking } from './errors';
import { createSetUpCalls, type SetUpCalls } from './set-up-calls';
import { createTicketCalls, type TicketCalls } from './ticket-calls';

/** The typed way to talk to the workflows. Every call fails with what `./errors` names, or with Temporal's own error. */
export interface DockingClient extends SetUpCalls, TicketCalls {
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
  /** Stored pushes wait to be read, or it is time to look for changes that no push told. */
  wakePull(dockingId: string, because: 'pushes' | 'changes'): Promise<void>;
  /** Reads the agents from the ticket system now. */
  refreshAgents(dockingId: string, by: string): Promise<{ agents: number }>;
  /** Ends what runs for a docking that is disabled or deleted. */
  stopDocking(dockingId: string): Promise<void>;
  /** Ends every run of a docking that is deleted, whatever it waits for: within seconds, behind the answer. */
  endRuns(dockingId: string): Promise<void>;
}

/** Routine work of one docking never starves another: the server alternates between docking ids. */
const priority = (dockingId: string, priorityKey: number): { priorityKey: number; fairnessKey: string } => ({
  priorityKey,
  fairnessKey: dockingId,
});

export interface DockingClientOptions {
  /**
   * The client shares its NativeConnection with a worker of this process: a ticket's run that starts begins there at once. Default false; true
   * over any other connection fails each start.
   */
  startsAtOnce?: boolean;
  /** Signals running workflows, see `signallingClient`. Default: the client itself. */
  signals?: Client;
}

export function createDockingClient(
  temporal: Client,
  { startsAtOnce = false, signals = temporal }: DockingClientOptions = {},
): DockingClient {
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
    ...createSetUpCalls(temporal, signals, of),
    ...createTicketCalls(temporal, signals, of, startsAtOnce),

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
      await signals.workflow.signalWithStart(WORKFLOW_TYPES.directoryChanges, {
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

    async wakePull(dockingId, because) {
      await signals.workflow.signalWithStart(WORKFLOW_TYPES.ticketSystemPull, {
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
    async endRuns(dockingId) {
      await temporal.workflowService.startBatchOperation({
        namespace: temporal.options.namespace,
        jobId: `docking-deleted:${randomUUID()}`,
        reason: 'The docking was deleted.',
        visibilityQuery: `${SEARCH_ATTRIBUTES.dockingId.name} = '${dockingId}' AND ExecutionStatus = 'Running'`,
        terminationOperation: { identity: temporal.options.identity },
      });
    },
  };
}
