import { timingSafeEqual } from 'node:crypto';
import { DateTime } from 'luxon';
import { TicketSystemError } from '../failure';
import type { TicketHint } from '../port';
import type { SobotTime } from './time';
import { given, records, text, type Wire } from './wire';

const MAX_BODY = 1024 * 1024;

export function malformed(message: string): TicketSystemError {
  return new TicketSystemError(message, {
    code: 'push-malformed',
    retryClass: 'never',
    nextStep: 'Check what is sent to this address: it must be a ticket push as JSON.',
  });
}

function refused(message: string): TicketSystemError {
  return new TicketSystemError(message, {
    code: 'push-refused',
    retryClass: 'never',
    nextStep: 'Set the push address in the ticket system to the one the docking shows, secret included.',
  });
}

/** Constant-time, whatever the lengths. */
export function matchesAny(secrets: readonly string[], value: string): boolean {
  let found = false;
  const given = Buffer.from(value);
  for (const secret of secrets) {
    const wanted = Buffer.from(secret);
    if (wanted.length === given.length && timingSafeEqual(wanted, given)) found = true;
  }
  return found;
}

/** Sobot signs nothing: all that tells a real push is the secret in the address it was given. */
export function checkAccess(secrets: readonly string[], query: Record<string, string | undefined>): void {
  if (secrets.length > 0 && !matchesAny(secrets, query.access_token ?? '')) {
    throw refused('the push address carries no valid access_token');
  }
}

/**
 * Hints in a pushed body: the documented wrapper, a bare list, or the flat ticket seen live. Other kinds of pushes
 * are empty; one that is no JSON or has no ticket fails.
 */
export function hintsIn(rawBody: string | Buffer, time: SobotTime): TicketHint[] {
  if (rawBody.length > MAX_BODY) throw malformed('the push is larger than 1 MB');
  let body: unknown;
  try {
    body = JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw malformed('the push is not JSON');
  }
  if (Array.isArray(body)) return records(body).flatMap((row) => hintOf(row, time, 'push') ?? []);
  if (body === null || typeof body !== 'object') throw malformed('the push is neither an object nor a list');
  const wrapper = body as Wire;
  if (given(wrapper.ticketid) !== undefined && given(wrapper.ticket_code) !== undefined) {
    return [hintOf(wrapper, time, 'push')].filter((hint) => hint !== undefined);
  }
  if (wrapper.type !== undefined && wrapper.type !== 'ticket') return [];
  if (!Array.isArray(wrapper.content)) throw malformed('the push holds no ticket');
  return records(wrapper.content).flatMap((row) => hintOf(row, time, 'push') ?? []);
}

/** One ticket of a push or of the list of missed pushes, which names time and author differently. */
export function hintOf(row: Wire, time: SobotTime, source: TicketHint['source']): TicketHint | undefined {
  const ticketId = text(row.ticketid);
  if (ticketId === '') return undefined;
  const updatedAt = time.toUtc(row.update_time ?? row.update_datetime);
  const actorName = given(row.update_name ?? row.update_agent_name);
  const firstResponseDueAt = time.toUtc(row.hope_accept_time);
  const dueAt = time.toUtc(row.hope_complete_time);
  const urge = text(row.is_reminder) === '1' ? urgeOf(row, time) : undefined;
  return {
    ticketId,
    source,
    ...(updatedAt && { updatedAt }),
    ...(actorName && { actorName }),
    ...((firstResponseDueAt ?? dueAt) && {
      sla: { ...(firstResponseDueAt && { firstResponseDueAt }), ...(dueAt && { dueAt }) },
    }),
    ...(urge && { urge }),
  };
}

function urgeOf(row: Wire, time: SobotTime): NonNullable<TicketHint['urge']> {
  const byAgentId = given(row.reminder_agentid);
  const remark = given(row.reminder_remark);
  const at = time.toUtc(row.reminder_time);
  return { ...(byAgentId && { byAgentId }), ...(remark && { remark }), ...(at && { at }) };
}

/** The documented answer that lets Sobot count a push as delivered. */
export function acknowledgement(nowMs: number, time: SobotTime): object {
  const receiveTime = DateTime.fromMillis(nowMs, { zone: time.zone }).toFormat('yyyyLLddHHmmss');
  return { retCode: '000000', retMsg: '数据接收成功', data: { receiveTime } };
}
