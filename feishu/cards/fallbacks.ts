import { maskSensitive } from '../sensitive';
import { bilingual, labelled } from './bilingual';
import { webAddress } from './elements';
import { factLines } from './fact-lines';
import type { ReminderCardModel, Text } from './model';
import { inertText, oneLine, plain, shorten } from './user-text';
import { WORDS, stateLine } from './wording';

/** The reminder as a plain text message, for when Feishu refuses the card. Tags in user text are harmless in it. */
export function plainTextFallback(model: ReminderCardModel): string {
  const { language = 'zh' } = model;
  const outcome = stateLine(model.state ?? { kind: 'open' });
  return message(model, [
    `#${oneLine(model.ticketNumber)} ${bilingual(model.headline, 200)[language]}`,
    shorten(oneLine(model.title), 200),
    ...factLines(model, 12, 100).map((line) => line[language]),
    shorten(plain(model.excerpt ?? '').trim(), 500),
    outcome === undefined ? '' : bilingual(outcome, 200)[language],
    labelled(WORDS.why, bilingual(model.why, 200))[language],
  ]);
}

/** The same without the ticket's own words, for after 230022: any of them may be the refused one. */
export function textWithoutWords(model: ReminderCardModel): string {
  const { language = 'zh', status, priority } = model;
  const headline = repeatsTheTicket(model) ? '' : bilingual(model.headline, 200)[language];
  return message(model, [
    `#${oneLine(model.ticketNumber)} ${headline}`.trim(),
    ...factLines({ status, priority }, 0, 100).map((line) => line[language]),
    WORDS.wordsRefused[language],
    labelled(WORDS.why, bilingual(model.why, 200))[language],
  ]);
}

/** A rule may fill title or customer into its headline. */
function repeatsTheTicket({ headline, title, customer }: ReminderCardModel): boolean {
  const said = typeof headline === 'string' ? headline : `${headline.en} ${headline.zh}`;
  return [title, customer].some((words) => words !== undefined && words.length > 1 && said.includes(words));
}

function message(model: ReminderCardModel, lines: string[]): string {
  // An address is no place for words with a link of their own either.
  const address = webAddress(model.url)?.replaceAll('](', ']%28') ?? '';
  return [...lines.map(inertText), address].filter((line) => line !== '').join('\n');
}

/** The same reminder with phone numbers and mailboxes hidden, for after 230028. Ids, number and links stay. */
export function maskedReminder(model: ReminderCardModel): ReminderCardModel {
  const { customer, excerpt, facts } = model;
  return {
    ...model,
    title: maskSensitive(model.title),
    ...(customer === undefined ? {} : { customer: maskSensitive(customer) }),
    ...(excerpt === undefined ? {} : { excerpt: maskSensitive(excerpt) }),
    ...(facts === undefined
      ? {}
      : { facts: facts.map(({ label, value }) => ({ label, value: maskedText(value) })) }),
  };
}

function maskedText(text: Text): Text {
  if (typeof text === 'string') return maskSensitive(text);
  return { en: maskSensitive(text.en), zh: maskSensitive(text.zh) };
}
