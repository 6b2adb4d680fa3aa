import type { Localized } from './brands';
import type { ErrorClass, RetryAdvice } from './codes';

/** A field Feishu refused. The refused value is left out: it can be personal data. */
export interface FieldViolation {
  readonly field: string;
  readonly description: string;
}

export interface FeishuErrorDetails {
  /** Platform code; `undefined` when no readable answer came (time-out, broken connection, HTML) or our own pacing refused. */
  readonly code?: number | undefined;
  readonly errorClass: ErrorClass;
  readonly retry: RetryAdvice;
  /** Wait at least this long, in milliseconds. Absent: back off as the caller likes. */
  readonly retryAfterMs?: number | undefined;
  readonly httpStatus?: number | undefined;
  /** Feishu support asks for it. */
  readonly logId?: string | undefined;
  /** Any one of these scopes suffices. */
  readonly missingScopes?: readonly string[] | undefined;
  readonly fieldViolations?: readonly FieldViolation[] | undefined;
  /** Route template, e.g. `PATCH /im/v1/messages/:message_id`; never with ids in it. */
  readonly route: string;
  /** `unknown` = a write whose effect nobody saw: it may have happened. `refused` = it did not happen. */
  readonly outcome: 'refused' | 'unknown';
  readonly meaning: Localized;
  readonly nextStep: Localized;
  /** The platform's own words, cleaned of anything personal or secret. */
  readonly platformMessage?: string | undefined;
}

/** The one error that leaves this folder for a call that failed. Holds no secret, no token and no request body. */
export class FeishuError extends Error {
  override readonly name = 'FeishuError';
  readonly code: number | undefined;
  readonly errorClass: ErrorClass;
  readonly retry: RetryAdvice;
  readonly retryAfterMs: number | undefined;
  readonly httpStatus: number | undefined;
  readonly logId: string | undefined;
  readonly missingScopes: readonly string[] | undefined;
  readonly fieldViolations: readonly FieldViolation[] | undefined;
  readonly route: string;
  readonly outcome: 'refused' | 'unknown';
  readonly meaning: Localized;
  readonly nextStep: Localized;
  readonly platformMessage: string | undefined;

  constructor(details: FeishuErrorDetails) {
    super(describe(details));
    this.code = details.code;
    this.errorClass = details.errorClass;
    this.retry = details.retry;
    this.retryAfterMs = details.retryAfterMs;
    this.httpStatus = details.httpStatus;
    this.logId = details.logId;
    this.missingScopes = details.missingScopes;
    this.fieldViolations = details.fieldViolations;
    this.route = details.route;
    this.outcome = details.outcome;
    this.meaning = details.meaning;
    this.nextStep = details.nextStep;
    this.platformMessage = details.platformMessage;
  }
}

/** The whole story in one line: route, code, meaning, what Feishu said, log id. */
function describe(details: FeishuErrorDetails): string {
  const parts = [`${details.route}: ${details.meaning.en}`];
  const numbers = [
    details.code === undefined ? undefined : `code ${details.code}`,
    details.httpStatus === undefined ? undefined : `HTTP ${details.httpStatus}`,
    details.logId === undefined ? undefined : `log id ${details.logId}`,
  ].filter((part) => part !== undefined);
  if (numbers.length > 0) parts.push(`(${numbers.join(', ')})`);
  if (details.missingScopes !== undefined)
    parts.push(`Missing, any of: ${details.missingScopes.join(', ')}.`);
  if (details.fieldViolations !== undefined)
    parts.push(`Fields: ${details.fieldViolations.map((violation) => violation.field).join(', ')}.`);
  if (details.outcome === 'unknown') parts.push('It is unknown whether it took effect.');
  if (details.platformMessage !== undefined && details.missingScopes === undefined)
    parts.push(`Feishu says: ${details.platformMessage}`);
  return parts.join(' ');
}
