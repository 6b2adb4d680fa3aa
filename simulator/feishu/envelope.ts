import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorDetails, PlatformError } from './errors';

export type Envelope = 'data' | 'top' | 'raw';

export function answerOk(request: FastifyRequest, result: unknown, envelope: Envelope): unknown {
  if (envelope === 'raw') return result;
  request.answerCode = 0;
  if (envelope === 'top') return { code: 0, msg: 'ok', ...(result as object) };
  return { code: 0, msg: 'success', data: result ?? {} };
}

/** The error object of the platform; anything but a PlatformError is a bug of the simulator and answers 500. */
export function answerError(request: FastifyRequest, reply: FastifyReply, error: unknown): object {
  if (!(error instanceof PlatformError)) {
    process.stderr.write(`simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
    request.answerCode = 2200;
    reply.code(500);
    return { code: 2200, msg: 'Internal Error', error: { log_id: request.id } };
  }
  request.answerCode = error.code;
  reply.code(error.status).headers(error.headers);
  const { error: details, ...rest } = error.extra;
  return {
    code: error.code,
    msg: error.msg,
    ...rest,
    error: { ...details, ...errorDetails(request.id, error.code) },
  };
}
