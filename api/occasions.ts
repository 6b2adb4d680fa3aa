/** Why somebody is told whom the rules did not name for the event itself. */
import type { PlannedReceiver } from '../store';
import type { Language } from './language';

type FollowUp = NonNullable<PlannedReceiver['followUp']>;

const FOLLOW_UPS: Record<Language, Record<FollowUp['kind'], (followUp: FollowUp) => string>> = {
  en: {
    repeat: ({ round, of }) => `nobody reacted to ${of}, reminder ${round} of the same person`,
    escalate: ({ of }) => `nobody reacted to ${of}, so the next person`,
    unread: ({ of }) => `the card ${of} was not read, so the next person`,
  },
  zh: {
    repeat: ({ round, of }) => `${of} 无人处理，第 ${round} 次重复提醒`,
    escalate: ({ of }) => `${of} 无人处理，升级至下一人`,
    unread: ({ of }) => `${of} 未读，转至下一人`,
  },
};
const INSTEAD: Record<Language, string> = {
  en: 'instead of somebody who cannot be told',
  zh: '代替无法送达的接收人',
};

/** A part of a sentence, without a stop; empty when the event itself is the reason. */
export function occasionOf({ role, followUp }: PlannedReceiver, language: Language): string {
  if (followUp) return FOLLOW_UPS[language][followUp.kind](followUp);
  return role.startsWith('fallback:') ? INSTEAD[language] : '';
}
