/** What becomes of a card for reasons that are not the rules' own; those are in the API's catalogue. */
import { inTwoLanguages } from '../two-languages';

export const reasonWords = inTwoLanguages(
  {
    refusal: '{{meaning}} Next: {{nextStep}} ({{code}})',
    forNow: 'Tried again by itself: {{said}}',
    'docking-paused':
      'The docking was paused when the card was due. It goes out when the docking is resumed.',
    'gave-up':
      'It was tried for a day without an answer. Next: see that Feishu is reachable, then replay the card.',
    digest: 'It goes out with a digest.',
    webhook: 'The fallback webhook did not answer.',
    'webhook:refused':
      'The fallback webhook refused it. Next: check its address and secret under Reminders, Roles.',
  },
  {
    refusal: '{{meaning}}下一步：{{nextStep}}（{{code}}）',
    forNow: '系统会自动重试：{{said}}',
    'docking-paused': '应发送时对接已暂停；恢复对接后会自动发出。',
    'gave-up': '已重试一天，始终没有得到响应。下一步：确认飞书可以访问，然后重发此卡片。',
    digest: '将随汇总发出。',
    webhook: '兜底 Webhook 没有响应。',
    'webhook:refused': '兜底 Webhook 拒绝接收。下一步：在“提醒规则 → 角色”中检查其地址和密钥。',
  },
);
