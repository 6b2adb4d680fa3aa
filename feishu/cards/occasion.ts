/** Why a card goes out again, or to somebody else than was meant: in front of its headline, and in a line of its own. */
import type { Localized } from '../brands';
import { bilingual } from './bilingual';
import type { CardOccasion, ReminderCardModel } from './model';
import { oneLine } from './user-text';

/** Cut to so many characters each. */
export function markedHeadline(
  { headline, occasion }: Pick<ReminderCardModel, 'headline' | 'occasion'>,
  longest: number,
): Localized {
  const { en, zh } = bilingual(headline, longest);
  if (occasion === undefined) return { en, zh };
  const { mark } = occasion;
  return bilingual(
    { en: [mark.en, en].filter(Boolean).join(': '), zh: [mark.zh, zh].filter(Boolean).join('：') },
    longest,
  );
}

export function occasionLine(occasion: CardOccasion | undefined): Localized | undefined {
  if (occasion === undefined) return undefined;
  const { because, holder } = occasion;
  if (holder === undefined) return because;
  const name = holder === null ? null : oneLine(holder);
  return {
    en: `${because.en} ${name === null ? 'Nobody has the ticket.' : `The ticket is with ${name}.`}`,
    zh: `${because.zh}${name === null ? '工单暂无受理人。' : `工单当前由 ${name} 受理。`}`,
  };
}
