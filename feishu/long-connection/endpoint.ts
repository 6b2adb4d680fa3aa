import { isObject, numberAt, objectAt, textAt, type Json } from '../decode';
import type { FeishuHttp } from '../http';
import type { Credentials } from '../token-manager';
import { LongConnectionRefused, refusalOf } from './refusals';
import { settingsFrom, type ConnectionSettings } from './settings';

const TIMEOUT_MS = 15_000;

/** Where to connect, once. The address holds a ticket: it is never logged. */
export interface Endpoint {
  readonly url: string;
  /** Goes back in every ping. */
  readonly serviceId: number;
  readonly settings: ConnectionSettings;
}

/** Asks for an address. Fails with `LongConnectionRefused`, or with the signal's reason. Source: official Node SDK. */
export async function askEndpoint(
  http: FeishuHttp,
  { appId, appSecret, baseUrl }: Credentials,
  signal: AbortSignal,
): Promise<Endpoint> {
  const answer = await ask(http, baseUrl, { AppID: appId, AppSecret: appSecret }, signal);
  const code = numberAt(answer, 'code');
  if (code !== 0) throw code === undefined ? new LongConnectionRefused('unavailable') : refusalOf(code);
  const data = objectAt(answer, 'data');
  const url = textAt(data, 'URL') ?? '';
  if (!isTrusted(url, baseUrl)) throw new LongConnectionRefused('unavailable');
  return {
    url,
    serviceId: Number(new URL(url).searchParams.get('service_id') ?? 0),
    settings: settingsFrom(objectAt(data, 'ClientConfig')),
  };
}

async function ask(
  http: FeishuHttp,
  baseUrl: string,
  body: Json,
  signal: AbortSignal,
): Promise<Json | undefined> {
  try {
    const { data } = await http.axios.post<string>(
      `${baseUrl.replace(/\/+$/, '')}/callback/ws/endpoint`,
      JSON.stringify(body),
      {
        headers: { 'content-type': 'application/json; charset=utf-8', locale: 'zh' },
        timeout: TIMEOUT_MS,
        signal,
      },
    );
    const parsed: unknown = JSON.parse(data);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    // The error holds the request with the secret in it, and all it could tell is that nobody answered readably.
    signal.throwIfAborted();
    throw new LongConnectionRefused('unavailable');
  }
}

/** Events come unsealed and unsigned: a platform that is asked in secret must answer with a secret address. */
function isTrusted(url: string, baseUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol } = new URL(url);
  return protocol === 'wss:' || (protocol === 'ws:' && new URL(baseUrl).protocol === 'http:');
}
