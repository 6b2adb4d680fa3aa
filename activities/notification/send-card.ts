/** The card on its way: as it is, with contact data masked, and at last as plain text – always under the same uuid. */
import {
  digestCard,
  digestText,
  FeishuError,
  maskedDigest,
  maskedReminder,
  plainTextFallback,
  reminderCard,
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

/** One content in the forms in which it can go out. */
export interface CardForms {
  card(): object;
  /** Without contact data. */
  masked(): object;
  /** Without contact data too. */
  text(): string;
}

export const reminderForms = (model: ReminderCardModel): CardForms => ({
  card: () => reminderCard(model),
  masked: () => reminderCard(maskedReminder(model)),
  text: () => plainTextFallback(maskedReminder(model)),
});

export const digestForms = (model: DigestCardModel): CardForms => ({
  card: () => digestCard(model),
  masked: () => digestCard(maskedDigest(model)),
  text: () => digestText(maskedDigest(model)),
});

/**
 * A content that the platform refuses was not sent, so its uuid is still free. The plain text is the last try: what
 * refuses it is the result.
 */
export async function sendCard(
  client: FeishuClient,
  to: Pick<Delivery, 'employeeId' | 'uuid' | 'target'>,
  forms: CardForms,
  options: CallOptions,
): Promise<Message> {
  const send = (content: MessageContent): Promise<Message> =>
    client.messages.send(
      {
        ...(to.target?.kind === 'chat'
          ? { to: to.target.chatId, toKind: 'chat_id' as const }
          : { to: to.employeeId }),
        content,
        uuid: to.uuid,
      },
      options,
    );
  try {
    return await send({ kind: 'interactive', card: forms.card() });
  } catch (error) {
    if (!isContentRefusal(error)) throw error;
    if (isLeak(error)) {
      try {
        return await send({ kind: 'interactive', card: forms.masked() });
      } catch (again) {
        if (!isContentRefusal(again)) throw again;
      }
    }
    return send({ kind: 'text', text: forms.text() });
  }
}

/** Contact data may have caused it: masked, the same may pass. */
export function isLeak(error: unknown): boolean {
  return isContentRefusal(error) && error.code === LEAK_PREVENTION;
}

function isContentRefusal(error: unknown): error is FeishuError {
  return error instanceof FeishuError && error.errorClass === 'content' && error.outcome === 'refused';
}
