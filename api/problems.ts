/** Every refusal as problem+json: a stable type, a sentence, and where it applies the field. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AlreadyRunning, DecisionRefused, NotRunning } from '../client';
import { Conflict, InvalidCursor, NotFound, StoreUnavailable } from '../store';

export interface FieldFault {
  field: string;
  message: string;
}

/** `type` is a code of docs/failures.md; `nextStep` says what the caller can do. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    detail: string,
    readonly extra: { errors?: FieldFault[]; nextStep?: string; [member: string]: unknown } = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }
}

export const badRequest = (errors: FieldFault[], detail = 'The request has faults.'): Problem =>
  new Problem(400, 'Request.Invalid', detail, { errors });

export function answerProblem(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = asProblem(error);
  if (problem.status >= 500) request.log.error({ err: error, type: problem.type }, 'request failed');
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send({
      type: problem.type,
      title: problem.message,
      status: problem.status,
      instance: request.id,
      ...problem.extra,
    });
}

function asProblem(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof NotFound) return new Problem(404, 'Resource.NotFound', error.message);
  if (error instanceof InvalidCursor) return badRequest([{ field: 'cursor', message: error.message }]);
  if (error instanceof Conflict) return new Problem(409, 'Resource.Conflict', error.message);
  if (error instanceof DecisionRefused) return new Problem(409, error.type, error.message);
  if (error instanceof AlreadyRunning) return new Problem(409, 'Run.AlreadyRunning', error.message);
  if (error instanceof NotRunning) return new Problem(409, 'Run.NotRunning', error.message);
  if (hasZodFastifySchemaValidationErrors(error)) {
    return badRequest(
      error.validation.map((fault) => ({
        field: fault.instancePath.replace(/^\//, '').replaceAll('/', '.') || '(body)',
        message: fault.message ?? 'is invalid',
      })),
    );
  }
  if (error instanceof StoreUnavailable) {
    return new Problem(503, 'NotReady', 'The database does not answer.', {
      nextStep: 'Send the same request again in a moment.',
    });
  }
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) {
    return new Problem(error.statusCode, 'Request.Refused', error.message);
  }
  return new Problem(
    500,
    'Internal',
    'Something broke on our side; the log has the details under this instance id.',
  );
}
