import axios, { type AxiosInstance } from 'axios';

/** Speaks JSON with one of the product's addresses; a refusal carries the whole answer. */
export interface Http {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  put<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<T>;
  patch<T>(path: string, body: unknown): Promise<T>;
}

export function httpTo(baseUrl: string, token?: string): Http {
  const instance: AxiosInstance = axios.create({
    baseURL: baseUrl,
    timeout: 60_000,
    proxy: false,
    validateStatus: () => true,
    ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
  });
  const call = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T> => {
    const answer = await instance.request<T>({
      method,
      url: path,
      ...(body === undefined ? {} : { data: body }),
      ...(headers ? { headers } : {}),
    });
    if (answer.status >= 400) {
      throw new Error(
        `${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.data).slice(0, 500)}`,
      );
    }
    return answer.data;
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body = {}) => call('POST', path, body),
    put: (path, body, headers) => call('PUT', path, body, headers),
    patch: (path, body) => call('PATCH', path, body),
  };
}

/** Follows `nextCursor` to the end. */
export async function all<T>(http: Http, path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const separator = path.includes('?') ? '&' : '?';
    const page: { items: T[]; nextCursor: string | null } = await http.get(
      cursor === null ? path : `${path}${separator}cursor=${encodeURIComponent(cursor)}`,
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

/** Asks until the answer satisfies, at most `seconds`; then fails saying what was waited for and what was found. */
export async function until<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T>,
  satisfied: (answer: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (satisfied(answer)) return answer;
    if (Date.now() > deadline) {
      const last = JSON.stringify(answer)?.slice(0, 500);
      throw new Error(`Waited ${seconds} s in vain: ${what}. The last answer was ${last}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
