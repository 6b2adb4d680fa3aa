import { numberAt, requiredObject, requiredText, textAt } from './decode';
import type { Json } from './decode';
import type { CallOptions, Invoke } from './invoke';
import { ROUTES } from './routes';

export interface UserToken {
  readonly accessToken: string;
  readonly expiresInSeconds: number | undefined;
  /** Only with the scope `offline_access`; works once. */
  readonly refreshToken: string | undefined;
  readonly refreshExpiresInSeconds: number | undefined;
  readonly scopes: readonly string[];
}

/** Who signed in. Compare `tenantKey` with the docking's, then the ids; never trust a mailbox alone. */
export interface SignedInUser {
  readonly openId: string;
  readonly unionId: string | undefined;
  readonly userId: string | undefined;
  readonly tenantKey: string | undefined;
  readonly name: string | undefined;
  readonly email: string | undefined;
  readonly enterpriseEmail: string | undefined;
  readonly mobile: string | undefined;
}

export interface AuthorizeRequest {
  /** Accounts host of the brand. */
  readonly accounts: string;
  readonly appId: string;
  /** Must be on the app's list of redirect URLs. */
  readonly redirectUrl: string;
  readonly state: string;
  readonly scopes?: readonly string[];
  /** PKCE, method S256. */
  readonly codeChallenge?: string;
}

/** The page to which a person is sent to sign in. The code that comes back lives 5 minutes and works once. */
export function authorizeUrl(request: AuthorizeRequest): string {
  const url = new URL('/open-apis/authen/v1/authorize', request.accounts);
  url.searchParams.set('client_id', request.appId);
  url.searchParams.set('redirect_uri', request.redirectUrl);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('state', request.state);
  if (request.scopes !== undefined && request.scopes.length > 0)
    url.searchParams.set('scope', request.scopes.join(' '));
  if (request.codeChallenge !== undefined) {
    url.searchParams.set('code_challenge', request.codeChallenge);
    url.searchParams.set('code_challenge_method', 'S256');
  }
  return url.href;
}

export interface OauthCalls {
  exchangeCode(
    grant: { code: string; redirectUrl: string; codeVerifier?: string },
    options?: CallOptions,
  ): Promise<UserToken>;
  refresh(refreshToken: string, options?: CallOptions): Promise<UserToken>;
  userInfo(userToken: string, options?: CallOptions): Promise<SignedInUser>;
}

/** Sign-in of people. */
export function oauthCalls(invoke: Invoke, app: { appId: string; appSecret: string }): OauthCalls {
  const client = { client_id: app.appId, client_secret: app.appSecret };
  const token = (grant: Json, options: CallOptions | undefined): Promise<UserToken> =>
    invoke(
      {
        route: ROUTES.oauthToken,
        as: 'none',
        body: { ...client, ...grant },
        decode: (_, envelope) => tokenFrom(envelope),
      },
      options,
    );
  return {
    exchangeCode: ({ code, redirectUrl, codeVerifier }, options) =>
      token(
        { grant_type: 'authorization_code', code, redirect_uri: redirectUrl, code_verifier: codeVerifier },
        options,
      ),
    refresh: (refreshToken, options) =>
      token({ grant_type: 'refresh_token', refresh_token: refreshToken }, options),
    userInfo: (userToken, options) =>
      invoke(
        {
          route: ROUTES.oauthUser,
          as: { userToken },
          decode: (data, envelope) => signedInFrom(data ?? requiredObject(envelope, 'data')),
        },
        options,
      ),
  };
}

function tokenFrom(envelope: Json): UserToken {
  return {
    accessToken: requiredText(envelope, 'access_token'),
    expiresInSeconds: numberAt(envelope, 'expires_in'),
    refreshToken: textAt(envelope, 'refresh_token'),
    refreshExpiresInSeconds: numberAt(envelope, 'refresh_token_expires_in'),
    scopes: (textAt(envelope, 'scope') ?? '').split(' ').filter((scope) => scope !== ''),
  };
}

function signedInFrom(user: Json): SignedInUser {
  return {
    openId: requiredText(user, 'open_id'),
    unionId: textAt(user, 'union_id'),
    userId: textAt(user, 'user_id'),
    tenantKey: textAt(user, 'tenant_key'),
    name: textAt(user, 'name'),
    email: textAt(user, 'email'),
    enterpriseEmail: textAt(user, 'enterprise_email'),
    mobile: textAt(user, 'mobile'),
  };
}
