import { createHmac, timingSafeEqual } from 'node:crypto';
import { TicketSystemError } from '../failure';

/** A signature may be this much older or younger than now. */
const TOLERANCE_SECONDS = 300;

function refused(message: string, nextStep: string): TicketSystemError {
  return new TicketSystemError(message, { code: 'push-refused', retryClass: 'never', nextStep });
}

/**
 * Checks `X-Signature: t=<unix seconds>,v1=<hex HMAC-SHA-256 of "t.rawBody">` in constant time against every secret
 * (two while rotating); several `v1` are allowed. Fails with `push-refused`.
 */
export function verifySignature(
  header: string | undefined,
  rawBody: string | Buffer,
  secrets: readonly string[],
  nowMs: number,
): void {
  if (secrets.length === 0) {
    throw refused('the docking has no webhook secret', 'Set the webhook secret of the docking.');
  }
  const parts = (header ?? '').split(',').map((part) => part.trim().split('=', 2));
  const t = parts.find(([name]) => name === 't')?.[1];
  const macs = parts.filter(([name]) => name === 'v1').map(([, mac]) => mac ?? '');
  if (t === undefined || !/^\d{1,12}$/.test(t) || macs.length === 0) {
    throw refused('the push carries no readable X-Signature', 'Let the ticket system sign its pushes.');
  }
  if (Math.abs(nowMs / 1000 - Number(t)) > TOLERANCE_SECONDS) {
    throw refused('the signature of the push is too old or too new', 'Set the clocks of both sides.');
  }
  let matches = false;
  for (const secret of secrets) {
    const wanted = createHmac('sha256', secret).update(`${t}.`).update(rawBody).digest();
    for (const mac of macs) {
      const given = Buffer.from(mac, 'hex');
      if (given.length === wanted.length && timingSafeEqual(given, wanted)) matches = true;
    }
  }
  if (!matches) {
    throw refused('the signature of the push does not match', 'Use the same webhook secret on both sides.');
  }
}
