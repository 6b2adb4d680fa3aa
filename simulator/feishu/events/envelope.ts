import { randomBytes } from 'node:crypto';
import type { App } from '../../world/types';
import { encryptEvent, signEvent } from './encryption';

/** An event or callback on its way to one app. */
export interface Outgoing {
  readonly eventId: string;
  readonly eventType: string;
  /** Virtual milliseconds. */
  readonly createTime: number;
  /** The content of `event`. */
  readonly body: object;
}

/**
 * The plain JSON of an event. Types without a dot are of the old generation and travel in the v1 envelope;
 * callbacks give their time in microseconds, events in milliseconds (platform pages on both).
 */
export function envelopeOf(app: App, outgoing: Outgoing, unit: 'ms' | 'us' = 'ms'): string {
  const { eventId, eventType, createTime, body } = outgoing;
  if (!eventType.includes('.')) {
    const ts = (createTime / 1000).toFixed(6);
    return JSON.stringify({
      ts,
      uuid: eventId,
      token: app.verificationToken,
      type: 'event_callback',
      event: { type: eventType, ...body },
    });
  }
  return JSON.stringify({
    schema: '2.0',
    header: {
      event_id: eventId,
      token: app.verificationToken,
      create_time: unit === 'us' ? `${createTime}000` : String(createTime),
      event_type: eventType,
      tenant_key: app.tenantKey,
      app_id: app.appId,
    },
    event: body,
  });
}

/** What goes over the wire to a webhook: sealed and signed if the app has an encrypt key, plain otherwise. */
export interface SealedRequest {
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** `now` in milliseconds becomes the request timestamp (seconds). */
export function sealRequest(app: App, plain: string, now: number): SealedRequest {
  const timestamp = String(Math.floor(now / 1000));
  const nonce = randomBytes(8).toString('hex');
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
  };
  if (!app.encryptKey) return { body: plain, headers };
  const body = JSON.stringify({ encrypt: encryptEvent(app.encryptKey, plain) });
  return {
    body,
    headers: { ...headers, 'x-lark-signature': signEvent(timestamp, nonce, app.encryptKey, body) },
  };
}
