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
  const lines = [
    `#${oneLine(model.ticketNumber)} ${bilingual(model.headline, 200)[language]}`,
    shorten(oneLine(model.title), 200),
    ...factLines(model, 12, 100).map((line) => line[language]),
    shorten(plain(model.excerpt ?? '').trim(), 500),
    outcome === undefined ? '' : bilingual(outcome, 200)[language],
    labelled(WORDS.why, bilingual(model.why, 200))[language],
  ].map(inertText);
  // An address is no place for words with a link of their own either.
  const address = webAddress(model.url)?.replaceAll('](', ']%28') ?? '';
  return [...lines, address].filter((line) => line !== '').join('\n');
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
