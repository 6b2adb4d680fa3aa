import { activityInfo } from '@temporalio/activity';
import { setupLinks } from '../../feishu';
import type { ChecklistItem, Docking, Onboarding, OnboardingStep } from '../../store';
import { withFailures } from '../failures';
import type { ItemVerdict } from '../credentials';
import type { ActivityPorts } from '../ports';
import type { ChecklistView, StepView } from './view';

/** A decision of a named admin, as the review tells it. `detail` is the comment, the reason, or who takes over. */
export interface StepDecisionRecord {
  dockingId: string;
  kind: string;
  step: string;
  by: string;
  detail: string | null;
  from: string;
  view: ChecklistView;
}

/** Keeps the onboarding's state where the API and the console read it, also while no worker runs. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the inferred type is the contract that workflows import
export function createOnboardingActivities({ store, now }: ActivityPorts) {
  const save = async (view: ChecklistView): Promise<void> => {
    // A docking that was removed meanwhile leaves nothing to keep.
    const docking = await store.dockings.get(view.dockingId);
    if (!docking) return;
    const checklist = await store.checklists.get(docking.id);
    const items = new Map(checklist?.items.map((item) => [item.id, item]));
    const onboarding: Onboarding = {
      dockingId: docking.id,
      state: view.state,
      waitingFor: view.waitingFor,
      waitingSince: dateOf(view.waitingSince),
      nextCheckAt: dateOf(view.nextCheckAt),
      updatedAt: now(),
      steps: view.steps.map((step) => stepRecord(docking, step, items)),
    };
    await store.onboardings.save(onboarding);
    // Only forward while setting up: what an admin paused or disabled stays so.
    if (view.state !== 'abandoned') {
      await store.dockings.setState(docking.id, view.state, { onlyFrom: ['setting-up', 'in-review'] });
    }
  };

  return {
    /** Facts of our own that prove steps beside the checklist. */
    readOnboardingFacts: (dockingId: string) =>
      withFailures(async () => {
        const docking = await store.dockings.get(dockingId);
        const [runs, bindings, reminders] = await Promise.all([
          store.syncRuns.list(dockingId, { limit: 50 }),
          store.bindings.list(dockingId, { state: 'active', limit: 1 }),
          store.reminders.get(dockingId),
        ]);
        const fact = (id: string, holds: boolean): ItemVerdict => ({
          id,
          state: holds ? 'passed' : 'failed',
          blocking: false,
        });
        return {
          abandoned: docking === null || docking.state === 'disabled',
          items: [
            fact(
              'own:directory-synced',
              runs.items.some((run) => run.state === 'applied'),
            ),
            fact('own:agent-bound', bindings.items.length > 0),
            fact('own:reminders-on', reminders.enabled && reminders.rules.some((rule) => rule.enabled)),
          ],
        };
      }),

    saveOnboarding: (view: ChecklistView) =>
      withFailures(async () => {
        const before = await store.dockings.get(view.dockingId);
        await save(view);
        if (view.state === 'live' && (before?.state === 'setting-up' || before?.state === 'in-review')) {
          await store.audit.append({
            dockingId: view.dockingId,
            at: now(),
            actor: 'onboarding-review',
            action: 'docking.went-live',
            detail: { warnings: view.warnings },
            from: null,
          });
        }
      }),

    /** One audit entry per decision, however often it is repeated. */
    recordStepDecision: ({ dockingId, kind, step, by, detail, from, view }: StepDecisionRecord) =>
      withFailures(async () => {
        const { workflowExecution, activityId } = activityInfo();
        await store.audit.append({
          id: `aud_${workflowExecution?.runId ?? 'test'}_${activityId}`,
          dockingId,
          at: now(),
          actor: by,
          action: `onboarding.step-${kind}`,
          detail: { step, ...(detail === null ? {} : { detail }) },
          from,
        });
        await save(view);
      }),
  };
}

const dateOf = (time: string | null): Date | null => (time === null ? null : new Date(time));

/** The step with the words that stay out of the workflow: where to go, and why the platform's reviewer said no. */
function stepRecord(
  { brand, appId }: Docking,
  step: StepView,
  items: ReadonlyMap<string, ChecklistItem>,
): OnboardingStep {
  const proofs = [...items.values()].filter((item) =>
    step.proof.some((id) => (id === 'permission:' ? item.id.startsWith(id) : item.id === id)),
  );
  const open = proofs.find((item) => item.state !== 'passed');
  const remark = proofs.map((item) => item.detail?.['rejectReason']).find((text) => typeof text === 'string');
  return {
    ...step,
    title: step.step,
    rejectReason: step.rejectReason ?? (step.rejectedBy === 'platform' ? ((remark as string) ?? null) : null),
    since: new Date(step.since),
    lastCheckedAt: dateOf(step.lastCheckedAt),
    history: step.history.map((event) => ({ ...event, at: new Date(event.at) })),
    // The first step has no item of its own: it begins where apps are created.
    link: step.step === 'create-app' ? setupLinks(brand, appId).apps : (open?.link ?? null),
  };
}
