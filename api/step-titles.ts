import type { Localized } from '../feishu';

/** What an admin reads beside each onboarding step. */
export const STEP_TITLES: Record<string, Localized> = {
  'create-app': {
    en: 'Create the custom app – confirm that the app and the company read back are the intended ones',
    zh: '创建企业自建应用，并确认读取到的应用和企业无误',
  },
  bot: { en: 'Add the bot', zh: '添加机器人' },
  'web-app': { en: 'Add the web app and set its homepage URL', zh: '添加网页应用并设置主页地址' },
  'redirect-url': { en: 'Set the redirect URL', zh: '设置重定向 URL' },
  permissions: { en: 'Open the API permissions', zh: '开通 API 权限' },
  version: { en: 'Create and release a version', zh: '创建并发布版本' },
  availability: { en: 'Make the app available to all members', zh: '将可用范围设为全部成员' },
  'default-features': {
    en: 'Set the default features: bot on mobile, web app on desktop',
    zh: '设置默认能力：移动端为机器人，桌面端为网页应用',
  },
  review: { en: 'Review by the company admin', zh: '企业管理员审核' },
  credentials: { en: 'Enter App ID and App Secret', zh: '填写 App ID 和 App Secret' },
  'first-sync': { en: 'Mirror the company directory', zh: '同步企业通讯录' },
  'first-bindings': { en: 'Bind the first agents', zh: '绑定首批客服' },
  reminders: { en: 'Switch the Feishu reminder on', zh: '开启飞书提醒' },
};
