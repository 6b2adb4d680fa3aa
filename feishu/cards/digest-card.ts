import type { Localized } from '../brands';
import { bilingual, labelled } from './bilingual';
import { RULE, buttonRow, fitting, frame, linkButton, paragraph } from './elements';
import type { CardV2, DigestCardModel, DigestLine } from './model';
import { oneLine, shorten } from './user-text';
import { PRIORITY_WORDS, WORDS } from './wording';

const LINE_COUNTS: readonly [number, ...number[]] = [30, 20, 10, 5, 1];

/** Several reminders in one card, for people who asked for a digest. Tickets that do not fit are counted at the end. */
export function digestCard(model: DigestCardModel): CardV2 {
  return fitting(LINE_COUNTS, (count) => build(model, count));
}

function build(model: DigestCardModel, count: number): CardV2 {
  const { language = 'zh', lines } = model;
  const shown = lines.slice(0, count);
  const left = lines.length - shown.length;
  const more: Localized = { en: `… and ${left} more`, zh: `……另有 ${left} 条` };
  const total: Localized = { en: `${lines.length} tickets`, zh: `${lines.length} 个工单` };
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
      ...(left > 0 ? [paragraph(more, language)] : []),
      ...buttonRow(linkButton(WORDS.openAll, model.url, language, 'primary')),
      RULE,
      paragraph(labelled(WORDS.why, bilingual(model.why, 200)), language, {
        size: 'notation',
        colour: 'grey',
      }),
    ],
  });
}

function lineElements(line: DigestLine, language: 'zh' | 'en'): object[] {
  const number = `#${shorten(oneLine(line.ticketNumber), 40)}`;
  const subject = shorten(oneLine(line.title), 80);
  const headline = bilingual(line.headline, 60);
  const priority = line.priority === undefined ? undefined : PRIORITY_WORDS[line.priority];
  const text = (tongue: 'zh' | 'en'): string =>
    [`${number} ${subject}`, priority?.[tongue], headline[tongue]]
      .filter((part) => part !== undefined)
      .join(' · ');
  return [
    paragraph({ en: text('en'), zh: text('zh') }, language),
    ...linkButton({ en: `Open ${number}`, zh: `查看 ${number}` }, line.url, language, 'default'),
  ];
}
