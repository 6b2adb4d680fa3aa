import type { Localized } from '../brands';

/** What a failure means for whoever has to act. One class, one action. */
export type ErrorClass =
  | 'token'
  | 'scope'
  | 'contact-range'
  | 'availability'
  | 'app-state'
  | 'network-policy'
  | 'rate'
  | 'server'
  | 'in-flight'
  | 'parameters'
  | 'content'
  | 'person-gone'
  | 'wrong-url'
  | 'unknown';

/** `never` = the same call fails again; `after` = try again after a stated or short wait; `normal` = back off and retry. */
export type RetryAdvice = 'never' | 'after' | 'normal';

export interface ClassPolicy {
  readonly retry: RetryAdvice;
  readonly meaning: Localized;
  readonly nextStep: Localized;
}

export const ERROR_CLASSES: Readonly<Record<ErrorClass, ClassPolicy>> = {
  token: {
    retry: 'normal',
    meaning: { en: 'The access token was refused.', zh: '访问令牌被拒绝。' },
    nextStep: {
      en: 'A fresh token is fetched by itself. If it goes on, check App ID and App Secret.',
      zh: '系统会自动获取新令牌；若持续出现，请检查 App ID 和 App Secret。',
    },
  },
  scope: {
    retry: 'never',
    meaning: { en: 'The app lacks a permission.', zh: '应用缺少权限。' },
    nextStep: {
      en: 'Request the named permission in the developer console, release a version, have it approved, check again.',
      zh: '在开发者后台申请所列权限，发布版本并通过审核后重新检查。',
    },
  },
  'contact-range': {
    retry: 'never',
    meaning: {
      en: "The department or person is outside the app's contact range.",
      zh: '该部门或成员不在应用的通讯录权限范围内。',
    },
    nextStep: {
      en: 'Widen the contact range of the app (all members is recommended).',
      zh: '扩大应用的通讯录权限范围（建议选择全部成员）。',
    },
  },
  availability: {
    retry: 'never',
    meaning: { en: 'The app is not available to this person.', zh: '该成员不在应用的可用范围内。' },
    nextStep: {
      en: 'Add the person, their department, or all members to the availability of the app.',
      zh: '将该成员、其部门或全部成员加入应用的可用范围。',
    },
  },
  'app-state': {
    retry: 'never',
    meaning: { en: 'The app cannot be used as it is.', zh: '应用当前无法使用。' },
    nextStep: {
      en: 'Check App ID, App Secret and brand, and that the app is released, approved and enabled.',
      zh: '检查 App ID、App Secret 和品牌，并确认应用已发布、审核通过且已启用。',
    },
  },
  'network-policy': {
    retry: 'never',
    meaning: {
      en: "This server's IP address is not on the app's allow-list.",
      zh: '本服务器的 IP 不在应用的白名单中。',
    },
    nextStep: {
      en: "Add the server's outgoing IP address under security settings of the app, or empty the list.",
      zh: '在应用的安全设置中加入服务器出口 IP，或清空白名单。',
    },
  },
  rate: {
    retry: 'after',
    meaning: { en: 'Too many calls at the moment.', zh: '当前调用过于频繁。' },
    nextStep: { en: 'Nothing to do: it is repeated later.', zh: '无需处理：系统会稍后重试。' },
  },
  server: {
    retry: 'normal',
    meaning: { en: 'Feishu could not be reached or failed by itself.', zh: '飞书服务无法访问或内部出错。' },
    nextStep: {
      en: 'Nothing to do: it is repeated with growing pauses. If it lasts, check network and platform status.',
      zh: '无需处理：系统会逐渐延长间隔重试；若持续出现，请检查网络和平台状态。',
    },
  },
  'in-flight': {
    retry: 'after',
    meaning: { en: 'The same message is being sent already.', zh: '同一条消息正在发送中。' },
    nextStep: {
      en: 'Nothing to do: it is repeated with the same uuid.',
      zh: '无需处理：系统会用相同的 uuid 重试。',
    },
  },
  parameters: {
    retry: 'never',
    meaning: { en: 'Feishu refused a value in the request.', zh: '飞书拒绝了请求中的参数。' },
    nextStep: {
      en: 'Check that the id belongs to this app and tenant; report the log id if it does.',
      zh: '检查 ID 是否属于该应用和企业；若无误，请提供日志 ID 反馈。',
    },
  },
  content: {
    retry: 'never',
    meaning: { en: 'Feishu refused the content of the message.', zh: '飞书拒绝了消息内容。' },
    nextStep: {
      en: 'It is sent once more: shortened, as plain text with contact data masked, or after 230022 without the words of the ticket.',
      zh: '系统会缩短内容，或以隐去联系方式的纯文本再发送一次；230022 时不含工单内容。',
    },
  },
  'person-gone': {
    retry: 'never',
    meaning: { en: 'The person left or blocked the bot.', zh: '该成员已离职或屏蔽了机器人。' },
    nextStep: {
      en: 'Bind the agent to another employee, or ask the person to unblock the bot.',
      zh: '将客服绑定到其他员工，或请该成员取消屏蔽机器人。',
    },
  },
  'wrong-url': {
    retry: 'never',
    meaning: { en: 'The address does not answer like Feishu.', zh: '该地址的响应不像飞书接口。' },
    nextStep: {
      en: 'Check the platform URL and the brand of the docking.',
      zh: '检查对接配置中的平台地址和品牌。',
    },
  },
  unknown: {
    retry: 'never',
    meaning: {
      en: 'Feishu answered with a code that is not in the catalogue.',
      zh: '飞书返回了未收录的错误码。',
    },
    nextStep: {
      en: 'Look the code up in the platform documentation; give Feishu support the log id.',
      zh: '在平台文档中查询该错误码，并向飞书支持提供日志 ID。',
    },
  },
};
