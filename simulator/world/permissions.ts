/** The permissions an app needs for a complete docking; the last one stands for "employee's phone number". */
export const REQUIRED_SCOPES = [
  'admin:app.info:readonly',
  'contact:contact.base:readonly',
  'admin:app.visibility',
  'contact:department.base:readonly',
  'contact:department.organize:readonly',
  'contact:group:readonly',
  'contact:user.base:readonly',
  'contact:user.department:readonly',
  'contact:user.email:readonly',
  'contact:user.employee:readonly',
  'contact:user.employee_id:readonly',
  'contact:user.phone:readonly',
  'im:message',
  'tenant:tenant:readonly',
  // unverified: no source ties the label of this permission to a key.
  'directory:employee.base.mobile:read',
] as const;

/** Scopes that take effect without a released version. unverified: by repute, the list is not published. */
export const REVIEW_FREE_SCOPES: readonly string[] = [
  'application:application:self_manage',
  'im:message:send_as_bot',
  'contact:user.base:readonly',
];

/** Scopes that the platform calls super-sensitive: `scopes/apply` leaves them out. */
export const SUPER_SENSITIVE_SCOPES: readonly string[] = ['admin:app.visibility'];

/** What a fresh app of the simulator listens to. */
export const DEFAULT_EVENTS = [
  'contact.user.created_v3',
  'contact.user.updated_v3',
  'contact.user.deleted_v3',
  'contact.department.created_v3',
  'contact.department.updated_v3',
  'contact.department.deleted_v3',
  'contact.scope.updated_v3',
  'application.application.app_version.publish_apply_v6',
  'application.application.app_version.audit_v6',
  'application.application.app_version.publish_revoke_v6',
  'application.application.visibility.added_v6',
  'application.bot.menu_v6',
  'im.message.receive_v1',
  'im.message.message_read_v1',
  'im.message.recalled_v1',
  'im.chat.access_event.bot_p2p_chat_entered_v1',
  'p2p_chat_create',
] as const;
