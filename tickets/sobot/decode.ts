import { TicketSystemError } from '../failure';
import { retryAfterMs, type HttpAnswer } from '../http';
import { isConfiguration, sobotFailure } from './codes';
import { count, given, record, records, type Wire } from './wire';

/** A decoded answer; what a call does not answer is empty. */
export interface SobotAnswer {
  item: Wire;
  items: Wire[];
  pageCount: number | undefined;
  totalCount: number | undefined;
}

const PAUSE_MS = 5000;

/** How long Sobot wants no calls; undefined when it takes them. */
export function askedPauseMs({ status, headers }: HttpAnswer, now: number): number | undefined {
  return status === 429 || status === 503 ? retryAfterMs(headers['retry-after'], now, PAUSE_MS) : undefined;
}

/** What Sobot said, whatever the HTTP status; success is "000000" alone. */
export function decode(name: string, answer: HttpAnswer, now: number): SobotAnswer {
  const body = record(answer.body);
  const code = given(body.ret_code ?? body.retCode);
  const pauseMs = askedPauseMs(answer, now);
  if (pauseMs !== undefined) {
    throw new TicketSystemError(`${name}: Sobot answered HTTP ${answer.status}`, {
      code: 'rate-limited',
      retryClass: 'after',
      retryAfterMs: pauseMs,
      nextStep: 'Too many calls, or Sobot is overloaded; the call is repeated by itself.',
    });
  }
  if (answer.status === 401) throw sobotFailure(name, isConfiguration(code) ? code : '900002');
  if (code === undefined) throw withoutCode(name, answer.status);
  if (code !== '000000') throw sobotFailure(name, code);
  return {
    item: record(body.item),
    items: records(body.items).length > 0 ? records(body.items) : records(body.item),
    pageCount: count(body.page_count),
    totalCount: count(body.total_count),
  };
}

function withoutCode(name: string, status: number): TicketSystemError {
  return new TicketSystemError(`${name}: no Sobot answer (HTTP ${status})`, {
    code: status >= 500 ? 'internal' : 'malformed-answer',
    retryClass: 'normal',
    nextStep: 'Something between here and Sobot answered instead; check the address if it goes on.',
  });
}
