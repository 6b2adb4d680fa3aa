import { isAxiosError } from 'axios';
import { classify, CARD_REASONS, ERROR_CLASSES } from './codes';
import type { ErrorClass } from './codes';
import { isObject, numberAt, objectAt, objectsAt, textAt } from './decode';
import type { Json } from './decode';
import { FeishuError } from './errors';
import type { FeishuHttp } from './http';
import { LONGEST_RATE_PAUSE_MS } from './limits';
import { routeLabel } from './routes';
import type { Route } from './routes';
import { cleanPlatformMessage } from './sensitive';

export type QueryValue = string | number | boolean | readonly string[] | undefined;

export interface HttpCall {
  readonly baseUrl: string;
  readonly route: Route;
  /** Values for the `:names` of the route's path. */
  readonly path?: Readonly<Record<string, string>>;
  /** Arrays become repeated keys; `undefined` is left out. */
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For the whole exchange, in ms. */
  readonly timeoutMs: number;
}

export interface Answer {
  /** The whole envelope; most payloads sit under `data`. */
  readonly envelope: Json;
  readonly httpStatus: number;
  readonly logId: string | undefined;
}

/**
 * One exchange. Resolves with the envelope when its `code` is 0, whatever the HTTP status; everything else is a `FeishuError`.
 * When the caller's signal aborts, rejects with the signal's reason; the outcome of a write is then unknown.
 */
export async function exchange(http: FeishuHttp, call: HttpCall): Promise<Answer> {
  call.signal?.throwIfAborted();
  const limit = new AbortController();
  const cancel = (): void => limit.abort();
  call.signal?.addEventListener('abort', cancel, { once: true });
  const timer = setTimeout(cancel, call.timeoutMs);
  try {
    const response = await http.axios.request<unknown>({
      method: call.route.method,
      url: urlOf(call),
      headers: headersOf(call),
      ...(call.body === undefined ? {} : { data: JSON.stringify(call.body) }),
      signal: limit.signal,
    });
    return read(call.route, response.status, response.data, (name) => headerOf(response.headers, name));
  } catch (error) {
    call.signal?.throwIfAborted();
    if (error instanceof FeishuError) throw error;
    throw notAnswered(call.route, error, limit.signal.aborted);
  } finally {
    clearTimeout(timer);
    call.signal?.removeEventListener('abort', cancel);
  }
}

/** An answer of code 0 that lacks what the call is about. */
export function unreadable(route: Route, answer: Answer, what: string): FeishuError {
  return failure(route, 'server', {
    platformMessage: what,
    httpStatus: answer.httpStatus,
    logId: answer.logId,
  });
}

function urlOf(call: HttpCall): string {
  const path = call.route.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = call.path?.[name];
    if (value === undefined || value === '')
      throw new TypeError(`${routeLabel(call.route)} needs "${name}".`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(call.query ?? {})) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? (value as readonly string[]) : [value])
      query.append(key, String(item));
  }
  const search = query.size === 0 ? '' : `?${query.toString()}`;
  return `${call.baseUrl.replace(/\/+$/, '')}/open-apis${path}${search}`;
}

function headersOf(call: HttpCall): Record<string, string> {
  return {
    ...(call.token === undefined ? {} : { Authorization: `Bearer ${call.token}` }),
    ...(call.body === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
  };
}

type HeaderReader = (name: string) => string | undefined;

function headerOf(headers: unknown, name: string): string | undefined {
  return isObject(headers) ? textAt(headers, name) : undefined;
}

function read(route: Route, httpStatus: number, body: unknown, header: HeaderReader): Answer {
  const logIdHeader = header('x-tt-logid') ?? header('x-request-id');
  const envelope = parse(body);
  const code = numberAt(envelope, 'code');
  if (envelope === undefined || code === undefined) {
    const errorClass = classOfStrangeAnswer(httpStatus);
    throw failure(route, errorClass, {
      httpStatus,
      logId: logIdHeader,
      retryAfterMs: errorClass === 'rate' ? resetOf(header) : undefined,
      platformMessage: 'The answer is not a Feishu envelope.',
    });
  }
  const error = objectAt(envelope, 'error');
  const logId = logIdHeader ?? textAt(error, 'log_id');
  if (code === 0) return { envelope, httpStatus, logId };

  const entry = classify(code, httpStatus);
  const message = textAt(envelope, 'msg') ?? textAt(envelope, 'error_description') ?? '';
  throw new FeishuError({
    code,
    ...entry,
    retryAfterMs: entry.errorClass === 'rate' ? resetOf(header) : undefined,
    httpStatus,
    logId,
    missingScopes: entry.errorClass === 'scope' ? missingScopes(error, message) : undefined,
    fieldViolations: fieldViolations(error),
    route: routeLabel(route),
    outcome: outcomeOf(route, entry.errorClass),
    platformMessage: platformWords(code, message),
  });
}

function parse(body: unknown): Json | undefined {
  if (typeof body !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    // Not JSON: a proxy's page. The caller names it by its HTTP status.
    return undefined;
  }
}

/** Without an envelope only the status is left: a missing page or a redirect is a wrong address, the rest a broken server. */
function classOfStrangeAnswer(httpStatus: number): ErrorClass {
  if (httpStatus === 429) return 'rate';
  if (httpStatus === 404 || httpStatus === 405 || (httpStatus >= 300 && httpStatus < 400)) return 'wrong-url';
  return 'server';
}

/** A server failure or a message in flight leaves a write undecided; every other answer is a plain no. */
function outcomeOf(route: Route, errorClass: ErrorClass): 'refused' | 'unknown' {
  const undecided = errorClass === 'server' || errorClass === 'in-flight';
  return route.effect === 'write' && undecided ? 'unknown' : 'refused';
}

function failure(
  route: Route,
  errorClass: ErrorClass,
  details: Partial<ConstructorParameters<typeof FeishuError>[0]>,
): FeishuError {
  return new FeishuError({
    errorClass,
    ...ERROR_CLASSES[errorClass],
    route: routeLabel(route),
    outcome: outcomeOf(route, errorClass),
    ...details,
  });
}

/** Failures after which nothing can have reached Feishu. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_INVALID_URL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The axios error itself holds the request with its token and body, so only its code is kept. */
function notAnswered(route: Route, error: unknown, timedOut: boolean): FeishuError | TypeError {
  if (!isAxiosError(error))
    return error instanceof TypeError ? error : new TypeError('The request could not be built.');
  const code = timedOut ? 'time-out' : (error.code ?? 'no answer');
  return failure(route, 'server', {
    platformMessage: `no answer: ${code}`,
    ...(NEVER_CONNECTED.has(code) ? { outcome: 'refused' as const } : {}),
  });
}

/** Seconds, sometimes fractions of one; capped, for a pause of hours would be a mistake. */
function resetOf(header: HeaderReader): number | undefined {
  const seconds = Number(header('x-ogw-ratelimit-reset') ?? Number.NaN);
  if (!Number.isFinite(seconds) || seconds < 0) return undefined;
  return Math.min(Math.max(Math.ceil(seconds * 1_000), 50), LONGEST_RATE_PAUSE_MS);
}

/** Machine-readable violations first; older answers name the scopes only in the text, in square brackets. */
function missingScopes(error: Json | undefined, message: string): readonly string[] | undefined {
  const subjects = objectsAt(error, 'permission_violations')
    ?.map((violation) => textAt(violation, 'subject'))
    .filter((subject) => subject !== undefined && subject !== '') as string[] | undefined;
  if (subjects !== undefined && subjects.length > 0) return subjects;
  const listed = /\[([\w:.,\- ]{3,2000})\]/.exec(message)?.[1];
  return listed?.split(',').map((scope) => scope.trim());
}

function fieldViolations(error: Json | undefined): FeishuError['fieldViolations'] {
  return objectsAt(error, 'field_violations')?.map((violation) => ({
    field: textAt(violation, 'field') ?? '',
    description: cleanPlatformMessage(textAt(violation, 'description') ?? ''),
  }));
}

function platformWords(code: number, message: string): string | undefined {
  const reason =
    code === 230099 ? CARD_REASONS.get(Number(/ErrCode:\s*(\d+)/.exec(message)?.[1])) : undefined;
  const words = [reason, cleanPlatformMessage(message)].filter((part) => part !== undefined && part !== '');
  return words.length === 0 ? undefined : words.join('; ');
}
