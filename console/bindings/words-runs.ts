import { inTwoLanguages } from '../two-languages';

/** Of runs that bind by themselves, create agents or invite. */
export const runWords = inTwoLanguages(
  {
    all: 'All runs',
    none: 'Nothing was bound automatically yet.',
    nobody: 'Nobody.',
    report: 'Report per person',
    started: 'The run has started.',
    steered: 'Done.',
    kindTitle: 'What',
    kind: { auto: 'Automatic binding', 'create-agent': 'Create an agent', invite: 'Invitations' },
    dry: '{{kind}} (dry run)',
    state: {
      running: 'Running',
      paused: 'Paused',
      done: 'Done',
      failed: 'Failed',
      cancelled: 'Cancelled',
    },
    progress: 'Progress',
    looked: '{{done}} of {{total}} done',
    known: '{{done}} done',
    pause: 'Pause',
    resume: 'Go on',
    cancel: 'Cancel the run',
    cancelSure: 'End this run? What is bound stays bound.',
    failure: {
      cancelled: 'A person ended it. What was bound stays bound.',
      'Binding-FieldsMissing':
        'The employee has no mailbox or no name, and an agent needs both. Complete them in Feishu and sync, or create the agent by hand.',
      'Binding-NoSuchEmployee': 'The employee is not in the directory. Sync it and choose again.',
    },
  },
  {
    all: '全部任务',
    none: '还没有自动绑定。',
    nobody: '没有人员。',
    report: '逐人报告',
    started: '任务已开始。',
    steered: '完成。',
    kindTitle: '内容',
    kind: { auto: '自动绑定', 'create-agent': '创建客服', invite: '邀请' },
    dry: '{{kind}}（试运行）',
    state: { running: '运行中', paused: '已暂停', done: '已完成', failed: '失败', cancelled: '已取消' },
    progress: '进度',
    looked: '已处理 {{done}} / {{total}}',
    known: '已处理 {{done}}',
    pause: '暂停',
    resume: '继续',
    cancel: '取消任务',
    cancelSure: '结束本次任务？已完成的绑定会保留。',
    failure: {
      cancelled: '已由人工结束，已完成的绑定保留。',
      'Binding-FieldsMissing':
        '该员工缺少邮箱或姓名，而创建客服需要两者。请在飞书中补全后同步，或手动创建客服。',
      'Binding-NoSuchEmployee': '通讯录中没有该员工，请同步后重新选择。',
    },
  },
);
