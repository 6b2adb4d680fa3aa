import { bilingual, labelled } from './bilingual';
import { RULE, actionButton, buttonRow, fitting, frame, linkButton, noteForm, paragraph } from './elements';
import { spoken } from './spoken';
import { factLines } from './fact-lines';
import { markedHeadline, occasionLine } from './occasion';
import type { CardAction, CardActionValue, CardState, CardV2, ReminderCardModel } from './model';
import { oneLine, plain, shorten } from './user-text';
import { PRIORITY_COLOURS, PRIORITY_WORDS, WORDS, headerColour, stateLine } from './wording';

/** How many characters of each kind of text a card may spend. */
interface Allowance {
  readonly title: number;
  readonly excerpt: number;
  readonly value: number;
  readonly facts: number;
}

const ALLOWANCES: readonly [Allowance, ...Allowance[]] = [
  { title: 200, excerpt: 1_500, value: 200, facts: 20 },
  { title: 150, excerpt: 500, value: 100, facts: 12 },
  { title: 80, excerpt: 150, value: 60, facts: 6 },
  { title: 60, excerpt: 0, value: 30, facts: 0 },
];

/**
 * The living card of one ticket for one person, in Chinese and English, at most 30 KB. Sent as it is and later replaced as a
 * whole with another `state`; the same model gives the same card.
 */
export function reminderCard(model: ReminderCardModel): CardV2 {
  return spoken(
    fitting(ALLOWANCES, (allowance) => build(model, allowance)),
    model.language,
  );
}

function build(model: ReminderCardModel, allowance: Allowance): CardV2 {
  const { language = 'zh', priority, state = { kind: 'open' } } = model;
  const number = `#${shorten(oneLine(model.ticketNumber), 40)}`;
  const title = shorten(oneLine(model.title), allowance.title);
  const headline = markedHeadline(model, allowance.value);
  const occasion = occasionLine(model.occasion);
  const excerpt = shorten(plain(model.excerpt ?? '').trim(), allowance.excerpt);
  const outcomes = [stateLine(model.told ?? { kind: 'open' }), stateLine(state)].filter(
    (line) => line !== undefined,
  );
  return frame({
    language,
    colour: headerColour(state, model),
    title: headline,
    subtitle: `${number} ${shorten(title, 60)}`.trim(),
    summary: { en: `${number} ${headline.en}`, zh: `${number} ${headline.zh}` },
    tags: [
      ...(priority === undefined
        ? []
        : [{ text: PRIORITY_WORDS[priority], colour: PRIORITY_COLOURS[priority] }]),
      ...(model.status === undefined ? [] : [{ text: bilingual(model.status, 30), colour: 'blue' }]),
    ],
    elements: [
      ...(occasion === undefined ? [] : [paragraph(bilingual(occasion, allowance.value), language)]),
      ...(title === '' ? [] : [paragraph(title, language, { size: 'heading' })]),
      ...factLines(model, allowance.facts, allowance.value).map((line) => paragraph(line, language)),
      ...(excerpt === '' ? [] : [RULE, paragraph(excerpt, language)]),
      ...(outcomes.length === 0 ? [] : [RULE]),
      ...outcomes.map((line) => paragraph(bilingual(line, allowance.value), language)),
      ...buttons(model, state, language),
      RULE,
      paragraph(labelled(WORDS.why, bilingual(model.why, allowance.value)), language, {
        size: 'notation',
        colour: 'grey',
      }),
    ],
  });
}

/** By state, the buttons that have had their say. A card in another state is done with: only its link stays. */
const SPENT: Partial<Record<CardState['kind'], readonly CardAction[]>> = {
  open: [],
  snoozed: [],
  waiting: [],
  failed: [],
  replied: [],
  claimed: ['claim'],
  // Nobody is reminded of it any more, but the ticket is still to be dealt with.
  acknowledged: ['acknowledge', 'snooze'],
};

function buttons(model: ReminderCardModel, state: CardState, language: 'zh' | 'en'): object[] {
  const spent = SPENT[state.kind];
  const wanted = spent ? [...new Set(model.actions ?? [])].filter((action) => !spent.includes(action)) : [];
  const value = (a: CardAction): CardActionValue => ({
    a,
    d: model.dockingId,
    t: model.ticketId,
    n: model.nonce,
    ...(a === 'snooze' ? { m: model.snoozeMinutes ?? 60 } : {}),
  });
  return [
    ...buttonRow([
      ...linkButton(WORDS.open, model.url, language, 'primary'),
      ...wanted
        .filter((action) => action !== 'reply')
        .map((action) => actionButton(value(action), language, 'default')),
    ]),
    ...(wanted.includes('reply') ? [noteForm({ ...value('reply'), a: 'reply' }, language)] : []),
  ];
}
