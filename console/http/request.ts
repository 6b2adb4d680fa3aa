/** The one way to the API. Session by cookie; sentences in the language of the page; refusals are `ApiProblem`s. */
import { i18n } from '../language';

export interface FieldFault {
  field: string;
  message: string;
}

/** What the API answered instead: a code of docs/failures.md, a sentence, and what to do. */
export class ApiProblem extends Error {
  constructor(
    /** 0 = nobody answered. */
    readonly status: number,
    readonly type: string,
    title: string,
    readonly nextStep: string | null,
    readonly errors: readonly FieldFault[],
    /** Request id, also in the log. */
    readonly instance: string | null,
    /** Further members of the problem, such as `existing`. */
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(title);
    this.name = 'ApiProblem';
  }
}

export interface RequestOptions {
  body?: unknown;
  /** Left out where undefined or empty. */
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Answer<T> {
  body: T;
  headers: Headers;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The body of the answer. Fails with `ApiProblem`. */
export async function request<T>(method: Method, path: string, options?: RequestOptions): Promise<T> {
  return (await fullRequest<T>(method, path, options)).body;
}

/** The same with the headers of the answer, such as `etag`. */
export async function fullRequest<T>(
  method: Method,
  path: string,
  { body, query = {}, headers = {}, signal }: RequestOptions = {},
): Promise<Answer<T>> {
  const answer = await send(path + queryText(query), {
    method,
    headers: {
      'accept-language': i18n.language,
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const text = await answer.text();
  const parsed: unknown = text !== '' && isJson(answer) ? JSON.parse(text) : undefined;
  if (!answer.ok) throw problemOf(answer.status, parsed);
  return { body: parsed as T, headers: answer.headers };
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiProblem(0, 'Network', i18n.t('problem.offline', { ns: 'console' }), null, [], null);
  }
}

const isJson = (answer: Response): boolean => /json/.test(answer.headers.get('content-type') ?? '');

export function queryText(query: NonNullable<RequestOptions['query']>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}

function problemOf(status: number, body: unknown): ApiProblem {
  const { type, title, nextStep, errors, instance, ...members } = (body ?? {}) as Record<string, unknown>;
  return new ApiProblem(
    status,
    typeof type === 'string' ? type : 'Unknown',
    typeof title === 'string' ? title : `HTTP ${status}`,
    typeof nextStep === 'string' ? nextStep : null,
    Array.isArray(errors) ? (errors as FieldFault[]) : [],
    typeof instance === 'string' ? instance : null,
    members,
  );
}
