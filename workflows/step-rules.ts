/** The steps of setting up a docking: whose they are and what proves them. */
import type { StepOwner } from './messages';

export interface StepRule {
  step: string;
  owner: StepOwner;
  /** Item ids that prove it; `permission:` stands for every blocking permission. Empty = a named admin approves. */
  proof: string[];
  /** Must be done before the docking goes live. */
  blocksLive: boolean;
}

/** Own facts that prove a step beside the checklist items. */
export const OWN_PROOFS = {
  firstSync: 'own:directory-synced',
  firstBindings: 'own:agent-bound',
  reminders: 'own:reminders-on',
} as const;

const ticketAdmin = 'ticket-admin';
const developer = 'feishu-developer';

/**
 * In the order of the admin's work. `create-app` is the one step that no call can prove: whether the app and the
 * company that were read back are the intended ones, only a person knows.
 */
export const STEP_RULES: readonly StepRule[] = [
  { step: 'create-app', owner: ticketAdmin, proof: [], blocksLive: true },
  { step: 'bot', owner: developer, proof: ['bot'], blocksLive: true },
  { step: 'web-app', owner: developer, proof: ['web-app', 'homepage-url'], blocksLive: true },
  { step: 'redirect-url', owner: developer, proof: ['redirect-url'], blocksLive: true },
  { step: 'permissions', owner: developer, proof: ['permission:'], blocksLive: true },
  { step: 'version', owner: developer, proof: ['version'], blocksLive: true },
  { step: 'availability', owner: developer, proof: ['availability', 'contact-range'], blocksLive: false },
  {
    step: 'default-features',
    owner: developer,
    proof: ['default-mobile', 'default-desktop'],
    blocksLive: false,
  },
  { step: 'review', owner: 'feishu-admin', proof: ['review'], blocksLive: true },
  {
    step: 'credentials',
    owner: ticketAdmin,
    proof: ['credentials', 'tenant', 'app-info', 'app-type'],
    blocksLive: true,
  },
  { step: 'first-sync', owner: ticketAdmin, proof: [OWN_PROOFS.firstSync], blocksLive: false },
  { step: 'first-bindings', owner: ticketAdmin, proof: [OWN_PROOFS.firstBindings], blocksLive: false },
  { step: 'reminders', owner: ticketAdmin, proof: [OWN_PROOFS.reminders], blocksLive: false },
];

export const blocksLive = (step: string): boolean =>
  STEP_RULES.some((rule) => rule.step === step && rule.blocksLive);
