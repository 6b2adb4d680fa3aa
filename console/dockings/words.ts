import { inTwoLanguages } from '../two-languages';
import { words as create } from './create-words';

const list = inTwoLanguages(
  {
    title: 'Dockings',
    none: 'No docking yet.',
    name: 'Name',
    stateTitle: 'State',
    brand: 'Platform',
    app: 'App ID',
    company: 'Company',
    changed: 'Changed',
    state: {
      'setting-up': 'Setting up',
      'in-review': 'In review',
      live: 'Live',
      paused: 'Paused',
      disabled: 'Disabled',
    },
  },
  {
    title: '对接列表',
    none: '还没有对接。',
    name: '名称',
    stateTitle: '状态',
    brand: '平台',
    app: 'App ID',
    company: '企业',
    changed: '更新时间',
    state: {
      'setting-up': '设置中',
      'in-review': '审核中',
      live: '已启用',
      paused: '已暂停',
      disabled: '已停用',
    },
  },
);

export const words = {
  en: { ...list.en, ...create.en },
  zh: { ...list.zh, ...create.zh },
};
