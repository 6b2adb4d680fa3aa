/** Invisible characters that reorder or hide text, and control characters other than tab and line feed. */
// eslint-disable-next-line no-control-regex -- control characters are exactly what is removed here
const HARMFUL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]/g;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** User text for a `plain_text` element: shown as it is, without characters that could forge the look of the card. */
export function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(HARMFUL, '').replace(LONE_SURROGATE, '\uFFFD');
}

/** The same on one line, for titles and values. */
export function oneLine(text: string): string {
  return plain(text).replace(/\s+/g, ' ').trim();
}

/** Cuts to so many characters as people count them, with an ellipsis, never inside an emoji. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  if (longest <= 0) return '';
  // Only the front can stay, so only the front is split: graphemes of a long text cost time.
  const front = text.slice(0, longest * 12);
  const kept: string[] = [];
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(front)) {
    if (kept.length === longest) return `${kept.slice(0, longest - 1).join('')}…`;
    kept.push(segment);
  }
  return front.length === text.length ? text : `${kept.slice(0, longest - 1).join('')}…`;
}

const MARKDOWN_SIGNS = /[&*_~<>[\]()`#\\|!@$:+-]/g;

/**
 * User text for a `markdown` or `lark_md` element: every sign that formats, links or mentions becomes a character entity, so
 * that nobody can mention everybody, forge a link or hide text. Entities typed by the user stay visible as typed.
 */
export function escapeMarkdown(text: string): string {
  return plain(text).replace(MARKDOWN_SIGNS, (sign) => `&#${sign.charCodeAt(0)};`);
}

const WIDE: Readonly<Record<string, string>> = { '<': '＜', '>': '＞', '[': '［', ']': '］' };

/** For a `text` message, where tags such as `<at …>` and `[words](address)` are interpreted: brackets become their wide forms. */
export function escapeTextMessage(text: string): string {
  return plain(text).replace(/[<>[\]]/g, (sign) => WIDE[sign] ?? sign);
}

/** User text for a `text` message: as above, and clients make no link of an address in it. */
export function inertText(text: string): string {
  return escapeTextMessage(text).replaceAll('://', '：//');
}
