/** The words of the page, apart from those of the settings. */
import { words as checklist } from './checklist-words';
import { words as review } from './review-words';

export const words = {
  en: { ...checklist.en, ...review.en },
  zh: { ...checklist.zh, ...review.zh },
};
