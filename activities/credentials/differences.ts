/** Where two texts part, said so that a slash too many or an invisible character is seen. Pure. */

export interface Difference {
  /** 1 = the first character. */
  at: number;
  /** The character as text and code point; null = the text has ended. */
  expected: string | null;
  found: string | null;
  /** What it looks like in plain words; null when it is no usual slip. */
  slip: string | null;
}

/** Null when they are the same, byte for byte. Counts code points, so that an emoji is one character. */
export function difference(expected: string, found: string): Difference | null {
  if (expected === found) return null;
  const [wanted, seen] = [[...expected], [...found]];
  let at = 0;
  while (at < wanted.length && wanted[at] === seen[at]) at += 1;
  return { at: at + 1, expected: shown(wanted[at]), found: shown(seen[at]), slip: slip(expected, found) };
}

/** One sentence for a checklist message. */
export function differenceText(expected: string, found: string | undefined): string {
  if (found === undefined || found === '') return 'None is set.';
  const parts = difference(expected, found);
  if (!parts) return 'They are the same.';
  const where = `Character ${parts.at}: expected ${parts.expected ?? 'the end'}, found ${parts.found ?? 'the end'}`;
  return parts.slip ? `${where} (${parts.slip}).` : `${where}.`;
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

function slip(expected: string, found: string): string | null {
  const bare = (text: string): string => text.replace(/\/+$/, '');
  if (found.trim() === expected) return 'white space around it';
  if (found.replace(/[\p{Z}\p{C}]/gu, '') === expected) return 'an invisible character inside';
  if (bare(found) === bare(expected)) {
    return found.length > expected.length ? 'a slash too many at the end' : 'the slash at the end is missing';
  }
  if (found.replace(/^https?:/, '') === expected.replace(/^https?:/, ''))
    return 'http and https are mixed up';
  if (found.toLowerCase() === expected.toLowerCase()) return 'upper and lower case differ';
  return hostOf(found) !== hostOf(expected) ? 'the host differs' : null;
}

function hostOf(text: string): string | null {
  return URL.canParse(text) ? new URL(text).host : null;
}
