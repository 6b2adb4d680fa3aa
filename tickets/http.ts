import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { isAxiosError, type AxiosInstance } from 'axios';
import { TicketSystemError } from './failure';
import type { Clock, TicketSystemConfig, TicketSystemPorts } from './port';

/** Shared by every adapter of the process, so that connections to one ticket system are reused across dockings. */
const keepAlive = {
  httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 32 }),
  httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 32 }),
};

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  /** The parsed body; undefined when it is not JSON, such as a proxy's error page. */
  body: unknown;
}

export interface HttpCall {
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
}

export type Http = (call: HttpCall) => Promise<HttpAnswer>;

/**
 * One way out to a ticket system: any HTTP status is an answer, redirects are not followed (they would carry the
 * credentials elsewhere), and a call without an answer fails as `timeout` or `unreachable`.
 */
export function createHttp(config: TicketSystemConfig, ports: TicketSystemPorts): Http {
  const client: AxiosInstance = axios.create({
    baseURL: config.baseUrl.replace(/\/+$/, ''),
    timeout: config.timeoutMs ?? 20_000,
    maxRedirects: 0,
    maxContentLength: 32 * 1024 * 1024,
    httpAgent: ports.httpAgent ?? keepAlive.httpAgent,
    httpsAgent: ports.httpsAgent ?? keepAlive.httpsAgent,
    validateStatus: () => true,
    responseType: 'text',
    transformResponse: (raw: unknown) => raw,
  });
  return async ({ method, path, query, body, headers }) => {
    try {
      const response = await client.request<unknown>({
        method,
        url: path,
        ...(query && { params: query }),
        ...(body !== undefined && { data: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      });
      return {
        status: response.status,
        headers: Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
        ),
        body: parsed(response.data),
      };
    } catch (error) {
      // The original error holds URL, headers and body, and with them secrets: it stops here.
      throw withoutAnswer(error, `${method} ${path}`);
    }
  };
}

function parsed(raw: unknown): unknown {
  if (typeof raw !== 'string') return undefined;
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return undefined;
  }
}

function withoutAnswer(error: unknown, call: string): TicketSystemError {
  const reason = isAxiosError(error) ? (error.code ?? 'no answer') : 'no answer';
  if (reason === 'ECONNABORTED' || reason === 'ETIMEDOUT') {
    return new TicketSystemError(`${call}: no answer in time`, {
      code: 'timeout',
      retryClass: 'normal',
      nextStep: 'The ticket system is slow or silent; the call is repeated by itself.',
    });
  }
  return new TicketSystemError(`${call}: not reachable (${reason})`, {
    code: 'unreachable',
    retryClass: 'normal',
    nextStep: 'Check the address of the ticket system and the way to it; the call is repeated by itself.',
  });
}

/** `Retry-After` in milliseconds: seconds or a date; the default when absent or unreadable. */
export function retryAfterMs(header: string | undefined, now: number, fallback: number): number {
  if (header === undefined) return fallback;
  const seconds = Number(header);
  if (Number.isFinite(seconds) && seconds >= 0) return Math.min(seconds, 3600) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? fallback : Math.min(Math.max(0, date - now), 3_600_000);
}
