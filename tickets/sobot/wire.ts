/**
 * Sobot's answers change their types from call to call: the same field is "6" and 6, an empty one is absent, "" or
 * null. Everything is read through these.
 */

export type Wire = Readonly<Record<string, unknown>>;

/** Text of a text or number; '' for everything that means "none". */
export function text(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return '';
}

/** As `text`, but undefined for none. */
export function given(value: unknown): string | undefined {
  return text(value) || undefined;
}

export function count(value: unknown): number | undefined {
  const number = Number(given(value));
  return Number.isInteger(number) && number >= 0 ? number : undefined;
}

export function record(value: unknown): Wire {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Wire) : {};
}

export function records(value: unknown): Wire[] {
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is Wire => one !== null && typeof one === 'object');
}

/** Lists inside one text come with commas in queries and semicolons elsewhere, both also full-width. */
export function split(value: unknown): string[] {
  return text(value)
    .split(/[,;，；]/)
    .map((part) => part.trim())
    .filter(Boolean);
}

/** Text of HTML for an excerpt; entities as far as editors write them. */
export function plain(html: string): string {
  return html
    .replace(/<(br|\/p|\/div|\/li)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}

/** A person's text as the HTML that replies carry. */
export function html(plainText: string): string {
  const escaped = plainText.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `<p>${escaped.replace(/\r?\n/g, '<br>')}</p>`;
}
