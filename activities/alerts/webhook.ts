import { createHmac } from 'node:crypto';
import axios, { isAxiosError } from 'axios';
import { ApplicationFailure } from '@temporalio/common';
import { refuse } from '../failures';

const TIMEOUT_MS = 10_000;

/**
 * One signed POST. `X-Signature: t=<unix seconds>,v1=<hex HMAC-SHA-256 of "t.body">`, the scheme that the ticket system's
 * own pushes use; `X-Notice-Id` lets the receiver drop a repetition. Redirects are not followed. Fails for good with
 * `Alert.WebhookRefused` on any 4xx but 408 and 429, and is repeated on everything else.
 */
export async function postSigned(
  url: string,
  secret: string,
  noticeId: string,
  notice: object,
  now: Date,
): Promise<void> {
  const body = JSON.stringify(notice);
  const t = Math.floor(now.getTime() / 1000);
  const mac = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  try {
    const { status } = await axios.post(url, body, {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'x-signature': `t=${t},v1=${mac}`,
        'x-notice-id': noticeId,
      },
      timeout: TIMEOUT_MS,
      maxRedirects: 0,
      maxContentLength: 64 * 1024,
      responseType: 'text',
      validateStatus: () => true,
    });
    if (status >= 200 && status < 300) return;
    throw answered(status);
  } catch (error) {
    if (!isAxiosError(error)) throw error;
    // The URL can hold a token of the receiver: it stays out of the failure.
    throw ApplicationFailure.create({
      type: 'Alert.WebhookUnreachable',
      message: `The alert webhook could not be reached (${error.code ?? 'no answer'}).`,
    });
  }
}

function answered(status: number): ApplicationFailure {
  const final = status >= 300 && status < 500 && status !== 408 && status !== 429;
  return final
    ? refuse(
        'Alert.WebhookRefused',
        `The alert webhook answered ${status}.`,
        "Compare the URL and the secret of the docking's alerts with the receiver.",
      )
    : ApplicationFailure.create({
        type: 'Alert.WebhookUnreachable',
        message: `The alert webhook answered ${status}.`,
      });
}
