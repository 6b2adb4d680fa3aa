import { z } from 'zod';
import type { Agent, AgentState } from '../agent';
import { ticketEventSchema, ticketSchema, type StatusType, type Ticket, type TicketEvent } from '../event';
import { TicketSystemError } from '../failure';

/** The contract's words and ours; ours pass as well. */
const STATUS_TYPES: Record<string, StatusType> = {
  new: 'new',
  open: 'in_progress',
  in_progress: 'in_progress',
  pending_customer: 'waiting',
  waiting: 'waiting',
  paused: 'paused',
  solved: 'solved',
  closed: 'closed',
  deleted: 'deleted',
};

const AGENT_STATES: Record<string, AgentState> = {
  pending: 'inactive',
  active: 'active',
  disabled: 'disabled',
};

const agentWire = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  email: z.string().nullish(),
  mobile: z.string().nullish(),
  status: z.string(),
  role: z.string().nullish(),
  isAdmin: z.boolean().nullish(),
  groupIds: z.array(z.string()).nullish(),
});

function malformed(what: string, error: z.ZodError): TicketSystemError {
  const field = error.issues[0]?.path.map(String).join('.') ?? '';
  return new TicketSystemError(`${what}: field ${field || '(whole answer)'} is not as the contract says`, {
    code: 'malformed-answer',
    retryClass: 'never',
    nextStep: 'The ticket system breaks the contract: tell its makers the field.',
  });
}

/** Reads an answer by a schema; the error names the field, never the value. */
export function decode<T>(what: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw malformed(what, result.error);
}

/** undefined for a deleted agent, who is no agent any more. */
export function agentOf(value: unknown): Agent | undefined {
  const wire = decode('agent', agentWire, value);
  const state = AGENT_STATES[wire.status];
  if (state === undefined) return undefined;
  return {
    agentId: wire.id,
    name: wire.name ?? wire.email ?? wire.id,
    email: wire.email || null,
    mobile: wire.mobile || null,
    groupIds: wire.groupIds ?? [],
    state,
    ...(wire.role && { role: wire.role }),
    ...(typeof wire.isAdmin === 'boolean' && { isAdmin: wire.isAdmin }),
  };
}

export function statusType(word: unknown): StatusType | undefined {
  return typeof word === 'string' ? STATUS_TYPES[word] : undefined;
}

/** The contract's ticket with our status words; an unknown status type is none rather than an error. */
function ourWords(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  const ticket = value as Record<string, unknown>;
  return { ...ticket, statusType: statusType(ticket.statusType) ?? null };
}

export function ticketOf(value: unknown): Ticket {
  return decode('ticket', ticketSchema, ourWords(value));
}

/** A webhook body or a replayed event: `eventType` and the contract's words instead of `type` and ours. */
export function eventOf(value: unknown): TicketEvent {
  const wire = decode('event', z.record(z.string(), z.unknown()), value);
  const changes = Array.isArray(wire.changes) ? wire.changes.map(changeInOurWords) : wire.changes;
  return decode('event', ticketEventSchema, {
    ...wire,
    type: wire.type ?? wire.eventType,
    ticket: ourWords(wire.ticket),
    changes,
  });
}

function changeInOurWords(value: unknown): unknown {
  const change = (value ?? {}) as { field?: unknown; from?: unknown; to?: unknown };
  if (change.field !== 'statusType') return value;
  return {
    field: 'statusType',
    from: statusType(change.from) ?? null,
    to: statusType(change.to) ?? null,
  };
}
