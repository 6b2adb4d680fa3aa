/** The checklist's items: who mends each, and whether the docking can be live without it. */
import { requiredPermissions, setupLinks, type Localized, type Permission } from '../../feishu';
import type { ChangeEffect, Docking, Owner } from '../../store';

interface ItemRule {
  owner: Owner;
  blocking: boolean;
  lostAbility: Localized;
  link(docking: Docking): string | null;
  change: Change;
}

/** What changing it needs, said before somebody changes it. */
interface Change {
  effect: ChangeEffect;
  note: Localized;
}

const AT_ONCE: Change = {
  effect: 'at-once',
  note: { en: 'A change takes effect at once.', zh: '修改后立即生效。' },
};
const NEW_VERSION: Change = {
  effect: 'new-version',
  note: {
    en: 'A change needs a new version that is released and approved by the company admin.',
    zh: '修改后需发布新版本，并由企业管理员审核通过。',
  },
};
const BY_ADMIN: Change = {
  effect: 'at-once',
  note: {
    en: 'The company admin changes it in the admin console, at once; a change by the developer needs a new version and its review.',
    zh: '企业管理员在管理后台修改，立即生效；开发者修改则需发布新版本并通过审核。',
  },
};
const PERMISSION: Change = {
  effect: 'new-version',
  note: {
    en: 'A permission needs a new version and its review; the few that Feishu marks as review-free take effect at once.',
    zh: '权限需随新版本审核通过后生效；飞书标为免审的少数权限立即生效。',
  },
};

const console_ = (docking: Docking) => setupLinks(docking.brand, docking.appId);

const RULES: Record<string, ItemRule> = {
  credentials: {
    owner: 'ticket-admin',
    blocking: true,
    lostAbility: {
      en: 'Nothing works: the plugin cannot sign in.',
      zh: '所有功能都无法使用：插件无法登录。',
    },
    link: (docking) => console_(docking).baseInfo,
    change: AT_ONCE,
  },
  tenant: {
    owner: 'ticket-admin',
    blocking: true,
    lostAbility: {
      en: 'Nobody can tell whether the right company was connected.',
      zh: '无法确认对接的是否为正确的企业。',
    },
    link: (docking) => console_(docking).baseInfo,
    change: AT_ONCE,
  },
  'app-info': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: { en: 'The app cannot be shown or checked.', zh: '无法展示或检查该应用。' },
    link: (docking) => console_(docking).baseInfo,
    change: NEW_VERSION,
  },
  'app-type': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: {
      en: 'Only a custom app may read the directory and send messages this way.',
      zh: '只有企业自建应用才能以这种方式读取通讯录、发送消息。',
    },
    link: (docking) => console_(docking).apps,
    change: NEW_VERSION,
  },
  bot: {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: { en: 'No message can be sent.', zh: '无法发送消息。' },
    link: (docking) => console_(docking).bot,
    change: NEW_VERSION,
  },
  'web-app': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: {
      en: 'Employees cannot open the ticket system from Feishu.',
      zh: '员工无法从飞书打开工单系统。',
    },
    link: (docking) => console_(docking).webApp,
    change: NEW_VERSION,
  },
  'homepage-url': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: { en: 'The web app opens the wrong page.', zh: '网页应用会打开错误的页面。' },
    link: (docking) => console_(docking).webApp,
    change: NEW_VERSION,
  },
  'redirect-url': {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: { en: 'Signing in with Feishu ends in an error page.', zh: '使用飞书登录会跳到错误页。' },
    link: (docking) => console_(docking).security,
    change: AT_ONCE,
  },
  version: {
    owner: 'feishu-developer',
    blocking: true,
    lostAbility: {
      en: 'Nothing of the set-up is in force until a version is released.',
      zh: '发布版本之前，所有配置都不生效。',
    },
    link: (docking) => console_(docking).version,
    change: NEW_VERSION,
  },
  review: {
    owner: 'feishu-admin',
    blocking: true,
    lostAbility: { en: 'The app waits for the company admin.', zh: '应用正等待企业管理员审核。' },
    link: (docking) => console_(docking).review,
    change: AT_ONCE,
  },
  availability: {
    owner: 'feishu-developer',
    blocking: false,
    lostAbility: {
      en: 'Employees outside the availability get no message.',
      zh: '可用范围之外的员工收不到消息。',
    },
    link: (docking) => console_(docking).availability,
    change: BY_ADMIN,
  },
  'contact-range': {
    owner: 'feishu-developer',
    blocking: false,
    lostAbility: {
      en: 'Employees outside the contact range are not mirrored and cannot be bound.',
      zh: '通讯录权限范围之外的员工不会同步，也无法绑定。',
    },
    link: (docking) => console_(docking).availability,
    change: BY_ADMIN,
  },
  'default-mobile': {
    owner: 'feishu-developer',
    blocking: false,
    lostAbility: {
      en: 'On a phone the app opens something else than the chat with the bot.',
      zh: '在手机上打开应用，进入的不是与机器人的会话。',
    },
    link: (docking) => console_(docking).version,
    change: NEW_VERSION,
  },
  'default-desktop': {
    owner: 'feishu-developer',
    blocking: false,
    lostAbility: {
      en: 'On a computer the app opens something else than the web app.',
      zh: '在电脑上打开应用，进入的不是网页应用。',
    },
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

export const ruleOf = (docking: Docking, id: string): ItemRule => RULES[id] ?? permissionRule(docking, id);

function permissionRule(docking: Docking, id: string): ItemRule {
  const permission = permissionOf(docking, id);
  if (!permission) throw new Error(`no rule for the checklist item ${id}`);
  return {
    owner: 'feishu-developer',
    blocking: permission.blocking,
    lostAbility: permission.lostAbility,
    link: ({ brand, appId }) => setupLinks(brand, appId).permissions([permission.key]),
    change: PERMISSION,
  };
}

function permissionOf({ brand, employeePhoneScope }: Docking, id: string): Permission | undefined {
  return requiredPermissions(brand, employeePhoneScope).find(
    (permission) => `permission:${permission.key}` === id,
  );
}
