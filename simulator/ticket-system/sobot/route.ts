import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { TicketSystem } from '../types';
import type { TicketWorld } from '../world';
import { inForm } from './answer-form';
import { SobotError, textOf } from './errors';
import { systemOfToken } from './token';

export interface SobotCall {
  readonly world: TicketWorld;
  readonly system: TicketSystem;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `item`, or `items` with the page fields. */
export type SobotAnswer =
  | { item: unknown }
  | { items: unknown[]; page_no?: number; page_size?: number; page_count?: number; total_count?: number }
  | Record<string, never>;

export function languageOf(request: FastifyRequest): 'zh' | 'en' {
  return request.headers.language === 'en' ? 'en' : 'zh';
}

/** Declares a business call: token, then edition, then the parameters, then the business. HTTP is always 200. */
export function sobotRoute(
  server: FastifyInstance,
  world: TicketWorld,
  method: 'GET' | 'POST',
  path: string,
  handler: (call: SobotCall) => SobotAnswer,
  /** Brings the answer into another form; by default the switched one. */
  shape: (answer: Record<string, unknown>) => object = (answer) => inForm(answer, world.switches),
): void {
  server.route({
    method,
    url: path,
    handler: async (request) => {
      const language = languageOf(request);
      try {
        const token = request.headers.token;
        if (typeof token !== 'string' || token === '') throw new SobotError('900001');
        const system = systemOfToken(world, token);
        if (request.call) request.call.appId = system.appid;
        if (world.switches.editionWithoutApi) throw new SobotError('700046');
        requireHeaders(request, world);
        const query = request.query as Record<string, string | undefined>;
        const answer = handler({ world, system, query, body: readBody(request) });
        request.answerCode = '000000';
        return shape({ ret_code: '000000', ret_msg: textOf('000000', language), ...answer });
      } catch (error) {
        if (!(error instanceof SobotError)) throw error;
        request.answerCode = error.retCode;
        const message = textOf(error.retCode, language, error.detail);
        return shape({ ret_code: error.retCode, ret_msg: message });
      }
    },
  });
}

function requireHeaders({ headers }: FastifyRequest, { switches }: TicketWorld): void {
  if (!switches.headersRequired) return;
  for (const name of ['language', 'timezoneid']) if (!headers[name]) throw new SobotError('400004', name);
}

function readBody({ body: raw, headers }: FastifyRequest): Record<string, unknown> {
  // A file; nothing in it matters here.
  if (headers['content-type']?.startsWith('multipart/')) return {};
  if (!Buffer.isBuffer(raw) || raw.length === 0) return {};
  try {
    const value: unknown = JSON.parse(raw.toString('utf8'));
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Broken JSON and a body that is no object get the same answer.
  }
  throw new SobotError('999999');
}

/** A parameter that must be text; the real service answers 999999 to numbers. Absent and null are empty. */
export function text(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new SobotError('999999');
  return value;
}

/** One page of rows. Bad page values fall back to the defaults; the size is capped at 50. */
export function page(
  rows: readonly unknown[],
  query: Readonly<Record<string, string | undefined>>,
  /** A larger size is a bad value. */
  max = Infinity,
): SobotAnswer {
  const wanted = positive(query.page_size, 15);
  const size = wanted > max ? 15 : Math.min(50, wanted);
  const number = positive(query.page_no, 1);
  return {
    items: rows.slice((number - 1) * size, number * size),
    page_no: number,
    page_size: size,
    page_count: Math.ceil(rows.length / size),
    total_count: rows.length,
  };
}

function positive(value: string | undefined, fallback: number): number {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : fallback;
}
