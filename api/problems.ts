/** Every refusal as problem+json: a stable type, a sentence in the caller's language, and where it applies the field. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AlreadyRunning, DecisionRefused, NotRunning } from '../client';
import type { Localized } from '../feishu';
import { Conflict, InvalidCursor, NotFound, StoreUnavailable } from '../store';
import { decisionCode, FAILURES, type DataOf, type FailureCode } from './failures';
import type { Failure } from './failures/failure';
import { answerIn } from './language';
import { inBothLanguages, type SchemaFault } from './plain-faults';

export interface FieldFault {
  field: string;
  message: Localized;
  /** Further members, such as the code of a fault in a rule. */
  [member: string]: unknown;
}

interface Told {
  detail: Localized;
  nextStep?: Localized | undefined;
  errors?: readonly FieldFault[];
  /** Further members of the answer. */
  members?: Readonly<Record<string, unknown>>;
}

/** `type` is a code of docs/failures.md; `nextStep` says what the caller can do. Its message is English, for the log. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly told: Told,
  ) {
    super(told.detail.en);
    this.name = 'Problem';
  }
}

type Given<Code extends FailureCode> =
  DataOf<Code> extends void
    ? [data?: undefined, told?: Omit<Told, 'detail' | 'nextStep'>]
    : [data: DataOf<Code>, told?: Omit<Told, 'detail' | 'nextStep'>];

/** A refusal of the catalogue, with what its sentences carry. */
export function refused<Code extends FailureCode>(code: Code, ...[data, told]: Given<Code>): Problem {
  // The catalogue has the sentences of exactly this data; TypeScript loses the tie inside.
  const failure = FAILURES[code] as unknown as Failure<unknown>;
  return new Problem(failure.status(data), code, {
    ...told,
    detail: failure.detail(data),
    nextStep: failure.nextStep(data),
  });
}

export const badRequest = (
  errors: readonly FieldFault[],
  of: 'request' | 'rules-saved' | 'rules-simulated' = 'request',
): Problem => refused('Request.Invalid', { of }, { errors });

export function answerProblem(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = asProblem(error);
  if (problem.status >= 500) request.log.error({ err: error, type: problem.type }, 'request failed');
  const language = answerIn(request, reply);
  const { detail, nextStep, errors, members } = problem.told;
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send({
      type: problem.type,
      title: detail[language],
      status: problem.status,
      instance: request.id,
      ...(errors ? { errors: errors.map((fault) => ({ ...fault, message: fault.message[language] })) } : {}),
      ...(nextStep ? { nextStep: nextStep[language] } : {}),
      ...members,
    });
}

function asProblem(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof NotFound) return refused('Resource.NotFound', { record: error.what, id: error.id });
  if (error instanceof InvalidCursor) {
    return badRequest([{ field: 'cursor', message: { en: error.message, zh: '不是此列表给出的 cursor' } }]);
  }
  if (error instanceof Conflict) return refused('Resource.Conflict', { said: error.message });
  if (error instanceof DecisionRefused) return decisionRefused(error);
  if (error instanceof AlreadyRunning) return refused('Run.AlreadyRunning', { said: error.message });
  if (error instanceof NotRunning) return refused('Run.NotRunning', { said: error.message });
  if (hasZodFastifySchemaValidationErrors(error)) {
    return badRequest(
      error.validation.flatMap((fault) =>
        faultsOf(fault.instancePath.replace(/^\//, '').replaceAll('/', '.'), fault as unknown as SchemaFault),
      ),
    );
  }
  if (error instanceof StoreUnavailable) return refused('NotReady');
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) {
    return refused('Request.Refused', { status: error.statusCode, said: error.message });
  }
  return refused('Internal');
}

const UNKNOWN_FIELD = { en: 'is no field of this request', zh: '没有这个字段' };

/** Fields that nobody knows are named one by one, each at its place. */
function faultsOf(at: string, fault: SchemaFault): FieldFault[] {
  const { keyword, params } = fault;
  if (keyword !== 'unrecognized_keys') return [{ field: at || '(body)', message: inBothLanguages(fault) }];
  return [params['keys']].flat().map((key) => ({
    field: at ? `${at}.${String(key)}` : String(key),
    message: UNKNOWN_FIELD,
  }));
}

/** What a workflow says, in English; whoever reads Chinese gets the sentence of its code. */
function decisionRefused({ type, message }: DecisionRefused): Problem {
  const code = decisionCode(type);
  if (code) return refused(code, { said: message });
  return new Problem(409, type, { detail: { en: message, zh: message } });
}
