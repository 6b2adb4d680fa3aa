import { inTwoLanguages } from '../two-languages';

export const words = inTwoLanguages(
  {
    title: 'Who did what',
    none: 'Nothing yet.',
    at: 'When',
    actor: 'Who',
    action: 'What',
    detail: 'Detail',
    from: 'From',
  },
  {
    title: '操作记录',
    none: '暂无记录。',
    at: '时间',
    actor: '操作者',
    action: '操作',
    detail: '详情',
    from: '来源',
  },
);
