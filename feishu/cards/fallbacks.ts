import { maskSensitive } from '../sensitive';
import { bilingual, labelled } from './bilingual';
import { webAddress } from './elements';
import { factLines } from './fact-lines';
import { markedHeadline, occasionLine } from './occasion';
import type { ReminderCardModel, Text } from './model';
import { inertText, oneLine, plain, shorten } from './user-text';
import { WORDS, stateLine } from './wording';

/** The reminder as a plain text message, for when Feishu refuses the card. Tags in user text are harmless in it. */
export function plainTextFallback(model: ReminderCardModel): string {
  const { language = 'zh' } = model;
  const said = [model.told, model.state].map((state) => state && stateLine(state));
  const lines = [occasionLine(model.occasion), ...said].map((line) => line && bilingual(line, 200)[language]);
  const [occasion = '', ...outcomes] = lines;
  return message(model, [
    `#${oneLine(model.ticketNumber)} ${markedHeadline(model, 200)[language]}`,
    occasion,
    shorten(oneLine(model.title), 200),
    ...factLines(model, 12, 100).map((line) => line[language]),
    shorten(plain(model.excerpt ?? '').trim(), 500),
    ...outcomes.map((line) => line ?? ''),
    labelled(WORDS.why, bilingual(model.why, 200))[language],
  ]);
}

/**
 * The same without anything that was written into the ticket, for after 230022: any of it may be the refused word. Its number stays,
 * and the names of the rules.
 */
export function textWithoutWords(model: ReminderCardModel): string {
  const { language = 'zh', stock, priority, occasion } = model;
  const headline = markedHeadline({ headline: stock?.headline ?? '', occasion }, 200)[language];
  return message(model, [
    `#${oneLine(model.ticketNumber)} ${headline}`.trim(),
    occasion?.because[language] ?? '',
    ...factLines({ status: stock?.status, priority }, 0, 100).map((line) => line[language]),
    WORDS.wordsRefused[language],
    labelled(WORDS.why, bilingual(model.why, 200))[language],
  ]);
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
