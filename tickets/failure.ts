/** never = repeating cannot help; after = repeat after `retryAfterMs`; normal = repeat with growing pauses. */
export type RetryClass = 'never' | 'after' | 'normal';

/** Stable codes: operators and the retry table of the activities read them. */
export type TicketSystemErrorCode =
  | 'unreachable'
  | 'timeout'
  | 'internal'
  | 'rate-limited'
  | 'credentials-refused'
  | 'token-refused'
  | 'edition-without-api'
  | 'forbidden'
  | 'not-found'
  | 'ticket-closed'
  | 'stale'
  | 'already-exists'
  | 'invalid'
  | 'unsupported'
  | 'unknown-outcome'
  | 'malformed-answer'
  | 'push-refused'
  | 'push-malformed';

export interface TicketSystemErrorDetails {
  code: TicketSystemErrorCode;
  retryClass: RetryClass;
  /** What a person can do about it, one sentence. */
  nextStep: string;
  retryAfterMs?: number;
  /** The ticket system's own code, such as a Sobot `ret_code`. */
  platformCode?: string;
  /** The id of the thing that is already there, with `already-exists`. */
  existingId?: string;
}

/** Everything that goes wrong between us and a ticket system. Its text carries no secret and no personal data. */
export class TicketSystemError extends Error {
  readonly code: TicketSystemErrorCode;
  readonly retryClass: RetryClass;
  readonly nextStep: string;
  readonly retryAfterMs?: number;
  readonly platformCode?: string;
  readonly existingId?: string;

  constructor(message: string, details: TicketSystemErrorDetails) {
    super(message);
    this.name = 'TicketSystemError';
    this.code = details.code;
    this.retryClass = details.retryClass;
    this.nextStep = details.nextStep;
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
    if (details.platformCode !== undefined) this.platformCode = details.platformCode;
    if (details.existingId !== undefined) this.existingId = details.existingId;
  }
}
