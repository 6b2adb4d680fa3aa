import { randomUUID } from 'node:crypto';
import { TicketSystemError, type RetryClass, type TicketSystemErrorCode } from '../failure';
import { retryAfterMs, type Http, type HttpAnswer } from '../http';
import type { Clock, RestConfig } from '../port';

type Meaning = readonly [code: TicketSystemErrorCode, retryClass: RetryClass, nextStep: string];

const MEANINGS: Record<string, Meaning> = {
  unauthorized: ['credentials-refused', 'never', 'Check the API key of the docking.'],
  forbidden: ['forbidden', 'never', 'The API key may not do this, or the licence is used up.'],
  not_found: ['not-found', 'never', 'It does not exist any more.'],
  conflict_stale: ['stale', 'normal', 'The ticket changed meanwhile: look again, then repeat.'],
  already_exists: ['already-exists', 'never', 'Use the existing one.'],
  invalid: ['invalid', 'never', 'The ticket system refuses this input.'],
  unsupported: ['unsupported', 'never', 'The ticket system does not do this for this ticket.'],
  rate_limited: ['rate-limited', 'after', 'Too many calls; the call is repeated by itself.'],
  internal: ['internal', 'normal', 'The ticket system failed inside; the call is repeated by itself.'],
};

/** What a status means when the body says nothing. */
const BY_STATUS: Record<number, string> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'unsupported',
  412: 'conflict_stale',
  422: 'invalid',
  429: 'rate_limited',
  503: 'rate_limited',
};

export interface RestCall {
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string | undefined>;
  body?: unknown;
  idempotencyKey?: string;
  /** The version a write is meant for. */
  ifMatch?: string;
}

/** Calls of the generic contract: bearer key, request id, typed errors. */
export class RestCalls {
  constructor(
    private readonly config: RestConfig,
    private readonly http: Http,
    private readonly clock: Clock,
  ) {}

  async call({ method, path, query, body, idempotencyKey, ifMatch }: RestCall): Promise<HttpAnswer> {
    const answer = await this.http({
      method,
      path,
      ...(query && { query }),
      ...(body !== undefined && { body }),
      headers: {
        authorization: `Bearer ${this.config.apiKey}`,
        'x-request-id': randomUUID(),
        ...(this.config.language && { 'accept-language': this.config.language }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
      },
    });
    if (answer.status < 200 || answer.status >= 300) throw this.failure(`${method} ${route(path)}`, answer);
    if (answer.body === undefined) {
      throw new TicketSystemError(`${method} ${route(path)}: the answer is not JSON`, {
        code: 'malformed-answer',
        retryClass: 'normal',
        nextStep: 'Something between here and the ticket system answered; check the address if it goes on.',
      });
    }
    return answer;
  }

  private failure(call: string, answer: HttpAnswer): TicketSystemError {
    const body = (answer.body ?? {}) as { error?: Record<string, unknown>; existingId?: unknown };
    const error = body.error !== null && typeof body.error === 'object' ? body.error : {};
    const named = typeof error.code === 'string' && error.code in MEANINGS ? error.code : undefined;
    const word = named ?? BY_STATUS[answer.status] ?? (answer.status >= 500 ? 'internal' : 'invalid');
    const [code, retryClass, nextStep] = MEANINGS[word] ?? ['internal', 'normal', ''];
    const existing = body.existingId ?? error.existingId;
    const field = typeof error.field === 'string' ? `, field ${error.field.slice(0, 60)}` : '';
    return new TicketSystemError(`${call}: HTTP ${answer.status}, ${word}${field}`, {
      code,
      // The system knows best whether the same call may succeed later.
      retryClass: retryClass === 'never' && error.retryable === true ? 'normal' : retryClass,
      nextStep,
      platformCode: word,
      ...(retryClass === 'after' && {
        retryAfterMs: retryAfterMs(answer.headers['retry-after'], this.clock.now(), 5000),
      }),
      ...(typeof existing === 'string' && { existingId: existing }),
    });
  }
}

/** The path without ids, for error texts. */
function route(path: string): string {
  return path.replace(/^(\/v1\/[a-z]+\/)[^/]+/, '$1{id}');
}
