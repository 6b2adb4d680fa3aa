import type { UserIdType } from '../../world/types';

export type ReceiveIdType = UserIdType | 'email' | 'chat_id';

/** One accepted message, as the control surface shows it. All times are virtual milliseconds since 1970. */
export interface Message {
  readonly messageId: string;
  /** The app that sent it, or whose bot received it. */
  readonly appId: string;
  readonly tenantKey: string;
  /** `app` = the bot wrote it; `user` = the person wrote it to the bot. */
  readonly senderType: 'app' | 'user';
  readonly receiveId: string;
  readonly receiveIdType: ReceiveIdType;
  /** The person of a p2p chat as this app knows them; empty in a group. */
  readonly openId: string;
  readonly userId: string;
  readonly chatId: string;
  readonly uuid: string;
  readonly msgType: string;
  /** What the client shows now, after the newest update. */
  content: string;
  readonly createTime: number;
  updateTime: number;
  /** Newest last; the oldest fall away after {@link MAX_UPDATES}. */
  readonly updates: { content: string; time: number }[];
  readonly reads: { openId: string; userId: string; time: number }[];
  readonly urgent: { kind: UrgentKind; openId: string; time: number }[];
  deleted: boolean;
  readonly rootId: string;
  readonly parentId: string;
  readonly threadId: string;
  /** Set for the messages of a batch: those cannot be updated and their buttons call nobody. */
  readonly batchId?: string;
}

export type UrgentKind = 'app' | 'sms' | 'phone';

/** How many former contents a message keeps. */
export const MAX_UPDATES = 50;

/** The message as the platform's message calls return it: times are milliseconds as strings. */
export function messageAnswer(message: Message): object {
  const sender =
    message.senderType === 'app'
      ? { id: message.appId, id_type: 'app_id', sender_type: 'app', tenant_key: message.tenantKey }
      : { id: message.openId, id_type: 'open_id', sender_type: 'user', tenant_key: message.tenantKey };
  return {
    message_id: message.messageId,
    root_id: message.rootId,
    parent_id: message.parentId,
    thread_id: message.threadId,
    msg_type: message.msgType,
    create_time: String(message.createTime),
    update_time: String(message.updateTime),
    deleted: message.deleted,
    updated: message.updates.length > 0,
    chat_id: message.chatId,
    sender,
    body: { content: message.deleted ? 'This message was recalled' : message.content },
    mentions: [],
    upper_message_id: '',
  };
}
