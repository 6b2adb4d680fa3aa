import type { CardV2 } from './model';

const TRANSLATIONS = new Set(['i18n_content', 'locales']);

/**
 * The card without its translations, when somebody asked for one language: its texts stand in that language already, and a
 * client would prefer its own. Undefined leaves both in.
 */
export function spoken(card: CardV2, language: 'zh' | 'en' | undefined): CardV2 {
  return language === undefined ? card : (withoutTranslations(card) as CardV2);
}

function withoutTranslations(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutTranslations);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part)
      .filter(([name]) => !TRANSLATIONS.has(name))
      .map(([name, value]: [string, unknown]) => [name, withoutTranslations(value)]),
  );
}
