import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ActRefused } from '../act';
import type { TicketSystem } from '../types';
import type { TicketWorld } from '../world';

/** HTTP status of each error code of the contract. */
export const REST_STATUS = {
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict_stale: 412,
  already_exists: 409,
  invalid: 400,
  conflict: 409,
  unsupported: 409,
  rate_limited: 429,
  internal: 500,
} as const;

export type RestCode = keyof typeof REST_STATUS;

/** An error of the contract. `conflict` is a code of its own only in its HTTP status: it reads `invalid`. */
export class RestError extends Error {
  constructor(
    readonly code: RestCode,
    message: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

export interface RestCall {
  readonly world: TicketWorld;
  readonly system: TicketSystem;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: FastifyRequest['headers'];
}

export interface RestAnswer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** Declares a call of the generic contract: bearer key, JSON, errors as `{error: {code, message, …}}`. */
export function restRoute(
  server: FastifyInstance,
  world: TicketWorld,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  handler: (call: RestCall) => RestAnswer,
): void {
  server.route({
    method,
    url: path,
    handler: async (request, reply) => {
      const requestId = request.headers['x-request-id'];
      if (typeof requestId === 'string') reply.header('x-request-id', requestId);
      try {
        const system = systemOfKey(world, request.headers.authorization);
        if (request.call) request.call.appId = system.id;
        const call: RestCall = {
          world,
          system,
          params: request.params as Record<string, string>,
          query: request.query as Record<string, string | undefined>,
          body: readBody(request.body),
          headers: request.headers,
        };
        const answer = method === 'POST' ? once(call, request, handler) : handler(call);
        request.answerCode = 'ok';
        reply.code(answer.status ?? 200).headers(answer.headers ?? {});
        return answer.body;
      } catch (error) {
        return refuse(request, reply, error);
      }
    },
  });
}

function systemOfKey(world: TicketWorld, authorization: string | undefined): TicketSystem {
  const key = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  const system = [...world.systems.values()].find((one) => one.kind === 'rest' && one.apiKey === key);
  if (!system) throw new RestError('unauthorized', 'the bearer key is missing or unknown');
  return system;
}

/** The same key and body get the same answer again, without effect; the same key with another body is refused. */
function once(call: RestCall, request: FastifyRequest, handler: (call: RestCall) => RestAnswer): RestAnswer {
  const key = call.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') return handler(call);
  const name = `${request.url} ${key}`;
  const fingerprint = createHash('sha256').update(JSON.stringify(call.body)).digest('hex');
  const earlier = call.system.idempotency.get(name);
  if (earlier) {
    if (earlier.fingerprint !== fingerprint) {
      throw new RestError('conflict', 'the idempotency key was used with another body', {
        field: 'Idempotency-Key',
      });
    }
    return { status: earlier.status, body: earlier.body };
  }
  const answer = handler(call);
  call.system.idempotency.set(name, { fingerprint, status: answer.status ?? 200, body: answer.body });
  return answer;
}

function refuse(request: FastifyRequest, reply: FastifyReply, error: unknown): unknown {
  const refusal =
    error instanceof ActRefused ? new RestError('invalid', error.message, { field: error.field }) : error;
  if (!(refusal instanceof RestError)) throw error;
  const { code, message, extra } = refusal;
  request.answerCode = code;
  reply.code(REST_STATUS[code]);
  const retryable = code === 'internal' || code === 'rate_limited' || code === 'conflict_stale';
  const { existingId, ...details } = extra;
  return {
    error: { code: code === 'conflict' ? 'invalid' : code, message, retryable, ...details },
    ...(existingId !== undefined && { existingId }),
  };
}

function readBody(raw: unknown): Record<string, unknown> {
  if (!Buffer.isBuffer(raw) || raw.length === 0) return {};
  try {
    const value: unknown = JSON.parse(raw.toString('utf8'));
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Broken JSON and a body that is no object get the same answer.
  }
  throw new RestError('invalid', 'the body must be a JSON object', { field: 'body' });
}

/** A page behind an opaque cursor. */
export function cursorPage<T>(rows: readonly T[], query: RestCall['query'], most: number): RestAnswer {
  const limit = Math.min(most, Math.max(1, Number(query.limit) || Math.min(most, 100)));
  const from = query.cursor ? Number(Buffer.from(query.cursor, 'base64url').toString('utf8')) : 0;
  if (!Number.isInteger(from) || from < 0)
    throw new RestError('invalid', 'unknown cursor', { field: 'cursor' });
  const next = from + limit;
  return {
    body: {
      items: rows.slice(from, next),
      nextCursor: next < rows.length ? Buffer.from(String(next)).toString('base64url') : null,
    },
  };
}
