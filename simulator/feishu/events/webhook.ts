import { randomBytes } from 'node:crypto';
import type { App } from '../../world/types';
import { encryptEvent } from './encryption';
import type { SealedRequest } from './envelope';

/** How a receiver answered. `status` 0 = it did not answer in time or could not be reached. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly problem?: 'timeout' | 'unreachable';
}

/** One POST with a deadline. Never throws: a receiver that fails is an answer too. */
export async function postWebhook(url: string, request: SealedRequest, timeoutMs: number): Promise<Answer> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: deadline,
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: '', problem: deadline.aborted ? 'timeout' : 'unreachable' };
  }
}

export type Verification = { ok: true } | { ok: false; reason: string };

/** The challenge must come back within this time (platform page "request URL"). */
const CHALLENGE_TIMEOUT_MS = 1000;

/**
 * Asks a request URL to prove that it belongs to the app: sends a challenge without signature headers (sealed if
 * the app has an encrypt key) and expects the same challenge as JSON with HTTP 200 within one second.
 */
export async function verifyRequestUrl(app: App, url: string): Promise<Verification> {
  const challenge = randomBytes(12).toString('hex');
  const plain = JSON.stringify({ challenge, token: app.verificationToken, type: 'url_verification' });
  const body = app.encryptKey ? JSON.stringify({ encrypt: encryptEvent(app.encryptKey, plain) }) : plain;
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const answer = await postWebhook(url, { body, headers }, CHALLENGE_TIMEOUT_MS);
  if (answer.problem === 'timeout') return { ok: false, reason: 'no answer within 1 second' };
  if (answer.problem) return { ok: false, reason: 'the URL cannot be reached' };
  if (answer.status !== 200) return { ok: false, reason: `HTTP ${answer.status} instead of 200` };
  return challengeIn(answer.text) === challenge
    ? { ok: true }
    : { ok: false, reason: 'the answer does not return the challenge' };
}

function challengeIn(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'challenge' in parsed
      ? parsed.challenge
      : undefined;
  } catch {
    return undefined;
  }
}
