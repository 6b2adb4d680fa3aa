/** What is left before a docking goes live. */
import { isOpen, type Checklist, type ChecklistItem, type Onboarding, type OnboardingStep } from './shapes';

export interface Left {
  items: ChecklistItem[];
  /** Steps that no item proves: a person approves them. */
  steps: OnboardingStep[];
}

/** What the platform does not tell and an admin approved keeps nothing back. */
export function blockedBy(checklist: Checklist, onboarding: Onboarding | undefined): Left {
  const steps = onboarding?.steps ?? [];
  const approved = new Set(steps.filter(({ doneBy }) => doneBy === 'approval').flatMap(({ proof }) => proof));
  return {
    items: checklist.items.filter(
      (item) => item.blocking && isOpen(item) && !(item.state === 'unknown' && approved.has(item.id)),
    ),
    steps: steps.filter(({ proof, state }) => proof.length === 0 && state !== 'done'),
  };
}

export const isByPerson = ({ state, rejectedBy }: OnboardingStep): boolean =>
  state === 'rejected' && rejectedBy !== 'platform';

/** A person may stand in for the proofs only where there are none, or the platform tells none of what is missing. */
export function isApprovable(step: OnboardingStep, items: readonly ChecklistItem[]): boolean {
  if (step.state === 'done' || isByPerson(step)) return false;
  if (step.proof.length === 0) return true;
  const proofs = items.filter(({ id }) => step.proof.includes(id));
  return (
    proofs.some(({ state }) => state === 'unknown') &&
    proofs.every(({ state }) => state === 'unknown' || state === 'passed')
  );
}
