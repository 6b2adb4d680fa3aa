import type { Onboarding } from '../../store';
import { withFailures } from '../failures';
import type { ItemVerdict } from '../credentials';
import type { ActivityPorts } from '../ports';
import type { ChecklistView } from './view';

/** A decision of a named admin, as the review tells it. `detail` is the comment, the reason, or who takes over. */
export interface StepDecisionRecord {
  dockingId: string;
  kind: string;
  step: string;
  by: string;
  detail: string | null;
  view: ChecklistView;
}

/** Keeps the onboarding's state where the API and the console read it, also while no worker runs. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the inferred type is the contract that workflows import
export function createOnboardingActivities({ store, now }: ActivityPorts) {
  const save = async (view: ChecklistView): Promise<void> => {
    const docking = await store.dockings.require(view.dockingId);
    const items = new Map((await store.checklists.get(docking.id))?.items.map((item) => [item.id, item]));
    const onboarding: Onboarding = {
      dockingId: docking.id,
      state: view.state,
      updatedAt: now(),
      steps: view.steps.map((step) => ({
        ...step,
        title: step.step,
        since: new Date(step.since),
        link: step.proof.map((id) => items.get(id)?.link).find((link) => typeof link === 'string') ?? null,
      })),
    };
    await store.onboardings.save(onboarding);
    const wanted = view.state === 'live' ? 'live' : view.state === 'in-review' ? 'in-review' : 'setting-up';
    // Only forward while setting up: what an admin paused or disabled stays so.
    await store.dockings.setState(docking.id, wanted, { onlyFrom: ['setting-up', 'in-review'] });
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
        const before = await store.dockings.require(view.dockingId);
        await save(view);
        if (view.state === 'live' && (before.state === 'setting-up' || before.state === 'in-review')) {
          await store.audit.append({
            dockingId: view.dockingId,
            at: now(),
            actor: 'onboarding-review',
            action: 'docking.went-live',
            detail: {},
            from: null,
          });
        }
      }),

    recordStepDecision: ({ dockingId, kind, step, by, detail, view }: StepDecisionRecord) =>
      withFailures(async () => {
        await save(view);
        await store.audit.append({
          dockingId,
          at: now(),
          actor: by,
          action: `onboarding.step-${kind}`,
          detail: { step, ...(detail === null ? {} : { detail }) },
          from: null,
        });
      }),
  };
}
