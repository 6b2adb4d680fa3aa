import { inTwoLanguages } from '../two-languages';

export const words = inTwoLanguages({ title: 'Agents' }, { title: '客服绑定' });
