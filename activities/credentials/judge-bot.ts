/** Findings about the bot. Pure; "not told" is `unknown`, never `passed`. */
import type { Bot, Localized } from '../../feishu';
import type { Finding } from './finding';

const ENABLED: Localized = { en: 'enabled', zh: '已启用' };

/** What `activate_status` means, by its number. */
const STATES: readonly Localized[] = [
  { en: 'not activated', zh: '未激活' },
  { en: 'disabled by the company', zh: '已被企业停用' },
  ENABLED,
  { en: 'installed, waits to be enabled', zh: '已安装，待启用' },
  { en: 'waits for an upgrade', zh: '待升级' },
  { en: 'licence expired', zh: '授权已过期' },
  { en: 'plan expired', zh: '套餐已过期' },
];
const ON = 2;

export function botFinding({ activateStatus: status, name, openId }: Bot): Finding {
  const base = { id: 'bot', expected: ENABLED, detail: { name: name ?? null, openId: openId ?? null } };
  if (status === undefined) {
    return {
      ...base,
      state: 'unknown',
      message: { en: 'Feishu does not tell whether the bot is enabled.', zh: '飞书未返回机器人是否启用。' },
    };
  }
  const found = STATES[status] ?? { en: `status ${status}`, zh: `状态 ${status}` };
  if (status === ON) {
    return { ...base, state: 'passed', found, message: { en: 'The bot answers.', zh: '机器人有响应。' } };
  }
  return {
    ...base,
    state: 'failed',
    found,
    message: {
      en: `The bot is ${found.en}: add it, release a version, have it approved.`,
      zh: `机器人${found.zh}：请添加机器人，发布版本并通过审核。`,
    },
  };
}

/** unverified: no page names the code for a bot that is off, so any plain refusal of this call means just that. */
export function botRefused(code: number): Finding {
  return {
    id: 'bot',
    state: 'failed',
    expected: ENABLED,
    found: { en: `no answer, code ${code}`, zh: `无响应，错误码 ${code}` },
    message: {
      en: `The bot does not answer (code ${code}): add the bot, release a version, have it approved.`,
      zh: `机器人无响应（错误码 ${code}）：请添加机器人，发布版本并通过审核。`,
    },
  };
}
