/** The checklist's items: who mends each, whether the docking can be live without it, and how a verdict is written. */
import { requiredPermissions, setupLinks, type Brand, type Permission } from '../../feishu';
import type { ChecklistItem, Docking, ItemState, Owner } from '../../store';

interface ItemRule {
  owner: Owner;
  blocking: boolean;
  lostAbility: string;
  link(docking: Docking): string | null;
}

const console_ = (docking: Docking) => setupLinks(docking.brand, docking.appId);

const RULES: Record<string, ItemRule> = {
  credentials: {
    owner: 'ticket-admin',
    blocking: true,
    lostAbility: 'Nothing works: the plugin cannot sign in.',
    link: (docking) => console_(docking).baseInfo,
  },
  tenant: {
    owner: 'ticket-admin',
    blocking: true,
    lostAbility: 'Nobody can tell whether the right company was connected.',
    link: (docking) => console_(docking).baseInfo,
  },
  'app-info': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: 'The app cannot be shown or checked.',
    link: (docking) => console_(docking).baseInfo,
  },
  'app-type': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: 'Only a custom app may read the directory and send messages this way.',
    link: (docking) => console_(docking).apps,
  },
  bot: {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: 'No message can be sent.',
    link: (docking) => console_(docking).bot,
  },
  'web-app': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: 'Employees cannot open the ticket system from Feishu.',
    link: (docking) => console_(docking).webApp,
  },
  'homepage-url': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: 'The web app opens the wrong page.',
    link: (docking) => console_(docking).webApp,
  },
  'redirect-url': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: 'Signing in with Feishu ends in an error page.',
    link: (docking) => console_(docking).security,
  },
  version: {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: 'Nothing of the set-up is in force until a version is released.',
    link: (docking) => console_(docking).version,
  },
  review: {
    owner: 'feishu-admin',
    blocking: true,
    lostAbility: 'The app waits for the company admin.',
    link: (docking) => console_(docking).review,
  },
  availability: {
    owner: 'feishu-developer',
    blocking: false,
    lostAbility: 'Employees outside the availability get no message.',
    link: (docking) => console_(docking).availability,
  },
  'contact-range': {
    owner: 'feishu-developer',
    blocking: false,
    lostAbility: 'Employees outside the contact range are not mirrored and cannot be bound.',
    link: (docking) => console_(docking).availability,
  },
  'default-mobile': {
    owner: 'feishu-developer',
    blocking: false,
    lostAbility: 'On a phone the app opens something else than the chat with the bot.',
    link: (docking) => console_(docking).version,
  },
  'default-desktop': {
    owner: 'feishu-developer',
    blocking: false,
    lostAbility: 'On a computer the app opens something else than the web app.',
    link: (docking) => console_(docking).version,
  },
};

/** Which items each proof activity decides, so that an unreadable proof marks exactly its own as unknown. */
export const PROOF_ITEMS: Record<string, (brand: Brand) => string[]> = {
  checkCredentials: () => ['credentials'],
  checkTenant: () => ['tenant'],
  checkApp: () => ['app-info', 'app-type', 'redirect-url', 'default-mobile', 'default-desktop'],
  checkVersion: () => ['version', 'review', 'web-app', 'homepage-url', 'availability'],
  checkBot: () => ['bot'],
  checkPermissions: (brand) => requiredPermissions(brand).map((permission) => `permission:${permission.key}`),
  checkContactRange: () => ['contact-range'],
};

/** Every item id of a docking, in the order in which it is shown. */
export function itemIds(brand: Brand): string[] {
  const plain = Object.keys(RULES);
  const after = plain.indexOf('redirect-url') + 1;
  return [
    ...plain.slice(0, after),
    ...(PROOF_ITEMS['checkPermissions']?.(brand) ?? []),
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
}

export function itemFrom(docking: Docking, finding: Finding, checkedAt: Date): ChecklistItem {
  const rule = RULES[finding.id] ?? permissionRule(docking.brand, finding.id);
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
    checkedAt,
  };
}

function permissionRule(brand: Brand, id: string): ItemRule {
  const permission = permissionOf(brand, id);
  if (!permission) throw new Error(`no rule for the checklist item ${id}`);
  return {
    owner: 'feishu-developer',
    blocking: permission.blocking,
    lostAbility: permission.lostAbility.en,
    link: ({ brand: ofDocking, appId }) => setupLinks(ofDocking, appId).permissions([permission.key]),
  };
}

function permissionOf(brand: Brand, id: string): Permission | undefined {
  return requiredPermissions(brand).find((permission) => `permission:${permission.key}` === id);
}
