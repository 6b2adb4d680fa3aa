import { createHash } from 'node:crypto';
import type { Clock } from './clock';
import { DEAD_TOKEN_CODES, ERROR_CLASSES } from './codes';
import { UnreadableAnswer, objectAt } from './decode';
import type { Json } from './decode';
import { FeishuError } from './errors';
import type { FeishuHttp } from './http';
import { DEFAULT_RATE_PAUSE_MS, RECEIVER_PACE, TIERS } from './limits';
import { metered } from './meter';
import type { Meter } from './meter';
import { PacingRefusal } from './bucket';
import type { Bucket, Priority } from './bucket';
import type { Pacer } from './pacing';
import type { RateLimit } from './rate-window';
import { routeLabel } from './routes';
import type { Route } from './routes';
import type { Credentials, TokenManager } from './token-manager';
import { exchange, unreadable } from './transport';
import type { Answer, QueryValue } from './transport';

/** How one call may behave. Everything has a default. */
export interface CallOptions {
  /** Aborting rejects with the signal's reason. A write that was under way may have taken effect. */
  readonly signal?: AbortSignal;
  /** For one exchange, in ms; the wait for a turn does not count. Default 10,000. */
  readonly timeoutMs?: number;
  /** Who goes first when calls wait for their turn. Default `routine`. */
  readonly priority?: Priority;
  /**
   * `wait` (default): queue for a turn. `immediate`: call only if a turn is free now, else fail with class `rate`,
   * outcome `refused`, nothing sent.
   */
  readonly pace?: 'wait' | 'immediate';
  /** Longest wait for a turn, in ms, after which the call fails like `immediate`. Default: no limit. */
  readonly maxWaitMs?: number;
  /** Told of every exchange of this call, repetitions included, by its route, e.g. `GET /open-apis/contact/v3/scopes`. */
  readonly onExchange?: (route: string) => void;
}

export interface Request<T> {
  readonly route: Route;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  /** `tenant` (default) is the app's own token; `none` sends none; otherwise a person's token. */
  readonly as?: 'tenant' | 'none' | { readonly userToken: string };
  /** A person, chat or message that has a limit of its own beside the API's. */
  readonly receiver?: string;
  /** Reads the answer's `data` (or the whole envelope, where the platform puts the payload at top level). */
  readonly decode: (data: Json | undefined, envelope: Json) => T;
}

export type Invoke = <T>(request: Request<T>, options?: CallOptions) => Promise<T>;

export interface InvokeParts {
  readonly http: FeishuHttp;
  readonly tokens: TokenManager;
  readonly pacer: Pacer;
  readonly clock: Clock;
  readonly meter: Meter | undefined;
  /** What we allow ourselves under a platform limit. */
  readonly pace: (limit: RateLimit, effect: Route['effect']) => RateLimit;
}

const TIMEOUT_MS = 10_000;

/** The way of every call of one app: turn, token, exchange, one retry on a dead token, reading. */
export function createInvoke(parts: InvokeParts, credentials: Credentials): Invoke {
  const { tokens, pacer } = parts;

  return async function invoke<T>(request: Request<T>, options: CallOptions = {}): Promise<T> {
    const buckets = bucketsOf(request, credentials, parts.pace);
    for (const bucket of buckets) await takeTurn(pacer, bucket, request.route, options);
    const answer = await withToken(request, options, buckets);
    try {
      return request.decode(objectAt(answer.envelope, 'data'), answer.envelope);
    } catch (error) {
      if (error instanceof UnreadableAnswer) throw unreadable(request.route, answer, error.message);
      throw error;
    }
  };

  async function withToken<T>(
    request: Request<T>,
    options: CallOptions,
    buckets: readonly Bucket[],
  ): Promise<Answer> {
    const as = request.as ?? 'tenant';
    if (as === 'none') return send(request, options, buckets, undefined);
    if (as !== 'tenant') return send(request, options, buckets, as.userToken);
    const token = await tokens.get(credentials, options.signal);
    try {
      return await send(request, options, buckets, token);
    } catch (error) {
      const dead =
        error instanceof FeishuError && error.code !== undefined && DEAD_TOKEN_CODES.has(error.code);
      if (!dead) throw error;
      tokens.drop(credentials, token);
      // The platform counts the repetition too.
      for (const bucket of buckets) await takeTurn(pacer, bucket, request.route, options);
      return send(request, options, buckets, await tokens.get(credentials, options.signal));
    }
  }

  async function send<T>(
    request: Request<T>,
    options: CallOptions,
    buckets: readonly Bucket[],
    token: string | undefined,
  ): Promise<Answer> {
    options.onExchange?.(routeLabel(request.route));
    try {
      return await metered(parts.meter, parts.clock, request.route, credentials.appId, () =>
        exchange(parts.http, {
          baseUrl: credentials.baseUrl,
          route: request.route,
          ...(request.path === undefined ? {} : { path: request.path }),
          query: request.query,
          body: request.body,
          token,
          signal: options.signal,
          timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
        }),
      );
    } catch (error) {
      if (error instanceof FeishuError && error.errorClass === 'rate' && error.retry === 'after')
        await penalizeFor(pacer, error, buckets);
      throw error;
    }
  }
}

/** 230020 speaks of the receiver; every other rate answer of the API as a whole. */
async function penalizeFor(pacer: Pacer, error: FeishuError, buckets: readonly Bucket[]): Promise<void> {
  const bucket = error.code === 230020 ? buckets[0] : buckets.at(-1);
  if (bucket !== undefined) await pacer.penalize(bucket, error.retryAfterMs ?? DEFAULT_RATE_PAUSE_MS);
}

/** Receiver first, API last: a busy receiver must not use up turns of the API that others could have. */
function bucketsOf<T>(
  request: Request<T>,
  { baseUrl, appId }: Credentials,
  pace: InvokeParts['pace'],
): readonly Bucket[] {
  const origin = baseUrl.replace(/\/+$/, '');
  const api: Bucket = {
    key: `${origin} ${appId} ${routeLabel(request.route)}`,
    limit: pace(TIERS[request.route.tier], request.route.effect),
  };
  if (request.receiver === undefined) return [api];
  // Hashed, for a receiver can be addressed by mailbox and keys are stored and logged.
  const receiver = createHash('sha256').update(request.receiver).digest('base64url').slice(0, 22);
  return [{ key: `${origin} ${appId} to ${receiver}`, limit: RECEIVER_PACE, count: 'sparing' }, api];
}

async function takeTurn(pacer: Pacer, bucket: Bucket, route: Route, options: CallOptions): Promise<void> {
  options.signal?.throwIfAborted();
  if (options.pace === 'immediate') {
    if (await pacer.tryAcquire(bucket)) return;
    throw noTurn(route, undefined);
  }
  try {
    await pacer.acquire(bucket, options);
  } catch (error) {
    if (error instanceof PacingRefusal) throw noTurn(route, error.retryAfterMs);
    throw error;
  }
}

function noTurn(route: Route, retryAfterMs: number | undefined): FeishuError {
  return new FeishuError({
    errorClass: 'rate',
    ...ERROR_CLASSES.rate,
    retryAfterMs,
    route: routeLabel(route),
    outcome: 'refused',
    platformMessage: 'our own pace, nothing was sent',
  });
}
