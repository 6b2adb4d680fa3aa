import { textAt } from './decode';
import type { CallOptions, Invoke } from './invoke';
import { ROUTES } from './routes';

/** Changes to lists: what to add and what to take away. */
export interface ListChange {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

export interface PushConfiguration extends ListChange {
  readonly mode?: 'webhook' | 'websocket';
  readonly url?: string;
}

export interface AppConfiguration {
  /** Tenant scopes. Review-free ones act at once, the others after release and approval. */
  readonly scopes?: ListChange;
  readonly events?: PushConfiguration;
  readonly callbacks?: PushConfiguration;
  /** Act at once. */
  readonly redirectUrls?: ListChange;
  /** Act at once. */
  readonly allowedIps?: ListChange;
  readonly encryption?: { readonly encryptKey?: string; readonly verificationToken?: string };
}

/**
 * Set-up by API instead of by hand, with the app's own token on itself.
 * unverified: whether every edition of Feishu and Lark allows it; callers fall back to the console's links.
 */
export interface ConfigurationCalls {
  setHomepage(url: string, options?: CallOptions): Promise<void>;
  configure(change: AppConfiguration, options?: CallOptions): Promise<void>;
  setAbilities(
    abilities: {
      bot?: { enable: boolean; cardCallbackUrl?: string };
      webApp?: { enable: boolean; pcUrl?: string; mobileUrl?: string };
    },
    options?: CallOptions,
  ): Promise<void>;
  /** Submits a version for release. Resolves with its id and number. */
  publish(
    version: {
      version?: string;
      changelog: string;
      remark: string;
      mobileDefault?: 'bot' | 'web_app';
      desktopDefault?: 'bot' | 'web_app';
    },
    options?: CallOptions,
  ): Promise<{ versionId: string | undefined; version: string | undefined }>;
}

export function configurationCalls(invoke: Invoke, appId: string): ConfigurationCalls {
  const path = { app_id: appId };
  return {
    setHomepage: (url, options) =>
      invoke({ route: ROUTES.appBase, path, body: { homepage_url: url }, decode: () => undefined }, options),
    configure: (change, options) =>
      invoke({ route: ROUTES.appConfig, path, body: configBody(change), decode: () => undefined }, options),
    setAbilities: ({ bot, webApp }, options) =>
      invoke(
        {
          route: ROUTES.appAbility,
          path,
          body: {
            ...(bot === undefined
              ? {}
              : { bot: { enable: bot.enable, message_card_callback_url: bot.cardCallbackUrl } }),
            ...(webApp === undefined
              ? {}
              : { web_app: { enable: webApp.enable, pc_url: webApp.pcUrl, mobile_url: webApp.mobileUrl } }),
          },
          decode: () => undefined,
        },
        options,
      ),
    publish: ({ version, changelog, remark, mobileDefault, desktopDefault }, options) =>
      invoke(
        {
          route: ROUTES.appPublish,
          path,
          body: {
            version,
            changelog,
            remark,
            mobile_default_ability: mobileDefault,
            pc_default_ability: desktopDefault,
          },
          decode: (data) => ({ versionId: textAt(data, 'version_id'), version: textAt(data, 'version') }),
        },
        options,
      ),
  };
}

/** Parts that are not named stay as they are: JSON leaves `undefined` out. */
function configBody({
  scopes,
  events,
  callbacks,
  redirectUrls,
  allowedIps,
  encryption,
}: AppConfiguration): object {
  const scopeList = (names: readonly string[] | undefined): object[] | undefined =>
    names?.map((name) => ({ scope_name: name, token_type: 'tenant' }));
  const security = redirectUrls !== undefined || allowedIps !== undefined;
  return {
    scope:
      scopes === undefined
        ? undefined
        : { add_scopes: scopeList(scopes.add), remove_scopes: scopeList(scopes.remove) },
    event:
      events === undefined
        ? undefined
        : {
            subscription_type: events.mode,
            request_url: events.url,
            add_events: events.add,
            remove_events: events.remove,
          },
    callback:
      callbacks === undefined
        ? undefined
        : {
            callback_type: callbacks.mode,
            request_url: callbacks.url,
            add_callbacks: callbacks.add,
            remove_callbacks: callbacks.remove,
          },
    security: security
      ? {
          add: { redirect_urls: redirectUrls?.add, allowed_ips: allowedIps?.add },
          remove: { redirect_urls: redirectUrls?.remove, allowed_ips: allowedIps?.remove },
        }
      : undefined,
    event_and_callback_encrypt_strategy:
      encryption === undefined
        ? undefined
        : { encryption_key: encryption.encryptKey, verification_token: encryption.verificationToken },
  };
}
