/**
 * Creating a custom app by device flow (RFC 8628): we begin, a person confirms on the platform's page (by QR code or link),
 * we poll. Source: the official Node SDK's `registerApp`. unverified: never run against a live tenant.
 */
import { gzipSync } from 'node:zlib';
import type { Brand } from './brands';
import type { FeishuHttp } from './http';

const PATH = '/oauth/v1/app/registration';
const TIMEOUT_MS = 15_000;
/** What the SDK waits where the platform names no time, in seconds. */
const DEFAULT_INTERVAL_SECONDS = 5;
const DEFAULT_LIFE_SECONDS = 600;

/** What the new app comes with; shown to the person on the platform's page. */
export interface AppPreset {
  readonly name?: string;
  /** Permissions of the app itself. */
  readonly scopes: readonly string[];
  readonly events: readonly string[];
  readonly callbacks: readonly string[];
}

export interface BegunRegistration {
  readonly deviceCode: string;
  readonly userCode: string;
  /** The page to confirm on, the preset in its query; also what a QR code holds. */
  readonly confirmUrl: string;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
}

export type RegistrationPoll =
  | { readonly kind: 'pending' }
  /** Confirmed at the other brand: ask there from now on. */
  | { readonly kind: 'other-brand'; readonly brand: Brand }
  | {
      readonly kind: 'created';
      readonly appId: string;
      readonly appSecret: string;
      readonly brand: Brand | undefined;
    }
  | { readonly kind: 'denied' | 'expired' };

/** The platform did not answer, or not in a way that means anything. */
export class RegistrationUnreachable extends Error {
  override readonly name = 'RegistrationUnreachable';
}

export interface AppRegistration {
  begin(preset: AppPreset): Promise<BegunRegistration>;
  poll(deviceCode: string): Promise<RegistrationPoll>;
}

interface Answer {
  device_code?: string;
  user_code?: string;
  verification_uri?: string;
  verification_uri_complete?: string;
  expires_in?: number;
  interval?: number;
  client_id?: string;
  client_secret?: string;
  user_info?: { tenant_brand?: string };
  error?: string;
}

/** `accounts`: origin of the brand's accounts host. Both calls fail with `RegistrationUnreachable`. */
export function appRegistration(http: FeishuHttp, accounts: string): AppRegistration {
  const ask = async (form: Record<string, string>): Promise<Answer> => {
    try {
      const { data } = await http.axios.post<string>(
        `${accounts}${PATH}`,
        new URLSearchParams(form).toString(),
        {
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          timeout: TIMEOUT_MS,
        },
      );
      const answer = JSON.parse(data) as Answer | null;
      if (answer !== null && typeof answer === 'object') return answer;
    } catch {
      // Network, time-out or a proxy's page: the caller tells the admin, who asks again.
    }
    throw new RegistrationUnreachable(`${accounts} did not answer the creation of an app.`);
  };
  return {
    async begin(preset) {
      const answer = await ask({
        action: 'begin',
        archetype: 'PersonalAgent',
        auth_method: 'client_secret',
        request_user_info: 'open_id',
      });
      const page = answer.verification_uri_complete ?? answer.verification_uri;
      if (!answer.device_code || !page || !URL.canParse(page)) {
        throw new RegistrationUnreachable(`${accounts} does not offer the creation of an app this way.`);
      }
      return {
        deviceCode: answer.device_code,
        userCode: answer.user_code ?? '',
        confirmUrl: withPreset(page, preset),
        expiresInSeconds: answer.expires_in ?? DEFAULT_LIFE_SECONDS,
        intervalSeconds: answer.interval ?? DEFAULT_INTERVAL_SECONDS,
      };
    },
    async poll(deviceCode) {
      const answer = await ask({ action: 'poll', device_code: deviceCode });
      const brand = answer.user_info?.tenant_brand;
      if (answer.client_id && answer.client_secret) {
        return {
          kind: 'created',
          appId: answer.client_id,
          appSecret: answer.client_secret,
          brand: brand === 'lark' || brand === 'feishu' ? brand : undefined,
        };
      }
      if (brand === 'lark') return { kind: 'other-brand', brand };
      switch (answer.error) {
        case 'access_denied':
          return { kind: 'denied' };
        case 'expired_token':
        case 'invalid_grant':
          return { kind: 'expired' };
        default:
          return { kind: 'pending' };
      }
    },
  };
}

/** The page reads the preset from its query: JSON, gzipped, base64url. */
function withPreset(page: string, { name, scopes, events, callbacks }: AppPreset): string {
  const url = new URL(page);
  if (name !== undefined) url.searchParams.set('name', name);
  const addons = {
    scopes: { tenant: scopes },
    events: { items: { tenant: events } },
    callbacks: { items: callbacks },
  };
  url.searchParams.set('addons', gzipSync(JSON.stringify(addons)).toString('base64url'));
  return url.href;
}
