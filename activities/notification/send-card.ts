/** The card on its way: as it is, with contact data masked, and at last as plain text – always under the same uuid. */
import {
  FeishuError,
  maskedReminder,
  plainTextFallback,
  reminderCard,
  type CallOptions,
  type FeishuClient,
  type Message,
  type MessageContent,
  type ReminderCardModel,
} from '../../feishu';
import type { Delivery } from '../../store';

/** Data-loss prevention: phone numbers and mailboxes in the text can trigger it. */
const LEAK_PREVENTION = 230028;

/**
 * A content that the platform refuses was not sent, so its uuid is still free. The plain text is the last try: what
 * refuses it is the result.
 */
export async function sendCard(
  client: FeishuClient,
  to: Pick<Delivery, 'employeeId' | 'uuid' | 'target'>,
  model: ReminderCardModel,
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
  const masked = maskedReminder(model);
  try {
    return await send({ kind: 'interactive', card: reminderCard(model) });
  } catch (error) {
    if (!isContentRefusal(error)) throw error;
    if (error.code === LEAK_PREVENTION) {
      try {
        return await send({ kind: 'interactive', card: reminderCard(masked) });
      } catch (again) {
        if (!isContentRefusal(again)) throw again;
      }
    }
    return send({ kind: 'text', text: plainTextFallback(masked) });
  }
}

function isContentRefusal(error: unknown): error is FeishuError {
  return error instanceof FeishuError && error.errorClass === 'content' && error.outcome === 'refused';
}
