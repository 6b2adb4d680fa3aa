import type { Localized } from '../brands';
import { bilingual, labelled } from './bilingual';
import { RULE, buttonRow, fitting, frame, linkButton, paragraph } from './elements';
import type { CardV2, DigestCardModel, DigestLine } from './model';
import { maskSensitive } from '../sensitive';
import { spoken } from './spoken';
import { inertText, oneLine, shorten } from './user-text';
import { PRIORITY_WORDS, WORDS } from './wording';

const LINE_COUNTS: readonly [number, ...number[]] = [30, 20, 10, 5, 1];

/** Several reminders in one card, for people who asked for a digest. Those that do not fit are counted at the end. */
export function digestCard(model: DigestCardModel): CardV2 {
  return spoken(
    fitting(LINE_COUNTS, (count) => build(model, count)),
    model.language,
  );
}

function build(model: DigestCardModel, count: number): CardV2 {
  const { language = 'zh', lines } = model;
  const shown = lines.slice(0, count);
  const left = lines.length - shown.length;
  const total: Localized = {
    en: lines.length === 1 ? '1 reminder' : `${lines.length} reminders`,
    zh: `${lines.length} 条提醒`,
  };
  const title = bilingual(model.headline, 100);
  return frame({
    language,
    colour: lines.some((line) => line.priority === 'urgent') ? 'red' : 'blue',
    title,
    subtitle: '',
    summary: labelled(title, total),
    tags: [{ text: total, colour: 'blue' }],
    elements: [
      ...shown.flatMap((line) => lineElements(line, language)),
      ...(left > 0 ? [paragraph(moreText(left), language)] : []),
      ...buttonRow(linkButton(WORDS.openAll, model.url, language, 'primary')),
      RULE,
      {
        ...paragraph(labelled(WORDS.why, bilingual(model.why, 200)), language, {
          size: 'notation',
          colour: 'grey',
        }),
        ...(model.marker === undefined ? {} : { element_id: model.marker }),
      },
    ],
  });
}

function lineElements(line: DigestLine, language: 'zh' | 'en'): object[] {
  const number = numberOf(line);
  return [
    paragraph(lineText(line), language),
    ...linkButton({ en: `Open ${number}`, zh: `查看 ${number}` }, line.url, language, 'default'),
  ];
}

const numberOf = (line: DigestLine): string => `#${shorten(oneLine(line.ticketNumber), 40)}`;

function lineText(line: DigestLine): Localized {
  const headline = bilingual(line.headline, 60);
  const priority = line.priority === undefined ? undefined : PRIORITY_WORDS[line.priority];
  const status = line.status === undefined ? undefined : bilingual(line.status, 30);
  const subject = `${numberOf(line)} ${shorten(oneLine(line.title), 80)}`.trim();
  const text = (tongue: 'zh' | 'en'): string =>
    [subject, headline[tongue], priority?.[tongue], status?.[tongue]].filter(Boolean).join(' · ');
  return { en: text('en'), zh: text('zh') };
}

const moreText = (left: number): Localized => ({ en: `… and ${left} more`, zh: `……另有 ${left} 条` });

/** The digest as a plain text message, for when Feishu refuses the card. Tags in user text are harmless in it. */
export const digestText = (model: DigestCardModel): string => digestMessage(model, []);

/** The same without anything that was written into its tickets, for after 230022: any of it may be the refused word. */
export function digestWithoutWords(model: DigestCardModel): string {
  const lines = model.lines.map((line) => ({
    ...line,
    title: '',
    headline: line.stock?.headline ?? '',
    status: line.stock?.status,
  }));
  return digestMessage({ ...model, lines }, [WORDS.wordsRefused[model.language ?? 'zh']]);
}

function digestMessage(model: DigestCardModel, notes: string[]): string {
  const { language = 'zh', lines } = model;
  const shown = lines.slice(0, LINE_COUNTS[0]).map((line) => lineText(line)[language]);
  const left = lines.length - shown.length;
  return [
    bilingual(model.headline, 100)[language],
    ...shown,
    ...(left > 0 ? [moreText(left)[language]] : []),
    ...notes,
    labelled(WORDS.why, bilingual(model.why, 200))[language],
  ]
    .map(inertText)
    .join('\n');
}

/** The same digest with phone numbers and mailboxes hidden, for after 230028. */
export function maskedDigest(model: DigestCardModel): DigestCardModel {
  return { ...model, lines: model.lines.map((line) => ({ ...line, title: maskSensitive(line.title) })) };
}
