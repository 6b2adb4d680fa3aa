import { inTwoLanguages } from '../two-languages';
export const words = inTwoLanguages({ title: 'Deliveries' }, { title: '发送记录' });
