/** The checklist's items: who mends each, whether the docking can be live without it, and how a verdict is written. */
import { requiredPermissions, setupLinks, type Permission } from '../../feishu';
import type { ChangeEffect, ChecklistItem, Docking, ItemState, Owner } from '../../store';

interface ItemRule {
  owner: Owner;
  blocking: boolean;
  lostAbility: string;
  link(docking: Docking): string | null;
  change: Change;
}

/** What changing it needs, said before somebody changes it. */
interface Change {
  effect: ChangeEffect;
  note: string;
}

const AT_ONCE: Change = { effect: 'at-once', note: 'A change takes effect at once.' };
const NEW_VERSION: Change = {
  effect: 'new-version',
  note: 'A change needs a new version that is released and approved by the company admin.',
};
const BY_ADMIN: Change = {
  effect: 'at-once',
  note: 'The company admin changes it in the admin console, at once; a change by the developer needs a new version and its review.',
};
const PERMISSION: Change = {
  effect: 'new-version',
  note: 'A permission needs a new version and its review; the few that Feishu marks as review-free take effect at once.',
};

const console_ = (docking: Docking) => setupLinks(docking.brand, docking.appId);

const RULES: Record<string, ItemRule> = {
  credentials: {
    owner: 'ticket-admin',
    blocking: true,
    lostAbility: 'Nothing works: the plugin cannot sign in.',
    link: (docking) => console_(docking).baseInfo,
    change: AT_ONCE,
  },
  tenant: {
    owner: 'ticket-admin',
    blocking: true,
    lostAbility: 'Nobody can tell whether the right company was connected.',
    link: (docking) => console_(docking).baseInfo,
    change: AT_ONCE,
  },
  'app-info': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: 'The app cannot be shown or checked.',
    link: (docking) => console_(docking).baseInfo,
    change: NEW_VERSION,
  },
  'app-type': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: 'Only a custom app may read the directory and send messages this way.',
    link: (docking) => console_(docking).apps,
    change: NEW_VERSION,
  },
  bot: {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: 'No message can be sent.',
    link: (docking) => console_(docking).bot,
    change: NEW_VERSION,
  },
  'web-app': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: 'Employees cannot open the ticket system from Feishu.',
    link: (docking) => console_(docking).webApp,
    change: NEW_VERSION,
  },
  'homepage-url': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: 'The web app opens the wrong page.',
    link: (docking) => console_(docking).webApp,
    change: NEW_VERSION,
  },
  'redirect-url': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: 'Signing in with Feishu ends in an error page.',
    link: (docking) => console_(docking).security,
    change: AT_ONCE,
  },
  version: {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: 'Nothing of the set-up is in force until a version is released.',
    link: (docking) => console_(docking).version,
    change: NEW_VERSION,
  },
  review: {
    owner: 'feishu-admin',
    blocking: true,
    lostAbility: 'The app waits for the company admin.',
    link: (docking) => console_(docking).review,
    change: AT_ONCE,
  },
  availability: {
    owner: 'feishu-developer',
    blocking: false,
    lostAbility: 'Employees outside the availability get no message.',
    link: (docking) => console_(docking).availability,
    change: BY_ADMIN,
  },
  'contact-range': {
    owner: 'feishu-developer',
    blocking: false,
    lostAbility: 'Employees outside the contact range are not mirrored and cannot be bound.',
    link: (docking) => console_(docking).availability,
    change: BY_ADMIN,
  },
  'default-mobile': {
    owner: 'feishu-developer',
    blocking: false,
    lostAbility: 'On a phone the app opens something else than the chat with the bot.',
    link: (docking) => console_(docking).version,
    change: NEW_VERSION,
  },
  'default-desktop': {
    owner: 'feishu-developer',
    blocking: false,
    lostAbility: 'On a computer the app opens something else than the web app.',
    link: (docking) => console_(docking).version,
    change: NEW_VERSION,
  },
};

/** Which items each proof activity decides, so that an unreadable proof marks exactly its own as unknown. */
export const PROOF_ITEMS: Record<string, (docking: Docking) => string[]> = {
  checkCredentials: () => ['credentials'],
  checkTenant: () => ['tenant'],
  checkApp: () => ['app-info', 'app-type', 'redirect-url', 'default-mobile', 'default-desktop'],
  checkVersion: () => ['version', 'review', 'web-app', 'homepage-url'],
  checkAvailability: () => ['availability'],
  checkBot: () => ['bot'],
  checkPermissions: ({ brand, employeePhoneScope }) =>
    requiredPermissions(brand, employeePhoneScope).map((permission) => `permission:${permission.key}`),
  checkContactRange: () => ['contact-range'],
};

/** Every item id of a docking, in the order in which it is shown. */
export function itemIds(docking: Docking): string[] {
  const plain = Object.keys(RULES);
  const after = plain.indexOf('redirect-url') + 1;
  return [
    ...plain.slice(0, after),
    ...(PROOF_ITEMS['checkPermissions']?.(docking) ?? []),
    ...plain.slice(after),
  ];
}

export interface Finding {
  id: string;
  state: ItemState;
  expected?: string | null;
  found?: string | null;
  message: string;
  /** Where it differs from the item's own link. */
  link?: string;
  detail?: Record<string, unknown>;
}

export function itemFrom(docking: Docking, finding: Finding, checkedAt: Date): ChecklistItem {
  const rule = RULES[finding.id] ?? permissionRule(docking, finding.id);
  return {
    id: finding.id,
    state: finding.state,
    blocking: rule.blocking,
    expected: finding.expected ?? null,
    found: finding.found ?? null,
    message: finding.message,
    owner: rule.owner,
    link: finding.state === 'passed' ? null : (finding.link ?? rule.link(docking)),
    lostAbility: finding.state === 'passed' ? null : rule.lostAbility,
    effect: rule.change.effect,
    effectNote: rule.change.note,
    detail: finding.detail ?? null,
    checkedAt,
  };
}

function permissionRule(docking: Docking, id: string): ItemRule {
  const permission = permissionOf(docking, id);
  if (!permission) throw new Error(`no rule for the checklist item ${id}`);
  return {
    owner: 'feishu-developer',
    blocking: permission.blocking,
    lostAbility: permission.lostAbility.en,
    link: ({ brand, appId }) => setupLinks(brand, appId).permissions([permission.key]),
    change: PERMISSION,
  };
}

function permissionOf({ brand, employeePhoneScope }: Docking, id: string): Permission | undefined {
  return requiredPermissions(brand, employeePhoneScope).find(
    (permission) => `permission:${permission.key}` === id,
  );
}
