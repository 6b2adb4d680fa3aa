import { inTwoLanguages } from '../two-languages';

export const words = inTwoLanguages(
  {
    product: 'Feishu docking',
    signOut: 'Sign out',
    again: 'Try again',
    cancel: 'Cancel',
    save: 'Save',
    close: 'Close',
    notFound: 'There is no such page.',
    home: 'All dockings',
    more: 'Load more',
    signedInAs: 'Signed in as {{role}}',
    role: { admin: 'admin', operator: 'operator', 'ticket-system': 'ticket system' },
    problem: {
      offline: 'The API does not answer. Nothing is lost; try again in a moment.',
      reference: 'Code {{type}}, request {{instance}}',
    },
    page: {
      setup: 'Set-up',
      directory: 'Directory',
      bindings: 'Agents',
      reminders: 'Reminders',
      deliveries: 'Deliveries',
      audit: 'Audit',
    },
  },
  {
    product: '飞书对接',
    signOut: '退出',
    again: '重试',
    cancel: '取消',
    save: '保存',
    close: '关闭',
    notFound: '页面不存在。',
    home: '全部对接',
    more: '加载更多',
    signedInAs: '当前身份：{{role}}',
    role: { admin: '管理员', operator: '运维', 'ticket-system': '工单系统' },
    problem: {
      offline: 'API 没有响应。数据没有丢失，请稍后重试。',
      reference: '代码 {{type}}，请求 {{instance}}',
    },
    page: {
      setup: '接入设置',
      directory: '通讯录',
      bindings: '客服绑定',
      reminders: '提醒规则',
      deliveries: '发送记录',
      audit: '操作记录',
    },
  },
);
