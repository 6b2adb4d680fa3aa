/** Everything the rest of the product may know about Feishu and Lark. */
export { BRANDS, botChatLink, brandOf, setupLinks, webAppLink } from './brands';
export type { Brand, BrandHosts, Localized, SetupLinks } from './brands';
export { EMPLOYEE_PHONE_CANDIDATES, WIDE_CONTACT_SCOPES, requiredPermissions } from './permissions';
export type { Permission } from './permissions';
export { batchImportJson, judgePermission } from './grants';
export type { PermissionVerdict, ScopeGrant } from './grants';
export {
  CARD_FINAL_CODES,
  CARD_REASONS,
  CODES,
  DEAD_TOKEN_CODES,
  DOCKING_CLASSES,
  DOCKING_REASONS,
  ERROR_CLASSES,
  classify,
} from './codes';
export type { ClassPolicy, CodeEntry, ErrorClass, RetryAdvice } from './codes';
export { FeishuError } from './errors';
export type { FeishuErrorDetails, FieldViolation } from './errors';
export { systemClock } from './clock';
export type { Clock } from './clock';
export { createFeishu } from './client';
export type { Feishu, FeishuClient, FeishuOptions } from './client';
export type { LongConnection, LongConnectionOptions, LongConnectionState } from './long-connection';
export { createFeishuHttp } from './http';
export type { FeishuHttp } from './http';
export { createTokenManager } from './token-manager';
export type { Credentials, TokenManager, TokenManagerOptions } from './token-manager';
export type { CallOptions } from './invoke';
export type { CallOutcome, Meter } from './meter';
export { PacingRefusal } from './bucket';
export type { Bucket, LimitLedger, Priority } from './bucket';
export { createInProcessPacer, createMemoryLedger, createPacer } from './pacing';
export type { AcquireOptions, Pacer } from './pacing';
export { EMPTY_WINDOW, block, idleFrom, reserve } from './rate-window';
export type { RateLimit, RateWindow, Reservation, Reserved } from './rate-window';
export { DEFAULT_RATE_PAUSE_MS, PLATFORM_LIMITS, RECEIVER_PACE, TIERS, paced } from './limits';
export type { Tier } from './limits';
export { ROUTES, routeLabel } from './routes';
export type { Route, RouteName } from './routes';
export type { Page, PageRequest } from './decode';
export type {
  AppLanguage,
  ApplicationCalls,
  AvailabilityTargets,
  AvailabilityVerdict,
  Bot,
  ContactsRange,
} from './application';
export type { EventKeys, FeishuApp, PushSettings } from './app-details';
export type { AppVersion, VersionVisibility } from './versions';
export type { ContactCalls, ContactScopes, FoundId, GroupMember } from './contact';
export type { FeishuDepartment, FeishuUser, UserGroup } from './people';
export type { Tenant, TenantCalls } from './tenant';
export type {
  Message,
  MessageCalls,
  MessageContent,
  OutgoingMessage,
  Reader,
  ReceiverKind,
} from './messages';
export type { AppConfiguration, ConfigurationCalls, ListChange, PushConfiguration } from './configuration';
export { authorizeUrl } from './oauth';
export { EVENT_READERS } from './event-readers';
export { RegistrationUnreachable } from './app-registration';
export type { AppPreset, AppRegistration, BegunRegistration, RegistrationPoll } from './app-registration';
export type { AuthorizeRequest, OauthCalls, SignedInUser, UserToken } from './oauth';
export { ID_PATTERNS, ROOT_DEPARTMENT_ID, deliverable, employeeState } from './identity';
export type { Deliverability, EmployeeState, UserStatus } from './identity';
export { maskSensitive } from './sensitive';
export { reminderCard } from './cards/reminder-card';
export { maskedReminder, plainTextFallback, textWithoutWords } from './cards/fallbacks';
export { digestCard, digestText, digestWithoutWords, maskedDigest } from './cards/digest-card';
export { invitationCard } from './cards/invitation-card';
export { clickAnswer } from './cards/answer';
export type { ClickAnswer } from './cards/answer';
export { NOTE_FIELD, cardBytes } from './cards/elements';
export { escapeMarkdown, escapeTextMessage } from './cards/user-text';
export type {
  CardAction,
  CardActionValue,
  CardFact,
  CardPriority,
  CardState,
  CardV2,
  DigestCardModel,
  DigestLine,
  ReminderCardModel,
  Text,
} from './cards/model';
export { decryptEvent, openFeishuEvent, signatureOf } from './signatures';
export type { OpenEventOptions, OpenedEvent, Refusal, RequestHeaders } from './signatures';
export type { CardClick, EventHead, FeishuEvent, RangeChange } from './event-types';
