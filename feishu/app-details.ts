import { numberAt, objectAt, objectsAt, requiredText, textAt, textsAt } from './decode';
import type { Json } from './decode';

/** The app as Feishu shows it. `undefined` = not told, which is not the same as empty. */
export interface FeishuApp {
  readonly appId: string;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly avatarUrl: string | undefined;
  readonly status: 'disabled' | 'enabled' | 'not-enabled' | 'unknown';
  readonly kind: 'custom' | 'store' | 'personal-store' | 'unknown';
  /** Under "redirect URLs" or under "security", whichever Feishu sends. */
  readonly redirectUrls: readonly string[] | undefined;
  /** Empty string: never released. */
  readonly onlineVersionId: string | undefined;
  /** Not empty while a version waits for review. */
  readonly versionInReviewId: string | undefined;
  readonly scopes: readonly string[] | undefined;
  readonly backHomeUrl: string | undefined;
  /** `bot`, `web_app` or `gadget`. */
  readonly mobileDefault: string | undefined;
  readonly desktopDefault: string | undefined;
  readonly ipAllowList: readonly string[] | undefined;
  readonly events: PushSettings | undefined;
  readonly callbacks: PushSettings | undefined;
}

/** How events or card clicks reach us. Encryption key and verification token are read on their own: they are secrets. */
export interface PushSettings {
  readonly mode: string | undefined;
  readonly url: string | undefined;
  readonly subscribed: readonly string[] | undefined;
}

/** Reads the app from Feishu's answer. */
export function appFrom(app: Json): FeishuApp {
  const security = objectAt(app, 'security');
  return {
    appId: requiredText(app, 'app_id'),
    name: textAt(app, 'app_name'),
    description: textAt(app, 'description'),
    avatarUrl: textAt(app, 'avatar_url'),
    status: (['disabled', 'enabled', 'not-enabled'] as const)[numberAt(app, 'status') ?? 3] ?? 'unknown',
    kind: (['custom', 'store', 'personal-store'] as const)[numberAt(app, 'scene_type') ?? 3] ?? 'unknown',
    redirectUrls: union(textsAt(app, 'redirect_urls'), textsAt(security, 'redirect_urls')),
    onlineVersionId: textAt(app, 'online_version_id'),
    versionInReviewId: textAt(app, 'unaudit_version_id'),
    scopes: objectsAt(app, 'scopes')?.flatMap((scope) => textAt(scope, 'scope') ?? []),
    backHomeUrl: textAt(app, 'back_home_url'),
    mobileDefault: textAt(app, 'mobile_default_ability'),
    desktopDefault: textAt(app, 'pc_default_ability'),
    ipAllowList: textsAt(security, 'allowed_ips'),
    events: pushFrom(objectAt(app, 'event'), 'subscription_type', 'subscribed_events'),
    callbacks: pushFrom(
      objectAt(app, 'callback') ?? objectAt(app, 'callback_info'),
      'callback_type',
      'subscribed_callbacks',
    ),
  };
}

/** Secrets of the app's event address. An empty key: events come in the clear. `undefined`: Feishu does not tell. */
export interface EventKeys {
  readonly encryptKey: string | undefined;
  readonly verificationToken: string | undefined;
}

/** Reads them from Feishu's answer about the app; older platforms leave them out. */
export function eventKeysFrom(app: Json): EventKeys {
  const encryption = objectAt(app, 'encryption');
  return {
    encryptKey: textAt(encryption, 'encryption_key'),
    verificationToken: textAt(encryption, 'verification_token'),
  };
}

/** Both lists name redirect URLs; an absent one says nothing about the other. */
function union(
  first: readonly string[] | undefined,
  second: readonly string[] | undefined,
): readonly string[] | undefined {
  if (first === undefined) return second;
  return [...new Set([...first, ...(second ?? [])])];
}

function pushFrom(settings: Json | undefined, mode: string, subscribed: string): PushSettings | undefined {
  if (settings === undefined) return undefined;
  return {
    mode: textAt(settings, mode),
    url: textAt(settings, 'request_url'),
    subscribed: textsAt(settings, subscribed),
  };
}
