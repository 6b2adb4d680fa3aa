import type { Localized } from '../brands';
import type { Text } from './model';
import { oneLine, shorten } from './user-text';

/** Both languages of a text on one line, cut to so many characters each. */
export function bilingual(text: Text, longest: number): Localized {
  const { en, zh } = typeof text === 'string' ? { en: text, zh: text } : text;
  return { en: shorten(oneLine(en), longest), zh: shorten(oneLine(zh), longest) };
}

/** `Label: value` in both languages. */
export function labelled(label: Localized, value: Localized): Localized {
  return { en: `${label.en}: ${value.en}`, zh: `${label.zh}：${value.zh}` };
}
