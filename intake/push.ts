/** A push at the door: is it from our ticket system, and can it be read? */
import type { Docking, DockingSecrets } from '../store';
import { readPush, TicketSystemError, type PushedBody } from '../tickets';

export type PushCheck =
  | { ok: true; tickets: number }
  | { ok: false; refusal: 'unproven' | 'unreadable'; message: string; nextStep: string };

/** How long the secret before the present one is still believed, so that both sides need not change at once. */
export const SECRET_OVERLAP_MS = 24 * 3600_000;

/** Secrets a push may prove itself with; empty when the docking asks for none. */
export function pushSecrets(
  docking: Docking,
  { webhookSecret, previousWebhookSecret, pushToken }: DockingSecrets,
  at: Date,
): string[] {
  const overlap =
    docking.webhookSecretRotatedAt !== undefined &&
    at.getTime() < docking.webhookSecretRotatedAt.getTime() + SECRET_OVERLAP_MS;
  // What a REST system signs is believed as it is, so it always has a secret; Sobot's push is only a hint.
  const own = webhookSecret ?? (docking.ticketSystem.kind === 'rest' ? pushToken : undefined);
  return [own, overlap ? previousWebhookSecret : undefined].filter((secret) => secret !== undefined);
}

export function checkPush(docking: Docking, secrets: DockingSecrets, push: PushedBody): PushCheck {
  const { kind } = docking.ticketSystem;
  const webhookSecret = pushSecrets(docking, secrets, new Date(push.receivedAt));
  try {
    return { ok: true, tickets: readPush({ kind, webhookSecret }, push).length };
  } catch (error) {
    if (!(error instanceof TicketSystemError)) throw error;
    const refusal = error.code === 'push-refused' ? 'unproven' : 'unreadable';
    return { ok: false, refusal, message: error.message, nextStep: error.nextStep };
  }
}
