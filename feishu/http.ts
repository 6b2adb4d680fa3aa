import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios from 'axios';
import type { AxiosInstance } from 'axios';

/** Largest answer we read. A page of 50 people is about 100 KB. */
const LARGEST_ANSWER_BYTES = 20 * 1_024 * 1_024;

/** The connection pool to the platform. Close it once, when the process ends. */
export interface FeishuHttp {
  readonly axios: AxiosInstance;
  close(): void;
}

/**
 * Connections stay open between calls. Answers come back as text, whatever their status: what they mean is decided by their
 * `code`, and a proxy's HTML must not break the parser. Redirects are not followed: a token must not travel to another host.
 */
export function createFeishuHttp(options: { maxSockets?: number } = {}): FeishuHttp {
  const { maxSockets = 64 } = options;
  const pool = { keepAlive: true, maxSockets, scheduling: 'lifo' as const };
  const httpAgent = new HttpAgent(pool);
  const httpsAgent = new HttpsAgent(pool);
  return {
    axios: axios.create({
      httpAgent,
      httpsAgent,
      maxRedirects: 0,
      maxContentLength: LARGEST_ANSWER_BYTES,
      responseType: 'text',
      transformRequest: [(body: unknown) => body],
      transformResponse: [(body: unknown) => body],
      validateStatus: () => true,
    }),
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}
