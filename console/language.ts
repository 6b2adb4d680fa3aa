/** English and Chinese; each page keeps its own words beside it. */
import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { WORDS } from './words';

export const LANGUAGES = { en: 'English', zh: '中文' } as const;
export type Language = keyof typeof LANGUAGES;

const KEPT_AS = 'docking.language';

export const i18n = createInstance();

/** What the person chose last, else the browser's; English where it is neither. */
export function startLanguage(): void {
  const kept = window.localStorage.getItem(KEPT_AS) ?? navigator.language.slice(0, 2);
  void i18n.use(initReactI18next).init({
    lng: kept in LANGUAGES ? kept : 'en',
    fallbackLng: 'en',
    defaultNS: 'console',
    resources: WORDS,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = i18n.language;
}

export function chooseLanguage(language: Language): void {
  window.localStorage.setItem(KEPT_AS, language);
  document.documentElement.lang = language;
  void i18n.changeLanguage(language);
}
