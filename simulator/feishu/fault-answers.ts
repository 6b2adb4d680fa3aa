import type { Fault } from '../faults';
import type { FaultAnswer } from '../traffic';
import { areaOf, CARD_TEXTS, entryOf } from './codes';
import { errorDetails } from './errors';

/** Answered inside the gates, because their text names the scopes of the call. */
const SCOPE_CODES = [99991672, 99991679];

/** Whether the fault is a missing scope, which only the gates can word. */
export function isScopeFault(fault: Fault | undefined): boolean {
  return fault?.effect === 'code' && fault.body === undefined && SCOPE_CODES.includes(Number(fault.code));
}

function textOf(fault: Fault, code: number, known: string | undefined): string {
  if (fault.msg !== undefined) return fault.msg;
  if (code === 230099) {
    const sub = fault.subCode ?? 200621;
    return `Failed to create card content, ext=ErrCode: ${sub}; ErrMsg: ${CARD_TEXTS[sub] ?? 'unknown'}; code:230099`;
  }
  return known ?? 'Internal Error';
}

/** What the platform says when a `code` or `rate-limit` fault hits this path; undefined = leave it to the gates. */
export function answerOfFault(fault: Fault, path: string, logId: string): FaultAnswer | undefined {
  if (isScopeFault(fault)) return undefined;
  const limited = fault.effect === 'rate-limit';
  const code = Number(fault.code ?? (limited ? 99991400 : 2200));
  const entry = entryOf(code, path);
  const own = areaOf(path);
  const status =
    fault.status ?? (limited ? 429 : ((own === 'batch' ? 200 : undefined) ?? entry?.status ?? 400));
  const headers: Record<string, string> = {};
  if (code === 99991400 && fault.headers) {
    headers['x-ogw-ratelimit-limit'] = '50';
    headers['x-ogw-ratelimit-reset'] = String(fault.resetSeconds);
  }
  if (fault.body !== undefined) return { status, headers, code, body: fault.body };
  const msg = textOf(fault, code, entry?.msg);
  if (own === 'oauth') {
    const error = code === 20050 ? 'server_error' : code === 20002 ? 'invalid_client' : 'invalid_grant';
    return { status, headers, code, body: { code, error, error_description: msg } };
  }
  // The token call and the long connection have no error object; the Node client reads `data` before the code.
  if (own === 'token' || own === 'long-connection')
    return { status, headers, code, body: { code, msg, data: {} } };
  const violations =
    code === 99992402 ? { field_violations: [{ field: 'body', description: 'body is invalid' }] } : {};
  return {
    status,
    headers,
    code,
    body: {
      code,
      msg,
      ...(code === 99991661 ? { data: {} } : {}),
      error: { ...violations, ...errorDetails(logId, code) },
    },
  };
}
