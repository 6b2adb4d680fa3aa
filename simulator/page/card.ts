import { escapeHtml, safeHref } from './html';
import { renderMarkdown } from './markdown';
import type { NameOf } from './markdown';

export type Language = 'zh_cn' | 'en_us';

type Json = Record<string, unknown>;

const templates = new Set(
  'blue wathet turquoise green yellow orange red carmine violet purple indigo grey default'.split(' '),
);
const tagColours = new Set(
  'neutral blue turquoise lime orange violet indigo wathet green yellow red purple carmine'.split(' '),
);

/**
 * A card (JSON v1 or v2) as HTML. Interactive components carry `data-action` with the JSON that a click sends;
 * links are plain anchors. Unknown components appear as their tag in grey, never as raw text.
 */
export function renderCard(card: Json, language: Language, nameOf: NameOf): string {
  return new CardView(language, nameOf).card(card);
}

class CardView {
  constructor(
    private readonly language: Language,
    private readonly nameOf: NameOf,
  ) {}

  card(card: Json): string {
    const link = object(card['card_link']);
    const i18n = object(card['i18n_elements']);
    const body = object(card['body']);
    const elements = body?.['elements'] ?? i18n?.[this.language] ?? card['elements'] ?? [];
    const more = typeof link?.['url'] === 'string' && link['url'] !== '' ? this.link(link['url'], '') : '';
    return `<article class="card">${this.header(object(card['header']))}<div class="card-body">${this.list(elements)}</div>${more}</article>`;
  }

  private header(header: Json | undefined): string {
    if (!header) return '';
    const colour = word(header['template'], 'default');
    const tags = list(header['text_tag_list'])
      .map((tag) => this.textTag(tag))
      .join('');
    const subtitle = this.text(header['subtitle']);
    return (
      `<header class="card-header template-${templates.has(colour) ? colour : 'default'}">` +
      `<div class="card-title"><span>${this.text(header['title'])}</span>${tags}</div>` +
      `${subtitle ? `<div class="card-subtitle">${subtitle}</div>` : ''}</header>`
    );
  }

  private textTag(tag: Json): string {
    const colour = word(tag['color'], 'neutral');
    return `<span class="tag tag-${tagColours.has(colour) ? colour : 'neutral'}">${this.text(tag['text'])}</span>`;
  }

  private list(elements: unknown): string {
    return list(elements)
      .map((element) => this.element(element))
      .join('');
  }

  private element(node: Json): string {
    const tag = word(node['tag'], '?');
    switch (tag) {
      case 'div':
        return `<div class="row">${this.text(node['text'])}${this.fields(node['fields'])}${this.extra(node['extra'])}</div>`;
      case 'markdown':
        return `<div class="row markdown ${node['text_size'] === 'notation' ? 'notation' : ''}">${this.markdown(node)}</div>`;
      case 'plain_text':
      case 'lark_md':
        return `<span>${this.text(node)}</span>`;
      case 'hr':
        return '<hr>';
      case 'note':
        return `<div class="row note">${this.list(node['elements'])}</div>`;
      case 'img':
        return `<div class="row image">${this.text(node['alt']) || '🖼'}</div>`;
      case 'action':
        return `<div class="row actions">${this.list(node['actions'])}</div>`;
      case 'column_set':
        return `<div class="row columns ${node['flex_mode'] === 'stretch' ? 'stretch' : ''} ${background(node)}">${this.list(node['columns'])}</div>`;
      case 'column':
        return `<div class="column ${background(node)}" style="flex:${weight(node)}">${this.list(node['elements'])}</div>`;
      case 'form':
        return `<div class="row container" data-form>${this.list(node['elements'])}</div>`;
      case 'input':
        return this.input(node);
      case 'interactive_container':
        return `<div class="row container">${this.list(node['elements'])}</div>`;
      case 'collapsible_panel':
        return `<details class="row panel"${node['expanded'] === true ? ' open' : ''}><summary>${this.text(object(node['header'])?.['title']) || '…'}</summary>${this.list(node['elements'])}</details>`;
      case 'button':
        return this.button(node);
      case 'overflow':
      case 'select_static':
        return this.select(node);
      case 'person':
        return `<span class="at">@${escapeHtml(this.nameOf(word(node['user_id'], '')))}</span>`;
      default:
        return `<div class="row unknown">[${escapeHtml(tag)}]</div>`;
    }
  }

  private fields(fields: unknown): string {
    const cells = list(fields).map(
      (field) =>
        `<div class="field${field['is_short'] === true ? ' short' : ''}">${this.text(field['text'])}</div>`,
    );
    return cells.length > 0 ? `<div class="fields">${cells.join('')}</div>` : '';
  }

  private extra(extra: unknown): string {
    const node = object(extra);
    return node ? `<div class="extra">${this.element(node)}</div>` : '';
  }

  private button(node: Json): string {
    const type = word(node['type'], 'default');
    const label = this.text(node['text']);
    const behaviours = list(node['behaviors']);
    const callback = behaviours.find((behaviour) => behaviour['type'] === 'callback');
    const opens = behaviours.find((behaviour) => behaviour['type'] === 'open_url');
    const url = opens?.['default_url'] ?? node['url'] ?? object(node['multi_url'])?.['url'];
    const value = callback?.['value'] ?? node['value'];
    const kind = /primary|danger/.exec(type)?.[0] ?? 'default';
    const classes = `button button-${kind}${node['width'] === 'fill' ? ' fill' : ''}`;
    const submits = node['form_action_type'] === 'submit' || node['action_type'] === 'form_submit';
    if (value === undefined && typeof url === 'string' && url !== '') return this.link(url, label, classes);
    if (node['disabled'] === true || (value === undefined && !submits))
      return `<button class="${classes}" disabled>${label}</button>`;
    const confirm = object(node['confirm']);
    const question = confirm ? `${this.text(confirm['title'])}\n${this.text(confirm['text'])}` : '';
    const action = { tag: 'button', value, ...(node['name'] === undefined ? {} : { name: node['name'] }) };
    return `<button class="${classes}" data-action="${escapeHtml(JSON.stringify(action))}"${submits ? ' data-submit' : ''}${question ? ` data-confirm="${question}"` : ''}>${label}</button>`;
  }

  private input(node: Json): string {
    const label = this.text(node['label']);
    const placeholder = this.text(node['placeholder']);
    const limit = Number(node['max_length']);
    const attributes =
      `data-name="${escapeHtml(word(node['name'], ''))}" placeholder="${placeholder}" aria-label="${label || placeholder}"` +
      `${Number.isInteger(limit) && limit > 0 ? ` maxlength="${limit}"` : ''}${node['required'] === true ? ' required' : ''}`;
    const content = escapeHtml(word(node['default_value'], ''));
    const field =
      node['input_type'] === 'multiline_text'
        ? `<textarea rows="2" ${attributes}>${content}</textarea>`
        : `<input type="text" value="${content}" ${attributes}>`;
    return `<label class="row input">${label}${field}</label>`;
  }

  private select(node: Json): string {
    const action = { tag: node['tag'], value: node['value'], name: node['name'] };
    const options = list(node['options']).map(
      (option) =>
        `<option value="${escapeHtml(word(option['value'], ''))}">${this.text(option['text'])}</option>`,
    );
    const placeholder = this.text(node['placeholder']) || '…';
    return `<select class="select" data-action="${escapeHtml(JSON.stringify(action))}"><option value="">${placeholder}</option>${options.join('')}</select>`;
  }

  private link(url: string, label: string, classes = 'card-link'): string {
    const text = label || (this.language === 'zh_cn' ? '查看详情' : 'View details');
    return `<a class="${classes}" href="${safeHref(url)}" target="_blank" rel="noreferrer noopener">${text}</a>`;
  }

  /** A text object in the reader's language: `lark_md` as markdown, `plain_text` literally. */
  private text(node: unknown): string {
    const text = object(node);
    if (!text) return '';
    return text['tag'] === 'lark_md'
      ? this.markdown(text)
      : escapeHtml(this.translated(text)).replaceAll('\n', '<br>');
  }

  private markdown(node: Json): string {
    return renderMarkdown(this.translated(node), this.nameOf);
  }

  private translated(node: Json): string {
    const translations = object(node['i18n_content']) ?? object(node['i18n']);
    const content = translations?.[this.language] ?? node['content'];
    return typeof content === 'string' ? content : '';
  }
}

function background(node: Json): string {
  const style = word(node['background_style'], 'default');
  return style.startsWith('grey') ? 'grey' : '';
}

function word(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function weight(node: Json): string {
  if (node['width'] === 'auto') return '0 1 auto';
  const share = Number(node['weight'] ?? 1);
  return `${Number.isFinite(share) && share > 0 ? share : 1} 1 0`;
}

function object(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(object).filter((item) => item !== undefined) : [];
}
