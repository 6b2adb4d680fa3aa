import type { Localized } from '../brands';
import { PLATFORM_LIMITS } from '../limits';
import { ACTION_WORDS, WORDS } from './wording';
import type { CardAction, CardActionValue, CardV2 } from './model';

type Language = 'zh' | 'en';

/** A text that Feishu shows literally, in both languages. The same in both needs no second copy. */
export function plainText(text: Localized | string, language: Language): object {
  if (typeof text === 'string') return { tag: 'plain_text', content: text };
  if (text.en === text.zh) return { tag: 'plain_text', content: text.en };
  return { tag: 'plain_text', content: text[language], i18n_content: { zh_cn: text.zh, en_us: text.en } };
}

export function paragraph(
  text: Localized | string,
  language: Language,
  look: { size?: 'normal' | 'heading' | 'notation'; colour?: 'default' | 'grey' } = {},
): object {
  return {
    tag: 'div',
    text: {
      ...plainText(text, language),
      text_size: look.size ?? 'normal',
      text_color: look.colour ?? 'default',
    },
  };
}

export const RULE = { tag: 'hr' } as const;

/** Buttons side by side, wrapping on narrow screens: schema 2.0 has no container for actions. */
export function buttonRow(buttons: readonly object[]): object[] {
  if (buttons.length === 0) return [];
  return [
    {
      tag: 'column_set',
      flex_mode: 'flow',
      horizontal_spacing: '8px',
      columns: buttons.map((button) => ({
        tag: 'column',
        width: 'auto',
        vertical_align: 'top',
        elements: [button],
      })),
    },
  ];
}

/** A link button, or nothing when the address is not one that opens safely. */
export function linkButton(
  label: Localized,
  url: string | undefined,
  language: Language,
  type: 'primary' | 'default',
): object[] {
  const address = webAddress(url);
  if (address === undefined) return [];
  return [
    {
      tag: 'button',
      type,
      text: plainText(label, language),
      behaviors: [{ type: 'open_url', default_url: address, pc_url: '', ios_url: '', android_url: '' }],
    },
  ];
}

export function actionButton(
  value: CardActionValue,
  language: Language,
  type: 'primary' | 'default',
): object {
  return {
    tag: 'button',
    element_id: `b_${value.a}`,
    type,
    text: plainText(ACTION_WORDS[value.a], language),
    ...(value.a === 'close'
      ? {
          confirm: {
            title: plainText(WORDS.closeQuestion, language),
            text: plainText(WORDS.closeDetail, language),
          },
        }
      : {}),
    behaviors: [{ type: 'callback', value }],
  };
}

/** Longest internal note that can be typed on a card. */
const LONGEST_NOTE = 1_000;

/** Name of the note's input: `form_value[NOTE_FIELD]` of the click. */
export const NOTE_FIELD = 'note';

/** An input with a button of its own. Inside a form the click brings the typed text along. */
export function noteForm(
  value: CardActionValue & { a: Extract<CardAction, 'reply'> },
  language: Language,
): object {
  return {
    tag: 'form',
    name: 'note_form',
    elements: [
      {
        tag: 'input',
        name: NOTE_FIELD,
        required: true,
        input_type: 'multiline_text',
        max_length: LONGEST_NOTE,
        width: 'fill',
        placeholder: plainText(WORDS.notePlaceholder, language),
      },
      {
        tag: 'button',
        name: 'note_send',
        type: 'default',
        form_action_type: 'submit',
        text: plainText(WORDS.noteSend, language),
        behaviors: [{ type: 'callback', value }],
      },
    ],
  };
}

/** Longer addresses than this fail in some clients and would eat up the card. */
const LONGEST_URL = 2_000;

/** As browsers write it, which holds no brackets or line ends. Undefined for what could run something instead of opening. */
export function webAddress(url: string | undefined): string | undefined {
  if (url === undefined || url.length > LONGEST_URL || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}

/** The frame all our cards share. Not to be forwarded: their buttons belong to one person. */
export function frame(parts: {
  language: Language;
  colour: string;
  title: Localized;
  subtitle: string;
  summary: Localized;
  tags: readonly { text: Localized; colour: string }[];
  elements: readonly object[];
}): CardV2 {
  const { language } = parts;
  return {
    schema: '2.0',
    config: {
      update_multi: true,
      enable_forward: false,
      width_mode: 'default',
      locales: ['zh_cn', 'en_us'],
      summary: {
        content: parts.summary[language],
        i18n_content: { zh_cn: parts.summary.zh, en_us: parts.summary.en },
      },
    },
    header: {
      template: parts.colour,
      title: plainText(parts.title, language),
      subtitle: plainText(parts.subtitle, language),
      text_tag_list: parts.tags
        .slice(0, 3)
        .map(({ text, colour }) => ({ tag: 'text_tag', text: plainText(text, language), color: colour })),
    },
    body: { direction: 'vertical', elements: parts.elements },
  };
}

/** Size on the wire, in bytes. */
export function cardBytes(card: object): number {
  return Buffer.byteLength(JSON.stringify(card));
}

/** Builds with ever smaller allowances until the card fits. The smallest always fits: it holds no long text at all. */
export function fitting<Allowance>(
  allowances: readonly [Allowance, ...Allowance[]],
  build: (allowance: Allowance) => CardV2,
): CardV2 {
  let card = build(allowances[0]);
  for (const allowance of allowances.slice(1)) {
    if (cardBytes(card) <= PLATFORM_LIMITS.cardBytes) return card;
    card = build(allowance);
  }
  return card;
}
