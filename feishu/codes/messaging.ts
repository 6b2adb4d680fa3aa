import type { CodeRow } from './rows';

/** Messages, cards, batch messages and late card updates. */
export const MESSAGING_CODES: readonly CodeRow[] = [
  [
    230001,
    'parameters',
    'A parameter is not valid; often the id of a person from another app.',
    '参数无效；常见原因是使用了其他应用的用户 ID。',
  ],
  [230002, 'availability', 'The bot is not in this chat.', '机器人不在该群中。'],
  [230006, 'app-state', 'The bot ability is off or not released.', '机器人能力未启用或未发布。'],
  [230009, 'parameters', 'It is too late to recall the message.', '已超过消息撤回时限。'],
  [230011, 'parameters', 'The message was recalled.', '消息已被撤回。'],
  [230012, 'parameters', 'Only the sender may do this.', '只有发送者可以执行此操作。'],
  [230013, 'availability', 'The app is not available to this person.', '该成员不在应用的可用范围内。'],
  [230015, 'parameters', 'A private chat cannot be shared.', '单聊不能分享。'],
  [230017, 'content', 'The file or image belongs to another app.', '文件或图片属于其他应用。'],
  [230018, 'availability', 'The settings of the group forbid it.', '群设置不允许此操作。'],
  [230019, 'parameters', 'The topic does not exist.', '话题不存在。'],
  [
    230020,
    'rate',
    'Too many messages for this person, chat or message at once.',
    '对该成员、会话或消息的发送过于频繁。',
  ],
  [230022, 'content', 'The content holds sensitive information.', '内容包含敏感信息。'],
  [230023, 'rate', 'The person has too many unread urgent messages.', '该成员未读加急消息过多。', 'never'],
  [230024, 'rate', 'The quota of urgent messages is used up.', '加急消息额度已用完。', 'never'],
  [230025, 'content', 'The content is too long.', '内容超过长度上限。'],
  [230026, 'parameters', 'The bot may not recall this message.', '机器人无权撤回该消息。'],
  [230027, 'scope', 'A permission for messages is missing.', '缺少消息权限。'],
  [
    230028,
    'content',
    'The content was stopped by data-loss prevention: phone numbers or email addresses can cause it.',
    '内容未通过数据防泄漏审核：可能包含手机号或邮箱。',
  ],
  [230029, 'person-gone', 'The person has left the company.', '该成员已离职。'],
  [
    230031,
    'parameters',
    'The message is older than 14 days and can no longer be updated.',
    '消息已超过 14 天，无法再更新。',
  ],
  [
    230033,
    'parameters',
    'The message is older than 7 days: readers are no longer told.',
    '消息已超过 7 天，无法查询已读成员。',
  ],
  [230034, 'parameters', 'The receiver id does not fit its type.', '接收者 ID 与类型不符。'],
  [
    230035,
    'availability',
    'The person blocked the bot, the group is muted, or a communication rule forbids it.',
    '该成员屏蔽了机器人、群被禁言，或沟通权限规则不允许。',
  ],
  [230036, 'app-state', "The tenant's encryption key was deleted.", '企业密钥已被删除。'],
  [230038, 'parameters', 'The person belongs to another tenant.', '该成员属于其他企业。'],
  [230049, 'in-flight', 'The same message is being sent.', '同一条消息正在发送中。'],
  [230050, 'parameters', 'The bot cannot see this message.', '机器人无法看到该消息。'],
  [
    230053,
    'person-gone',
    'The person stopped receiving messages from the bot.',
    '该成员已停止接收机器人的消息。',
  ],
  [230054, 'content', 'This kind of message does not allow it.', '此类消息不支持该操作。'],
  [230055, 'content', 'The file does not fit its type.', '文件类型不匹配。'],
  [230075, 'content', 'Encrypted messages do not allow it.', '加密消息不支持该操作。'],
  [230099, 'content', 'The card could not be built from its JSON.', '卡片内容创建失败。'],
  [230110, 'parameters', 'The message was deleted.', '消息已被删除。'],
  [232009, 'parameters', 'The chat was dissolved.', '群已解散。'],
  ...batchRows(),
  [10002, 'parameters', 'A parameter is not valid.', '参数无效。'],
  [100000, 'parameters', 'The late card update is not valid.', '卡片延时更新请求无效。'],
  [100030, 'parameters', 'The late card update is not valid.', '卡片延时更新请求无效。'],
  [200000, 'content', 'The card is not valid.', '卡片无效。'],
  [200310, 'content', 'The card is not valid.', '卡片无效。'],
  [200320, 'content', 'The card is not valid.', '卡片无效。'],
  [300020, 'parameters', 'The token of the click is not valid.', '卡片交互令牌无效。'],
  [
    300030,
    'parameters',
    'The token of the click has expired (30 minutes).',
    '卡片交互令牌已过期（30 分钟）。',
  ],
  [300040, 'parameters', 'The token of the click was used too often.', '卡片交互令牌使用次数已达上限。'],
  [300090, 'content', 'The card is not valid.', '卡片无效。'],
];

function batchRows(): CodeRow[] {
  const refused = [11101, 11203, 11204, 11205, 11207, 11209, 11210, 11223, 11246, 11312];
  return [
    ...refused.map((code): CodeRow => [
      code,
      'parameters',
      'The batch message was refused.',
      '批量消息被拒绝。',
    ]),
    [
      11247,
      'rate',
      "The app's daily number of batch messages is used up.",
      '应用当日批量消息额度已用完。',
      'never',
    ],
  ];
}

/** Reasons inside the text of 230099 (`ErrCode: <n>`). */
export const CARD_REASONS: ReadonlyMap<number, string> = new Map([
  [100290, 'a mention or person in the card is not valid'],
  [11310, 'too many elements, or a structure that is not allowed'], // unverified: meaning from memory
  [200380, 'the template does not exist'],
  [200381, 'the template is not visible to the app'],
  [200550, 'the chart specification is not valid'],
  [200570, 'an image key belongs to another app'],
  [200621, 'the card JSON cannot be parsed'],
  [200732, 'a template variable has the wrong type'],
  [200737, 'a template variable has the wrong format'],
  [200861, 'an element that card schema 2.0 no longer knows'],
  [200914, 'too many table rows'],
  [200915, 'too many table rows'],
]);
