/** What the page of a handed over step says around the step itself. */
import type { OnboardingStep, Owner } from '../store';
import type { Language } from './language';

interface HandoverWords {
  app: Record<'feishu' | 'lark', string>;
  owner: Record<Owner, string>;
  state: Record<OnboardingStep['state'], string>;
  /** `to` and `state` are HTML. */
  whose(to: string, owner: string, state: string, since: string): string;
  rejected: string;
  open: string;
  /** HTML around `link`: its words in an anchor, and what to do with the text below. */
  permissions(link: (words: string) => string): string;
  check: string;
  comment: string;
  approve: string;
  whyNot: string;
  reject: string;
  until(day: string): string;
}

export const HANDOVER_WORDS: Record<Language, HandoverWords> = {
  en: {
    app: { feishu: 'Feishu app', lark: 'Lark app' },
    owner: {
      'feishu-admin': 'feishu-admin',
      'feishu-developer': 'feishu-developer',
      'ticket-admin': 'ticket-admin',
    },
    state: { open: 'open', waiting: 'waiting', done: 'done', rejected: 'rejected' },
    whose: (to, owner, state, since) => `For ${to}, as ${owner}. State: ${state} since ${since}.`,
    rejected: 'Rejected: ',
    open: 'Open the page where it is done',
    permissions: (link) =>
      `${link('Open the permission page with all missing ones selected')}, or copy this into its batch import:`,
    check: 'Check again',
    comment: 'Comment',
    approve: 'Approve',
    whyNot: 'Why not',
    reject: 'Reject',
    until: (day) => `This link shows this step only and works until ${day}.`,
  },
  zh: {
    app: { feishu: '飞书应用', lark: 'Lark 应用' },
    owner: {
      'feishu-admin': '飞书企业管理员',
      'feishu-developer': '飞书应用开发者',
      'ticket-admin': '工单系统管理员',
    },
    state: { open: '待处理', waiting: '等待中', done: '完成', rejected: '已退回' },
    whose: (to, owner, state, since) => `转交给 ${to}，角色：${owner}。状态：${state}，自 ${since}。`,
    rejected: '已退回：',
    open: '打开操作页面',
    permissions: (link) => `${link('打开权限页面，缺少的权限已预先勾选')}；或将以下文本复制到“批量导入”：`,
    check: '重新检查',
    comment: '备注',
    approve: '批准',
    whyNot: '原因',
    reject: '退回',
    until: (day) => `此链接只显示这一步，有效至 ${day}。`,
  },
};
