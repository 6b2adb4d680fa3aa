import type { Localized } from '../brands';
import { RULE, buttonRow, frame, linkButton, paragraph } from './elements';
import type { CardV2 } from './model';

const TITLE: Localized = { en: 'Get your ticket reminders here', zh: '在这里接收工单提醒' };
const TEXT: Localized = {
  en: 'Your account is not connected to an agent of the ticket system yet. Sign in once, confirm your agent, and reminders of your tickets reach you in this chat.',
  zh: '您的账号还没有绑定工单系统的客服账号。登录一次并确认您的客服账号后，您的工单提醒会发送到此会话。',
};
const BUTTON: Localized = { en: 'Connect my agent', zh: '绑定客服账号' };
const WHY: Localized = {
  en: 'An admin of the ticket system sent you this invitation.',
  zh: '此邀请由工单系统管理员发送。',
};

/** Invites an unbound person to bind themselves; `url` is where they sign in. */
export function invitationCard({ url, language = 'zh' }: { url: string; language?: 'zh' | 'en' }): CardV2 {
  return frame({
    language,
    colour: 'blue',
    title: TITLE,
    subtitle: '',
    summary: TITLE,
    tags: [],
    elements: [
      paragraph(TEXT, language),
      ...buttonRow(linkButton(BUTTON, url, language, 'primary')),
      RULE,
      paragraph(WHY, language, { size: 'notation', colour: 'grey' }),
    ],
  });
}
