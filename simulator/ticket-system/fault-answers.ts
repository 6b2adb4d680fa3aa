import type { Fault } from '../faults';
import type { FaultAnswer } from '../traffic';
import { REST_STATUS, type RestCode } from './rest/route';
import { textOf } from './sobot/errors';

function isRestCode(code: string): code is RestCode {
  return code in REST_STATUS;
}

/** What a `code` or `rate-limit` fault answers: in Sobot's words under `/api/`, in the contract's under `/v1/`. */
export function answerOfFault(fault: Fault, path: string): FaultAnswer {
  const limited = fault.effect === 'rate-limit';
  const headers: Record<string, string> =
    limited && fault.headers ? { 'retry-after': String(fault.resetSeconds) } : {};
  if (path.startsWith('/v1/')) {
    const code = String(fault.code ?? (limited ? 'rate_limited' : 'internal'));
    const status = fault.status ?? (isRestCode(code) ? REST_STATUS[code] : 500);
    const retryable = ['internal', 'rate_limited', 'conflict_stale'].includes(code);
    const body = fault.body ?? { error: { code, message: fault.msg ?? code, retryable } };
    return { status, headers, code, body };
  }
  const code = String(fault.code ?? (limited ? '429000' : '999999'));
  const body = fault.body ?? { ret_code: code, ret_msg: fault.msg ?? textOf(code, 'zh') };
  return { status: fault.status ?? (limited ? 429 : 200), headers, code, body };
}
