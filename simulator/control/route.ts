import type { FastifyInstance, HTTPMethods } from 'fastify';
import { z } from 'zod';

/** Bad control input: a 4xx answer `{error: {field, message}}`. */
export class ControlError extends Error {
  constructor(
    readonly field: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

export interface ControlRequest<Query, Body> {
  readonly query: Query;
  readonly body: Body;
  readonly params: Readonly<Record<string, string>>;
}

export interface ControlRoute<Query, Body> {
  readonly method: Extract<HTTPMethods, 'GET' | 'POST' | 'PATCH' | 'DELETE'>;
  readonly path: string;
  /** Use `z.strictObject`, so that unknown fields are refused by name. */
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** Default 200. */
  readonly status?: number;
  handler(request: ControlRequest<Query, Body>): unknown;
}

function read<T>(schema: z.ZodType<T> | undefined, value: unknown, fallback: string): T {
  const result = (schema ?? (z.strictObject({}) as unknown as z.ZodType<T>)).safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = [...(issue?.path ?? []), ...unknown].join('.');
  throw new ControlError(field || fallback, issue ? wording(issue) : 'invalid');
}

/** What each choice of a union wants, instead of "Invalid input". */
function wording(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message;
  const wants = issue.errors.flatMap((choice) => choice.slice(0, 1).map(wording));
  return [...new Set(wants)].join(' or ') || issue.message;
}

function json(raw: unknown): unknown {
  if (!Buffer.isBuffer(raw) || raw.length === 0) return {};
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    throw new ControlError('body', 'is not JSON');
  }
}

/** Declares one route of the control surface (`/_control/…`), strict about what it accepts. */
export function controlRoute<Query = unknown, Body = unknown>(
  server: FastifyInstance,
  route: ControlRoute<Query, Body>,
): void {
  server.route({
    method: route.method,
    url: route.path,
    handler: async (request, reply) => {
      try {
        const query = read(route.query, request.query, 'query');
        const body = read(route.body, json(request.body), 'body');
        const params = request.params as Record<string, string>;
        reply.code(route.status ?? 200);
        return (await route.handler({ query, body, params })) ?? {};
      } catch (error) {
        if (!(error instanceof ControlError)) throw error;
        reply.code(error.status);
        return { error: { field: error.field, message: error.message } };
      }
    },
  });
}
