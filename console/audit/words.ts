import { inTwoLanguages } from '../two-languages';
import { actionWords } from './action-words';
import { detailWords } from './detail-words';

export const words = inTwoLanguages(
  {
    title: 'Who did what',
    none: 'Nothing yet.',
    at: 'When',
    actor: 'Who',
    action: 'What',
    detail: 'Detail',
    from: 'From',
    yes: 'yes',
    no: 'no',
    actors: {
      'credential-validation': 'Check of the app',
      'directory-sync': 'Directory sync',
      'onboarding-review': 'Set-up review',
    },
    actions: actionWords.en,
    details: detailWords.en,
  },
  {
    title: '操作记录',
    none: '暂无记录。',
    at: '时间',
    actor: '操作者',
    action: '操作',
    detail: '详情',
    from: '来源',
    yes: '是',
    no: '否',
    actors: {
      'credential-validation': '应用检查',
      'directory-sync': '通讯录同步',
      'onboarding-review': '接入审核',
    },
    actions: actionWords.zh,
    details: detailWords.zh,
  },
);
