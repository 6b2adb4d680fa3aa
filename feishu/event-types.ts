import type { Json } from './decode';
import type { FeishuDepartment, FeishuUser, UserGroup } from './people';
import type { AppVersion } from './versions';

/** On every event. Keep `eventId` for eight hours to know a redelivery. */
export interface EventHead {
  readonly eventId: string;
  /** The platform's name of the event, also for those of type `other`. */
  readonly eventType: string;
  readonly tenantKey: string | undefined;
  readonly appId: string | undefined;
  readonly createdAtMs: number | undefined;
  /** The event as it came, for the record. Can hold personal data. */
  readonly body: Json;
}

/** What is in or out of the contact range from now on. People come without departments: read them again. */
export interface RangeChange {
  readonly departmentIds: readonly string[];
  readonly openIds: readonly string[];
  readonly groups: readonly UserGroup[];
}

export interface CardClick {
  /** Compare with the binding: whoever sees a card can click it. */
  readonly openId: string;
  readonly unionId: string | undefined;
  readonly userId: string | undefined;
  readonly messageId: string | undefined;
  readonly chatId: string | undefined;
  /** For a late update of the card. */
  readonly clickToken: string | undefined;
  /** Value of the clicked element, as it was put into the card. */
  readonly value: Json;
  readonly formValue: Json;
  readonly inputValue: string | undefined;
  readonly option: string | undefined;
  readonly timeZone: string | undefined;
}

export type EventBody =
  | {
      readonly type: 'contact.user.created_v3' | 'contact.user.updated_v3' | 'contact.user.deleted_v3';
      readonly user: FeishuUser;
      /** Names of the changed fields, as the API spells them. Empty unless updated. */
      readonly changed: readonly string[];
      /** Departments before the change, where Feishu tells them. */
      readonly oldDepartmentIds: readonly string[] | undefined;
    }
  | {
      readonly type:
        'contact.department.created_v3' | 'contact.department.updated_v3' | 'contact.department.deleted_v3';
      readonly department: FeishuDepartment;
      readonly changed: readonly string[];
    }
  | { readonly type: 'contact.scope.updated_v3'; readonly added: RangeChange; readonly removed: RangeChange }
  | {
      readonly type: 'application.application.app_version.publish_apply_v6';
      readonly inReview: AppVersion | undefined;
      readonly online: AppVersion | undefined;
    }
  | {
      readonly type: 'application.application.app_version.audit_v6';
      readonly versionId: string;
      readonly approved: boolean;
      readonly remark: string | undefined;
      readonly automatic: boolean;
    }
  | { readonly type: 'application.application.app_version.publish_revoke_v6'; readonly versionId: string }
  | { readonly type: 'application.application.visibility.added_v6'; readonly openIds: readonly string[] }
  | { readonly type: 'card.action.trigger'; readonly click: CardClick }
  | {
      readonly type: 'im.message.message_read_v1';
      readonly openId: string;
      readonly readAtMs: number | undefined;
      readonly messageIds: readonly string[];
    }
  | {
      readonly type: 'im.message.receive_v1';
      readonly openId: string | undefined;
      readonly messageId: string;
      readonly chatId: string | undefined;
      readonly chatKind: string | undefined;
      readonly messageKind: string | undefined;
      /** JSON inside a string; its shape depends on the kind. */
      readonly content: string | undefined;
    }
  | {
      readonly type: 'im.message.recalled_v1';
      readonly messageId: string;
      readonly chatId: string | undefined;
    }
  | {
      /** The person opened the chat with the bot, in the new and the old form. */
      readonly type: 'im.chat.access_event.bot_p2p_chat_entered_v1' | 'p2p_chat_create';
      readonly openId: string | undefined;
      readonly chatId: string | undefined;
    }
  | {
      readonly type: 'application.bot.menu_v6';
      readonly openId: string | undefined;
      readonly key: string | undefined;
    }
  | {
      /** Any other event: answered, not acted on. `eventType` names it. */
      readonly type: 'other';
    };

export type FeishuEvent = EventHead & EventBody;
