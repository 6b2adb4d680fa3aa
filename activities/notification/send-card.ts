/**
 * The card on its way: as it is, with contact data masked, as plain text, and at last without the ticket's own words –
 * always under the same uuid.
 */
import {
  digestCard,
  digestText,
  digestWithoutWords,
  FeishuError,
  maskedDigest,
  maskedReminder,
  plainTextFallback,
  reminderCard,
  textWithoutWords,
  type CallOptions,
  type DigestCardModel,
  type FeishuClient,
  type Message,
  type MessageContent,
  type ReminderCardModel,
} from '../../feishu';
import type { Delivery } from '../../store';

/** Data-loss prevention: phone numbers and mailboxes in the text can trigger it. */
const LEAK_PREVENTION = 230028;
/** Words that the platform does not pass on: they are refused in a plain text too. */
const REFUSED_WORDS = 230022;

/** One content in the forms in which it can go out. */
export interface CardForms {
  card(): object;
  /** Without contact data. */
  masked(): object;
  /** Without contact data too. */
  text(): string;
  /** Without anything that was written into the ticket. */
  withoutWords(): string;
}

export const reminderForms = (model: ReminderCardModel): CardForms => ({
  card: () => reminderCard(model),
  masked: () => reminderCard(maskedReminder(model)),
  text: () => plainTextFallback(maskedReminder(model)),
  withoutWords: () => textWithoutWords(model),
});

export const digestForms = (model: DigestCardModel): CardForms => ({
  card: () => digestCard(model),
  masked: () => digestCard(maskedDigest(model)),
  text: () => digestText(maskedDigest(model)),
  withoutWords: () => digestWithoutWords(model),
});

/**
 * A content that the platform refuses was not sent, so its uuid is still free. The plain text is the last
 * try – without the ticket's words where these were refused: what refuses it is the result.
 */
export async function sendCard(
  client: FeishuClient,
  to: Pick<Delivery, 'employeeId' | 'uuid' | 'target'>,
  forms: CardForms,
  options: CallOptions,
): Promise<Message> {
  /** The refusal, where it is about the content. */
  const send = async (content: MessageContent): Promise<Message | FeishuError> => {
    try {
      return await client.messages.send(
        {
          ...(to.target?.kind === 'chat'
            ? { to: to.target.chatId, toKind: 'chat_id' as const }
            : { to: to.employeeId }),
          content,
          uuid: to.uuid,
        },
        options,
      );
    } catch (error) {
      if (isContentRefusal(error)) return error;
      throw error;
    }
  };
  let sent = await send({ kind: 'interactive', card: forms.card() });
  if (isLeak(sent)) sent = await send({ kind: 'interactive', card: forms.masked() });
  if (sent instanceof FeishuError && sent.code !== REFUSED_WORDS) {
    sent = await send({ kind: 'text', text: forms.text() });
  }
  if (sent instanceof FeishuError && sent.code === REFUSED_WORDS) {
    sent = await send({ kind: 'text', text: forms.withoutWords() });
  }
  if (sent instanceof FeishuError) throw sent;
  return sent;
}

/** Contact data may have caused it: masked, the same may pass. */
export function isLeak(error: unknown): boolean {
  return isContentRefusal(error) && error.code === LEAK_PREVENTION;
}

function isContentRefusal(error: unknown): error is FeishuError {
  return error instanceof FeishuError && error.errorClass === 'content' && error.outcome === 'refused';
}
