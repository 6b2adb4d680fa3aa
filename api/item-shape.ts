/** An item of the checklist as it leaves the API: its texts in one language. */
import type { ChecklistItem } from '../store';
import type { Language } from './language';

export type ItemShape = Omit<ChecklistItem, 'chinese'>;

/** In English where it was checked before Chinese was kept. */
export const itemShape = ({ chinese, ...item }: ChecklistItem, language: Language): ItemShape =>
  language === 'zh' && chinese ? { ...item, ...chinese } : item;
