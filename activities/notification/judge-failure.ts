/** What a failed try to send means for the card, its person and the docking: one class of answer, one action. */
import { DOCKING_CLASSES, FeishuError } from '../../feishu';
import type { ClaimedDelivery, Docking, Store } from '../../store';
import type { ActivityPorts } from '../ports';
import type { Delivered } from './deliver';

/** Marks a try that the platform refused for now. */
export const REFUSED_FOR_NOW = 'for-now:';

/** Throws what another try can change. */
export async function judge(
  ports: ActivityPorts,
  docking: Docking,
  delivery: ClaimedDelivery,
  error: unknown,
): Promise<Delivered> {
  const { store } = ports;
  if (!(error instanceof FeishuError)) throw error;
  const reason = reasonOf(error);
  const logId = error.logId ?? null;
  if (isOfDocking(error)) {
    await settle(store, delivery, 'needs-attention', reason, logId);
    await pauseDocking(ports, docking.id, error);
    return { outcome: 'failed', delivery };
  }
  switch (error.errorClass) {
    case 'person-gone':
      await store.bindings.suspend(docking.id, delivery.employeeId, reason);
      return settle(store, delivery, 'failed', reason, logId);
    case 'wrong-url':
      return settle(store, delivery, 'needs-attention', reason, logId);
    default:
      if (error.outcome === 'unknown') {
        await store.deliveries.settle(delivery.id, { state: 'unknown', reason, logId }, delivery.attempts);
        throw error;
      }
      if (error.retry === 'never') return settle(store, delivery, 'failed', reason, logId);
      return again(store, delivery, error, reason, logId);
  }
}

/** The docking as a whole cannot do it: what is due is kept until the checklist is green, and finds out what is missing. */
export const isOfDocking = ({ errorClass }: FeishuError): boolean => DOCKING_CLASSES.has(errorClass);

export async function pauseDocking(
  ports: ActivityPorts,
  dockingId: string,
  error: FeishuError,
): Promise<void> {
  const pausedReason = reasonOf(error);
  await ports.store.dockings.setState(dockingId, 'paused', { onlyFrom: ['live'], pausedReason });
  await ports.checkAgain(dockingId);
}

const reasonOf = ({ code, errorClass }: FeishuError): string => `feishu:${code ?? errorClass}`;

/** Refused for now: nothing went out. */
async function again(
  store: Store,
  delivery: ClaimedDelivery,
  error: Error,
  reason: string,
  logId: string | null = null,
): Promise<never> {
  const result = { state: 'planned', reason: `${REFUSED_FOR_NOW}${reason}`, logId } as const;
  const nothingIsOut = !delivery.earlierMayBeOut;
  await store.deliveries.settle(delivery.id, { ...result, nothingIsOut }, delivery.attempts);
  throw error;
}

/** Of a try that did not go out. With its number: a sender that was overtaken decides nothing any more. */
export async function settle(
  store: Store,
  delivery: ClaimedDelivery,
  state: 'failed' | 'needs-attention',
  reason: string,
  logId: string | null = null,
): Promise<Delivered> {
  const nothingIsOut = !delivery.earlierMayBeOut;
  await store.deliveries.settle(delivery.id, { state, reason, logId, nothingIsOut }, delivery.attempts);
  return { outcome: 'failed', delivery };
}
