import { applicationCalls } from './application';
import type { ApplicationCalls } from './application';
import { systemClock } from './clock';
import type { Clock } from './clock';
import { configurationCalls } from './configuration';
import type { ConfigurationCalls } from './configuration';
import { contactCalls } from './contact';
import type { ContactCalls } from './contact';
import { appRegistration, type AppRegistration } from './app-registration';
import { createFeishuHttp } from './http';
import type { FeishuHttp } from './http';
import { createInvoke } from './invoke';
import { paced } from './limits';
import { holdLongConnection, type LongConnection, type LongConnectionOptions } from './long-connection';
import { messageCalls } from './messages';
import type { MessageCalls } from './messages';
import type { Meter } from './meter';
import { oauthCalls } from './oauth';
import type { OauthCalls } from './oauth';
import { createInProcessPacer } from './pacing';
import type { Pacer } from './pacing';
import type { RateLimit } from './rate-window';
import { tenantCalls } from './tenant';
import type { TenantCalls } from './tenant';
import { createTokenManager } from './token-manager';
import type { Credentials, TokenManager } from './token-manager';

/** Everything one app can ask of Feishu. Every call can fail with a `FeishuError`. */
export interface FeishuClient {
  readonly appId: string;
  readonly baseUrl: string;
  /** Asks for a token now. Fails with class `app-state` when id, secret, brand or state of the app are wrong. */
  checkCredentials(signal?: AbortSignal): Promise<{ expiresInSeconds: number }>;
  readonly application: ApplicationCalls;
  readonly tenant: TenantCalls;
  readonly contact: ContactCalls;
  readonly messages: MessageCalls;
  readonly configuration: ConfigurationCalls;
  readonly oauth: OauthCalls;
}

export interface Feishu {
  /** The client of one app. Cheap: make one per piece of work, tokens and connections are shared. */
  for(credentials: Credentials): FeishuClient;
  readonly tokens: TokenManager;
  /** Creates a custom app by device flow; `accounts` = origin of the brand's accounts host. */
  registration(accounts: string): AppRegistration;
  /** Has events and card clicks of an app come over a connection that we open, until it is closed. */
  hold(credentials: Credentials, options: LongConnectionOptions): LongConnection;
  /** Ends the connection pool, if it was made here. */
  close(): void;
}

export interface FeishuOptions {
  readonly http?: FeishuHttp;
  readonly tokens?: TokenManager;
  /** Default: windows in this process. Several workers share one over `createPacer({ ledger })`. */
  readonly pacer?: Pacer;
  readonly meter?: Meter;
  readonly clock?: Clock;
  /** Our own pace under each platform limit. Default `paced`: 40 reads or 45 writes a second, 1,000 or 950 a minute. */
  readonly pace?: (limit: RateLimit, effect: 'read' | 'write') => RateLimit;
}

export function createFeishu(options: FeishuOptions = {}): Feishu {
  const { clock = systemClock, meter, pacer = createInProcessPacer(), pace = paced } = options;
  const http = options.http ?? createFeishuHttp();
  const tokens =
    options.tokens ?? createTokenManager({ http, clock, ...(meter === undefined ? {} : { meter }) });
  return {
    tokens,
    registration: (accounts) => appRegistration(http, accounts),
    hold: (credentials, options) => holdLongConnection(http, credentials, options),
    for(credentials) {
      const invoke = createInvoke({ http, tokens, pacer, clock, meter, pace }, credentials);
      return {
        appId: credentials.appId,
        baseUrl: credentials.baseUrl,
        checkCredentials: (signal) => tokens.check(credentials, signal),
        application: applicationCalls(invoke, credentials.appId),
        tenant: tenantCalls(invoke),
        contact: contactCalls(invoke),
        messages: messageCalls(invoke),
        configuration: configurationCalls(invoke, credentials.appId),
        oauth: oauthCalls(invoke, credentials),
      };
    },
    close: () => {
      if (options.http === undefined) http.close();
    },
  };
}
