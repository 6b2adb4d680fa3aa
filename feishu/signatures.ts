import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { isObject, objectAt, textAt } from './decode';
import type { Json } from './decode';
import { eventFrom } from './events';
import type { FeishuEvent } from './event-types';

/** Why a request to our event address was turned away. */
export type Refusal =
  | 'malformed'
  | 'not-encrypted'
  | 'undecryptable'
  | 'signature-missing'
  | 'signature-wrong'
  | 'timestamp-stale'
  | 'token-wrong'
  | 'unconfigured';

export type OpenedEvent =
  | { readonly kind: 'challenge'; readonly challenge: string }
  | { readonly kind: 'event'; readonly event: FeishuEvent }
  | { readonly kind: 'refused'; readonly reason: Refusal; readonly detail: string };

/** What each refusal says, in words that help an honest admin and no attacker. */
const REFUSALS: Readonly<Record<Refusal, string>> = {
  malformed: 'The body is not an event of the platform.',
  'not-encrypted': 'An encrypt key is set, but the body is not encrypted.',
  undecryptable: 'The body cannot be decrypted: the encrypt key here and in the developer console differ.',
  'signature-missing': 'The request is not signed.',
  'signature-wrong': 'The signature does not fit the body.',
  'timestamp-stale': 'The request is too old, or the clock of this server is wrong.',
  'token-wrong': 'The verification token here and in the developer console differ.',
  unconfigured: 'Neither an encrypt key nor a verification token is set for this docking.',
};

export interface OpenEventOptions {
  /** Set in the developer console; then everything is encrypted, and everything but the challenge is signed. */
  readonly encryptKey?: string | undefined;
  readonly verificationToken?: string | undefined;
  readonly now: Date;
  /** Largest difference to the request's timestamp, either way, in ms. Default 5 minutes. */
  readonly freshnessMs?: number;
}

/** Request headers as Node gives them: lower-case names. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

const FRESHNESS_MS = 5 * 60_000;

/**
 * Turns a request to the event address into a challenge, an event, or a refusal. `rawBody` must be the very bytes that
 * came: the signature is over them. A fresh timestamp is no proof against replay: remember event ids for eight hours.
 */
export function openFeishuEvent(
  rawBody: Buffer,
  headers: RequestHeaders,
  options: OpenEventOptions,
): OpenedEvent {
  const encryptKey = options.encryptKey === '' ? undefined : options.encryptKey;
  const verificationToken = options.verificationToken === '' ? undefined : options.verificationToken;
  if (encryptKey === undefined && verificationToken === undefined) return refuse('unconfigured');

  const outer = parse(rawBody.toString('utf8'));
  if (outer === undefined) return refuse('malformed');
  const opened = encryptKey === undefined ? outer : open(encryptKey, outer);
  if (typeof opened === 'string') return refuse(opened);

  const token = textAt(objectAt(opened, 'header'), 'token') ?? textAt(opened, 'token');
  if (verificationToken !== undefined && !sameText(token ?? '', verificationToken))
    return refuse('token-wrong');

  // The challenge is the one request that comes unsigned.
  if (opened['type'] === 'url_verification') {
    const challenge = textAt(opened, 'challenge');
    return challenge === undefined ? refuse('malformed') : { kind: 'challenge', challenge };
  }
  if (encryptKey !== undefined) {
    const { now, freshnessMs = FRESHNESS_MS } = options;
    const refused = checkSignature(headers, rawBody, encryptKey, now.getTime(), freshnessMs);
    if (refused !== undefined) return refuse(refused);
  }
  const event = eventFrom(opened);
  return event === undefined ? refuse('malformed') : { kind: 'event', event };
}

/** AES-256-CBC with SHA-256 of the encrypt key; the first 16 bytes are the IV. Throws on anything that does not decrypt. */
export function decryptEvent(encryptKey: string, encrypted: string): string {
  const key = createHash('sha256').update(encryptKey).digest();
  const bytes = Buffer.from(encrypted, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
}

/** Hex SHA-256 of timestamp, nonce, encrypt key and the raw bytes of the body, in that order. */
export function signatureOf(timestamp: string, nonce: string, encryptKey: string, rawBody: Buffer): string {
  return createHash('sha256')
    .update(timestamp + nonce + encryptKey)
    .update(rawBody)
    .digest('hex');
}

function checkSignature(
  headers: RequestHeaders,
  rawBody: Buffer,
  encryptKey: string,
  nowMs: number,
  freshnessMs: number,
): Refusal | undefined {
  const signature = headerOf(headers, 'x-lark-signature');
  const timestamp = headerOf(headers, 'x-lark-request-timestamp');
  const nonce = headerOf(headers, 'x-lark-request-nonce');
  if (signature === undefined || timestamp === undefined || nonce === undefined) return 'signature-missing';
  if (!sameText(signature, signatureOf(timestamp, nonce, encryptKey, rawBody))) return 'signature-wrong';
  const sentMs = Number(timestamp) * 1_000;
  return Math.abs(nowMs - sentMs) <= freshnessMs ? undefined : 'timestamp-stale';
}

function open(encryptKey: string, outer: Json): Json | 'not-encrypted' | 'undecryptable' {
  const encrypted = outer['encrypt'];
  if (typeof encrypted !== 'string') return 'not-encrypted';
  try {
    return parse(decryptEvent(encryptKey, encrypted)) ?? 'undecryptable';
  } catch {
    // A wrong key and a forged body look the same from here, and both mean: not from this app.
    return 'undecryptable';
  }
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // Not JSON: the caller refuses it by name.
    return undefined;
  }
}

function headerOf(headers: RequestHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Takes the same time wherever the texts differ; hashing first makes their lengths equal. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function refuse(reason: Refusal): OpenedEvent {
  return { kind: 'refused', reason, detail: REFUSALS[reason] };
}
