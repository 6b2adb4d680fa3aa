import { inTwoLanguages } from '../two-languages';

/** Of the dialogs that bind, create and invite. */
export const dialogWords = inTwoLanguages(
  {
    paste: {
      what: 'One row per binding: employee, then agent, each an id, an e-mail or a mobile. Commas, semicolons and tabs part them; an exported list works as it is.',
      list: 'List',
      line: 'Line',
      replace: 'Replace existing bindings',
      try: 'Check without binding',
    },
    matching: {
      by: 'Match by',
      order: {
        'mobile,email': 'Mobile, then e-mail',
        'email,mobile': 'E-mail, then mobile',
        mobile: 'Mobile only',
        email: 'E-mail only',
      },
      regionWhat: 'For numbers that agents have without a country code.',
    },
    automatic: {
      what: 'Binds every agent whose mobile or e-mail leads to exactly one employee. Whatever leaves room for a guess is left to you.',
      dryRun: 'Dry run: show what would be bound and write nothing',
      try: 'Start the dry run',
      bind: 'Bind now',
    },
    forGood: {
      nothingYet: 'This was a dry run; nothing was bound.',
      would: 'Would be bound: {{number}}',
      bind: 'Bind these for good',
      effect:
        'Looks for matches again in the way below and binds them; the dry run found {{number}}. What has changed since then is looked at as it is now.',
    },
    create: {
      what: 'Creates an agent with the name, e-mail and mobile of the employee, and binds the two.',
      whom: 'Choose an employee.',
      role: 'Role',
      roleWhat: 'Key of the role in the ticket system; empty for a plain agent.',
      groups: 'Groups',
      groupsWhat: 'Ids of groups in the ticket system; those that agents are in are offered.',
      go: 'Create and bind',
    },
    invite: {
      what: 'Sends each of them a card with the way to bind themselves. Whoever is bound already cannot be chosen.',
      go: 'Send invitations ({{number}})',
      tooMany: 'At most {{number}} people at once.',
    },
  },
  {
    paste: {
      what: '每行一个绑定：先员工，后客服，可填 ID、邮箱或手机号，用逗号、分号或制表符分隔；导出的列表可直接粘贴。',
      list: '列表',
      line: '行',
      replace: '替换已有绑定',
      try: '仅检查，不绑定',
    },
    matching: {
      by: '匹配依据',
      order: {
        'mobile,email': '先手机号，后邮箱',
        'email,mobile': '先邮箱，后手机号',
        mobile: '仅手机号',
        email: '仅邮箱',
      },
      regionWhat: '用于客服资料中没有国家码的号码。',
    },
    automatic: {
      what: '绑定手机号或邮箱唯一对应一名员工的客服；凡需猜测的，都留给你决定。',
      dryRun: '试运行：只显示将绑定的结果，不写入',
      try: '开始试运行',
      bind: '立即绑定',
    },
    forGood: {
      nothingYet: '这是试运行，尚未绑定。',
      would: '将绑定：{{number}}',
      bind: '正式绑定',
      effect: '将按以下方式重新匹配并绑定；试运行找到 {{number}} 个。此后的变化以当前情况为准。',
    },
    create: {
      what: '用员工的姓名、邮箱和手机号创建客服，并绑定两者。',
      whom: '请选择员工。',
      role: '角色',
      roleWhat: '工单系统中的角色标识；留空为普通客服。',
      groups: '技能组',
      groupsWhat: '工单系统中的组 ID；已有客服所在的组可直接选择。',
      go: '创建并绑定',
    },
    invite: {
      what: '向每人发送一张卡片，由其自行绑定。已绑定的员工不可选择。',
      go: '发送邀请（{{number}}）',
      tooMany: '一次最多 {{number}} 人。',
    },
  },
);
