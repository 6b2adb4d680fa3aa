import type { Localized } from '../brands';
import { bilingual, labelled } from './bilingual';
import type { CardFact, ReminderCardModel } from './model';
import { PRIORITY_WORDS, WORDS } from './wording';

/** What is known about the ticket, one line each: status, priority, customer, then at most `most` further facts. */
export function factLines(
  model: Pick<ReminderCardModel, 'status' | 'priority' | 'customer' | 'facts'>,
  most: number,
  longestValue: number,
): Localized[] {
  const facts: CardFact[] = [
    ...(model.status === undefined ? [] : [{ label: WORDS.status, value: model.status }]),
    ...(model.priority === undefined
      ? []
      : [{ label: WORDS.priority, value: PRIORITY_WORDS[model.priority] }]),
    ...(model.customer === undefined ? [] : [{ label: WORDS.customer, value: model.customer }]),
    ...(model.facts ?? []).slice(0, most),
  ];
  return facts.map(({ label, value }) => labelled(bilingual(label, 40), bilingual(value, longestValue)));
}
