/** Where two texts part, said so that a slash too many or an invisible character is seen. Pure. */
import type { Localized } from '../../feishu';

export interface Difference {
  /** 1 = the first character. */
  at: number;
  /** The character as text and code point; null = the text has ended. */
  expected: string | null;
  found: string | null;
  /** What it looks like in plain English; null when it is no usual slip. */
  slip: string | null;
}

/** Null when they are the same, byte for byte. Counts code points, so that an emoji is one character. */
export function difference(expected: string, found: string): Difference | null {
  if (expected === found) return null;
  const [wanted, seen] = [[...expected], [...found]];
  let at = 0;
  while (at < wanted.length && wanted[at] === seen[at]) at += 1;
  return {
    at: at + 1,
    expected: shown(wanted[at]),
    found: shown(seen[at]),
    slip: slip(expected, found)?.en ?? null,
  };
}

/** One sentence for a checklist message. */
export function differenceText(expected: string, found: string | undefined): Localized {
  if (found === undefined || found === '') return { en: 'None is set.', zh: '尚未设置。' };
  const parts = difference(expected, found);
  if (!parts) return { en: 'They are the same.', zh: '两者相同。' };
  const like = slip(expected, found);
  return {
    en: `Character ${parts.at}: expected ${parts.expected ?? 'the end'}, found ${parts.found ?? 'the end'}${like ? ` (${like.en})` : ''}.`,
    zh: `第 ${parts.at} 个字符：期望 ${parts.expected ?? '结尾'}，实际 ${parts.found ?? '结尾'}${like ? `（${like.zh}）` : ''}。`,
  };
}

/** The candidate that agrees longest with what is expected; that is most likely the one that was meant. */
export function closest(expected: string, candidates: readonly string[]): string | undefined {
  const agreement = (candidate: string): number => (difference(expected, candidate)?.at ?? Infinity) - 1;
  return [...candidates].sort((a, b) => agreement(b) - agreement(a))[0];
}

function shown(character: string | undefined): string | null {
  if (character === undefined) return null;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `"${character}" (U+${code})` : `U+${code}`;
}

function slip(expected: string, found: string): Localized | null {
  const bare = (text: string): string => text.replace(/\/+$/, '');
  if (found.trim() === expected) return { en: 'white space around it', zh: '首尾有空白' };
  if (found.replace(/[\p{Z}\p{C}]/gu, '') === expected)
    return { en: 'an invisible character inside', zh: '含有不可见字符' };
  if (bare(found) === bare(expected)) {
    return found.length > expected.length
      ? { en: 'a slash too many at the end', zh: '结尾多了一个斜杠' }
      : { en: 'the slash at the end is missing', zh: '结尾少了一个斜杠' };
  }
  if (found.replace(/^https?:/, '') === expected.replace(/^https?:/, ''))
    return { en: 'http and https are mixed up', zh: 'http 与 https 不一致' };
  if (found.toLowerCase() === expected.toLowerCase()) {
    return { en: 'upper and lower case differ', zh: '大小写不一致' };
  }
  return hostOf(found) !== hostOf(expected) ? { en: 'the host differs', zh: '域名不同' } : null;
}

function hostOf(text: string): string | null {
  return URL.canParse(text) ? new URL(text).host : null;
}
