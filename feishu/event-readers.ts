import { flagAt, isObject, numberAt, objectAt, objectsAt, requiredText, textAt, textsAt } from './decode';
import type { Json } from './decode';
import type { CardClick, EventBody, RangeChange } from './event-types';
import { departmentFrom, groupFrom, userFrom } from './people';
import { versionFrom } from './versions';
import type { AppVersion } from './versions';

/** One reader per event the product knows, by the platform's name. Throws `UnreadableAnswer` when ids are missing. */
export const EVENT_READERS: Readonly<Record<string, (event: Json) => EventBody>> = {
  'contact.user.created_v3': (event) => userEvent('contact.user.created_v3', event),
  'contact.user.updated_v3': (event) => userEvent('contact.user.updated_v3', event),
  'contact.user.deleted_v3': (event) => userEvent('contact.user.deleted_v3', event),
  'contact.department.created_v3': (event) => departmentEvent('contact.department.created_v3', event),
  'contact.department.updated_v3': (event) => departmentEvent('contact.department.updated_v3', event),
  'contact.department.deleted_v3': (event) => departmentEvent('contact.department.deleted_v3', event),
  'contact.scope.updated_v3': (event) => ({
    type: 'contact.scope.updated_v3',
    added: rangeFrom(objectAt(event, 'added')),
    removed: rangeFrom(objectAt(event, 'removed')),
  }),
  'application.application.app_version.publish_apply_v6': (event) => ({
    type: 'application.application.app_version.publish_apply_v6',
    inReview: optionalVersion(objectAt(event, 'under_audit_version')),
    online: optionalVersion(objectAt(event, 'online_version')),
  }),
  'application.application.app_version.audit_v6': (event) => ({
    type: 'application.application.app_version.audit_v6',
    versionId: requiredText(event, 'version_id'),
    approved: textAt(event, 'operation') === 'audited',
    remark: textAt(event, 'remark'),
    automatic: textAt(event, 'audit_source') === 'auto',
  }),
  'application.application.app_version.publish_revoke_v6': (event) => ({
    type: 'application.application.app_version.publish_revoke_v6',
    versionId: requiredText(event, 'version_id'),
  }),
  'application.application.visibility.added_v6': (event) => ({
    type: 'application.application.visibility.added_v6',
    openIds: (objectsAt(event, 'users') ?? []).flatMap(
      (user) => textAt(objectAt(user, 'user_id'), 'open_id') ?? [],
    ),
  }),
  'card.action.trigger': (event) => ({ type: 'card.action.trigger', click: clickFrom(event) }),
  'im.message.message_read_v1': (event) => {
    const reader = objectAt(event, 'reader');
    return {
      type: 'im.message.message_read_v1',
      openId: requiredText(objectAt(reader, 'reader_id'), 'open_id'),
      readAtMs: numberAt(reader, 'read_time'),
      messageIds: textsAt(event, 'message_id_list') ?? [],
    };
  },
  'im.message.receive_v1': (event) => {
    const message = objectAt(event, 'message');
    return {
      type: 'im.message.receive_v1',
      openId: textAt(objectAt(objectAt(event, 'sender'), 'sender_id'), 'open_id'),
      messageId: requiredText(message, 'message_id'),
      chatId: textAt(message, 'chat_id'),
      chatKind: textAt(message, 'chat_type'),
      messageKind: textAt(message, 'message_type'),
      content: textAt(message, 'content'),
    };
  },
  'im.message.recalled_v1': (event) => ({
    type: 'im.message.recalled_v1',
    messageId: requiredText(event, 'message_id'),
    chatId: textAt(event, 'chat_id'),
  }),
  'im.chat.access_event.bot_p2p_chat_entered_v1': (event) => ({
    type: 'im.chat.access_event.bot_p2p_chat_entered_v1',
    openId: textAt(objectAt(event, 'operator_id'), 'open_id'),
    chatId: textAt(event, 'chat_id'),
  }),
  p2p_chat_create: (event) => ({
    type: 'p2p_chat_create',
    openId: textAt(objectAt(event, 'user'), 'open_id'),
    chatId: textAt(event, 'chat_id'),
  }),
  'application.bot.menu_v6': (event) => ({
    type: 'application.bot.menu_v6',
    openId: textAt(objectAt(objectAt(event, 'operator'), 'operator_id'), 'open_id'),
    key: textAt(event, 'event_key'),
  }),
};

type UserEventType = Extract<EventBody, { user: unknown }>['type'];
type DepartmentEventType = Extract<EventBody, { department: unknown }>['type'];

function userEvent(type: UserEventType, event: Json): EventBody {
  const old = objectAt(event, 'old_object');
  return {
    type,
    user: userFrom(objectAt(event, 'object') ?? {}),
    changed: type === 'contact.user.updated_v3' ? Object.keys(old ?? {}) : [],
    oldDepartmentIds: textsAt(old, 'department_ids'),
  };
}

function departmentEvent(type: DepartmentEventType, event: Json): EventBody {
  const old = objectAt(event, 'old_object');
  const gone = type === 'contact.department.deleted_v3';
  const department = departmentFrom({ ...(gone ? old : {}), ...objectAt(event, 'object') });
  const deleted = gone || flagAt(objectAt(old, 'status'), 'is_deleted') === true;
  return {
    type,
    department: gone ? { ...department, isDeleted: deleted } : department,
    changed: type === 'contact.department.updated_v3' ? Object.keys(old ?? {}) : [],
  };
}

function rangeFrom(change: Json | undefined): RangeChange {
  return {
    departmentIds: (objectsAt(change, 'departments') ?? []).flatMap(
      (d) => textAt(d, 'open_department_id') ?? [],
    ),
    openIds: (objectsAt(change, 'users') ?? []).flatMap((user) => textAt(user, 'open_id') ?? []),
    groups: (objectsAt(change, 'user_groups') ?? []).map((group) =>
      groupFrom({ ...group, group_id: group['user_group_id'] }),
    ),
  };
}

function optionalVersion(version: Json | undefined): AppVersion | undefined {
  return version === undefined || textAt(version, 'version_id') === undefined
    ? undefined
    : versionFrom(version);
}

function clickFrom(event: Json): CardClick {
  const operator = objectAt(event, 'operator');
  const action = objectAt(event, 'action');
  const context = objectAt(event, 'context');
  return {
    openId: requiredText(operator, 'open_id'),
    unionId: textAt(operator, 'union_id'),
    userId: textAt(operator, 'user_id'),
    messageId: textAt(context, 'open_message_id'),
    chatId: textAt(context, 'open_chat_id'),
    clickToken: textAt(event, 'token'),
    value: valueOf(action?.['value']),
    formValue: objectAt(action, 'form_value') ?? {},
    inputValue: textAt(action, 'input_value'),
    option: textAt(action, 'option'),
    timeZone: textAt(action, 'timezone'),
  };
}

/** A value travels as it was put in; some clients send it as JSON in a string. */
function valueOf(value: unknown): Json {
  if (isObject(value)) return value;
  if (typeof value !== 'string') return {};
  try {
    const parsed: unknown = JSON.parse(value);
    return isObject(parsed) ? parsed : {};
  } catch {
    // A bare string is no value of ours.
    return {};
  }
}
