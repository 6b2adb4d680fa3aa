import { escapeHtml, safeHref } from './html';

/** Turns an id inside `<at id=…>` into the name a reader sees. */
export type NameOf = (id: string) => string;

const colours = new Set([
  'grey',
  'gray',
  'red',
  'green',
  'blue',
  'orange',
  'yellow',
  'purple',
  'violet',
  'indigo',
  'carmine',
  'turquoise',
  'wathet',
  'lime',
]);

/** Stands around the number of a piece set aside; a private-use character, removed from what people wrote. */
const MARK = '\uE000';

/**
 * The part of the platform's card markdown that ticket cards use, as HTML: bold, italics, strike-through,
 * links, code, lists, quotes, headings, rules, `<at>`, `<font color>` and `<br>`.
 * Everything is escaped first; only marks known here come back as elements.
 */
export function renderMarkdown(source: string, nameOf: NameOf): string {
  const html: string[] = [];
  let list: 'ul' | 'ol' | undefined;
  let code: string[] | undefined;
  const closeList = (): void => {
    if (list) html.push(`</${list}>`);
    list = undefined;
  };
  for (const line of source.replace(/<br\s*\/?>/gi, '\n').split('\n')) {
    if (line.startsWith('```')) {
      closeList();
      if (code) html.push(`<pre>${code.map(escapeHtml).join('\n')}</pre>`);
      code = code ? undefined : [];
      continue;
    }
    if (code) {
      code.push(line);
      continue;
    }
    const item = /^\s*(?:([-*])|\d+\.)\s+(.*)$/.exec(line);
    if (item) {
      const kind = item[1] ? 'ul' : 'ol';
      if (list !== kind) {
        closeList();
        html.push(`<${kind}>`);
        list = kind;
      }
      html.push(`<li>${inline(item[2] ?? '', nameOf)}</li>`);
      continue;
    }
    closeList();
    html.push(block(line, nameOf));
  }
  closeList();
  if (code) html.push(`<pre>${code.map(escapeHtml).join('\n')}</pre>`);
  return html.join('');
}

function block(line: string, nameOf: NameOf): string {
  if (/^\s*-{3,}\s*$/.test(line)) return '<hr>';
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading) return `<p class="heading">${inline(heading[2] ?? '', nameOf)}</p>`;
  if (line.startsWith('> ')) return `<blockquote>${inline(line.slice(2), nameOf)}</blockquote>`;
  return line.trim() === '' ? '<p class="gap"></p>' : `<p>${inline(line, nameOf)}</p>`;
}

/**
 * Marks within a line. Backslash escapes, code, mentions and links are set aside before the emphasis is read,
 * so that a `_` in an address or an escaped `*` stays what it is.
 */
function inline(text: string, nameOf: NameOf): string {
  const kept: string[] = [];
  const keep = (html: string): string => `${MARK}${kept.push(html) - 1}${MARK}`;
  const marked = text
    .replaceAll(MARK, '')
    .replace(/\\([\\*_~`[\]()<>#+\-.!|&])/g, (_, character: string) => keep(escapeHtml(character)))
    .replace(/`([^`]+)`/g, (_, code: string) => keep(`<code>${escapeHtml(code)}</code>`))
    .replace(
      /<at\s+(?:id|ids|user_id|email)\s*=\s*["']?([^"'>\s]*)["']?[^>]*>(?:[^<]*<\/at>)?/g,
      (_, ids: string) =>
        keep(
          ids
            .split(',')
            .map((id) => `<span class="at">@${escapeHtml(nameOf(id))}</span>`)
            .join(' '),
        ),
    )
    .replace(/!\[([^\]]*)\]\([^)\s]*\)/g, (_, alt: string) =>
      keep(`<span class="image">${escapeHtml(alt)}</span>`),
    )
    .replace(/\[([^\]]*)\]\(([^)\s]+)\)/g, (_, label: string, url: string) =>
      keep(
        `<a href="${safeHref(url)}" target="_blank" rel="noreferrer noopener">${restore(escapeHtml(label), kept)}</a>`,
      ),
    )
    .replace(
      /<font\s+color\s*=\s*["']?([\w-]+)["']?\s*>(.*?)<\/font>/gi,
      (_, colour: string, body: string) =>
        keep(`<span${colours.has(colour) ? ` class="font-${colour}"` : ''}>`) + body + keep('</span>'),
    );
  const emphasised = escapeHtml(marked)
    .replace(/&amp;(#\d{1,6}|#x[\da-fA-F]{1,6}|lt|gt|amp|quot|nbsp);/g, '&$1;')
    .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replace(/__(.+?)__/g, '<b>$1</b>')
    .replace(/~~(.+?)~~/g, '<s>$1</s>')
    .replace(/(^|[^*])\*([^*\s][^*]*)\*/g, '$1<i>$2</i>')
    .replace(/(^|[^\w_])_([^_\s][^_]*)_(?=$|[^\w_])/g, '$1<i>$2</i>');
  return restore(emphasised, kept);
}

function restore(text: string, kept: readonly string[]): string {
  return text.replace(/\uE000(\d+)\uE000/g, (_, index: string) => kept[Number(index)] ?? '');
}
