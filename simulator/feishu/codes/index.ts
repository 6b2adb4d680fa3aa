import { INVALID_TOKEN, MESSAGE_TEXTS } from './texts';

export { CARD_TEXTS, INVALID_TOKEN, MESSAGE_TEXTS, type MessageCode } from './texts';

/** Where a code comes from and what accompanies it. Codes are unique within an area only. */
export interface CodeEntry {
  readonly area: string;
  readonly code: number;
  readonly msg: string;
  /** HTTP status; clients should classify by code. */
  readonly status: number;
}

type Texts = Readonly<Record<number, string>>;

function area(name: string, status: number, texts: Texts): CodeEntry[] {
  return Object.entries(texts).map(([code, msg]) => ({ area: name, code: Number(code), msg, status }));
}

/** The id kinds of 99992351 to 99992364: does not exist, or belongs to another app or tenant. */
const FOREIGN_IDS: Texts = Object.fromEntries(
  Array.from({ length: 14 }, (_, i) => 99992351 + i).map((code) => [
    code,
    code === 99992361
      ? 'open_id cross app'
      : code === 99992364
        ? 'user_id cross tenant'
        : 'The id does not exist or belongs to another app or tenant.',
  ]),
);

/**
 * Every error code of the platform that a docking can meet. Texts and statuses without a source are unverified.
 * The simulator raises most of them by itself; each can be had with a fault of effect `code`.
 */
export const CODES: readonly CodeEntry[] = [
  ...area('token', 200, {
    10003: 'invalid param',
    10005: 'app id unauthorized',
    10012: 'get app access token failed',
    10013: 'get tenant access token failed',
    10014: 'app secret invalid',
    10015: 'app secret error',
  }),
  ...area('gate', 400, {
    99991661: 'Need a token',
    99991662: 'app is not in use',
    99991663: INVALID_TOKEN,
    99991664: INVALID_TOKEN,
    99991665: 'invalid tenant code',
    99991668: INVALID_TOKEN,
    99991671: 'token must start with t- or u-',
    99991672: 'Access denied. One of the scopes of this call is required.',
    99991673: 'app status unavailable',
    99991676: 'token no permission',
    99991677: 'user access token expired',
    99991679: 'Unauthorized. You do not have permission to perform the requested operation on the resource.',
    99991401: 'ip is denied by app setting',
    99991543: 'app_id or app_secret is invalid',
    99992402: 'field validation failed',
    9499: 'Bad Request',
    ...FOREIGN_IDS,
  }),
  ...area('gate', 429, { 99991400: 'request trigger frequency limit' }),
  ...area('gate', 404, { 99991201: '404 page not found' }),
  ...area('gate', 405, { 99991301: 'method not allowed' }),
  ...area('server', 500, {
    1500: 'internal error',
    1663: 'internal error',
    5000: 'internal error',
    10101: 'internal error',
    55001: 'server internal error',
  }),
  ...area('server', 400, { 2200: 'Internal Error' }),
  ...area('application', 400, {
    210001: 'invalid parameter',
    210500: 'invalid parameter',
    210501: 'invalid parameter',
    210503: 'invalid app_id',
    210504: 'app not found in tenant',
    210505: 'app is not a custom app',
    210506: 'app not exist',
    210508: 'insufficient permission level',
    212001: 'only super-sensitive scopes left',
    212002: 'no scope to apply for',
    212003: 'application over limit',
    212004: 'duplicate application',
    212100: 'app not installed in tenant',
  }),
  ...area('application', 200, {
    210002: 'no permission to change the availability',
    210003: 'the user is not valid',
    210004: 'the department is not valid',
    210005: 'the group is not valid',
    210006: 'the availability can not be changed',
    50003: 'no such app',
  }),
  ...area('bot', 400, { 11205: 'app do not have bot' }),
  ...area('tenant', 404, { 1184000: 'tenant not found' }),
  ...area('tenant', 403, { 1184001: 'no permission' }),
  ...area('contact', 400, {
    40001: 'param error',
    40003: 'internal param error',
    40008: 'invalid param',
    40011: 'page token is invalid',
    40012: 'page size is invalid',
    40162: 'dept tree is too large',
    41012: 'user id invalid error',
    41050: 'no user authority error',
    42003: 'group id invalid or no group authority',
    43007: 'department not found',
    43010: 'dept tree is too large',
  }),
  ...area('contact', 401, { 42008: 'tenant id is invalid' }),
  ...area('contact', 403, { 40004: 'no dept authority error', 40014: 'no parent dept authority error' }),
  ...area('message', 400, MESSAGE_TEXTS),
  ...area('message', 400, { 230099: 'Failed to create card content' }),
  ...area('batch', 200, {
    10002: 'bad request',
    10003: 'invalid parameter',
    11101: 'no such message',
    11203: 'invalid department ids',
    11204: 'invalid open ids',
    11205: 'app do not have bot',
    11207: 'invalid user ids',
    11209: 'no permission',
    11210: 'no valid receiver',
    11223: 'too many receivers',
    11246: 'card is invalid',
    11247: 'over the daily limit of messages',
    11312: 'content is invalid',
  }),
  ...area('late-update', 400, {
    10002: 'bad request',
    100000: 'unknown error',
    100030: 'invalid card',
    200000: 'internal error',
    200310: 'card is invalid',
    200320: 'card is too large',
    300020: 'the message does not exist',
    300030: 'token expired',
    300040: 'the token has been used too often',
    300090: 'the card can not be updated',
  }),
  ...area('long-connection', 200, {
    1: 'system busy',
    403: 'forbidden',
    514: 'auth failed',
    1000040343: 'internal error',
    1000040350: 'the number of connections exceeded the limit',
  }),
  ...area('user-info', 200, {
    20001: 'The request is malformed.',
    20005: 'The user access token is invalid.',
    20008: 'The user does not exist.',
    20021: 'The user has resigned.',
    20022: 'The user is frozen.',
    20023: 'The user is not registered.',
  }),
  ...area('oauth', 400, {
    20002: 'The client secret is invalid.',
    20003: 'The authorization code was not found.',
    20004: 'The authorization code has expired.',
    20010: 'The user has no permission to use the app.',
    20024: 'The authorization code belongs to another client.',
    20026: 'The refresh token is invalid.',
    20027: 'The app has not been granted these scopes.',
    20029: 'The redirect URL is not in the redirect URL list of the app.',
    20037: 'The refresh token has expired.',
    20048: 'The app does not exist.',
    20049: 'The code_verifier does not fit the code_challenge.',
    20063: 'The request is missing a required parameter.',
    20064: 'The refresh token has been revoked.',
    20065: 'The authorization code has been used.',
    20069: 'The app is not enabled.',
    20071: 'The redirect_uri does not match that of the authorization request.',
    20073: 'The refresh token has been used.',
  }),
  ...area('oauth', 500, { 20050: 'An unexpected server error occurred.' }),
];

/** The area whose calls live under this path; '' where the shared areas apply. */
export function areaOf(path: string): string {
  if (path.startsWith('/open-apis/auth/')) return 'token';
  if (path.startsWith('/open-apis/message/v4/')) return 'batch';
  if (path.startsWith('/open-apis/interactive/')) return 'late-update';
  if (path.startsWith('/callback/')) return 'long-connection';
  if (path.startsWith('/open-apis/authen/v2/')) return 'oauth';
  return path === '/open-apis/authen/v1/user_info' ? 'user-info' : '';
}

/** What is known of a code: the path's own meaning of it first, then anybody's. */
export function entryOf(code: number, path: string): CodeEntry | undefined {
  const own = areaOf(path);
  return (
    CODES.find((entry) => entry.code === code && entry.area === own) ??
    CODES.find((entry) => entry.code === code)
  );
}
