import { openFeishuEvent, type OpenedEvent, type RequestHeaders } from '../feishu';
import type { ApiPorts } from './ports';
import { given } from './routes/route';

/** A stranger's request costs a call to the platform, so a docking makes few of them. */
const READS = 6;
const READS_WINDOW_MS = 60_000;
/** The platform waits 1 s for a challenge and 3 s for an event. */
const READ_TIMEOUT_MS = 2_000;

/** Opens a request to the event address of a docking. */
export type OpenEvent = (dockingId: string, rawBody: Buffer, headers: RequestHeaders) => Promise<OpenedEvent>;

/**
 * Encrypt key and verification token are the app's, so they are read from the app when they are not known here or do not
 * fit any more: nobody has to copy them, and a change in the developer console needs no second one here. Where the
 * platform does not tell them, what an admin entered counts.
 */
export function createEventOpener({ store, feishu, now, log }: ApiPorts): OpenEvent {
  const reads = new Map<string, number[]>();
  const reading = new Map<string, Promise<boolean>>();

  return async function open(dockingId, rawBody, headers) {
    const attempt = async (): Promise<OpenedEvent> => {
      const { encryptKey, verificationToken } = await store.dockings.secrets(dockingId);
      return openFeishuEvent(rawBody, headers, { ...given({ encryptKey, verificationToken }), now: now() });
    };
    const opened = await attempt();
    if (opened.kind !== 'refused' || opened.reason === 'timestamp-stale') return opened;
    return (await learnOnce(dockingId)) ? attempt() : opened;
  };

  function learnOnce(dockingId: string): Promise<boolean> {
    const running = reading.get(dockingId);
    if (running !== undefined) return running;
    const at = now().getTime();
    const recent = (reads.get(dockingId) ?? []).filter((read) => at - read < READS_WINDOW_MS);
    if (recent.length >= READS) return Promise.resolve(false);
    reads.set(dockingId, [...recent, at]);
    const read = learn(dockingId).finally(() => reading.delete(dockingId));
    reading.set(dockingId, read);
    return read;
  }

  /** True when the platform told other keys than those known, and they are stored now. */
  async function learn(dockingId: string): Promise<boolean> {
    const [docking, known] = await Promise.all([
      store.dockings.require(dockingId),
      store.dockings.secrets(dockingId),
    ]);
    try {
      const keys = await feishu
        .for({ appId: docking.appId, appSecret: known.appSecret, baseUrl: docking.platformUrl })
        .application.eventKeys({ signal: AbortSignal.timeout(READ_TIMEOUT_MS) });
      const changed = (['encryptKey', 'verificationToken'] as const).filter(
        (name) => keys[name] !== undefined && keys[name] !== (known[name] ?? ''),
      );
      if (changed.length === 0) return false;
      await store.dockings.setSecrets(
        dockingId,
        Object.fromEntries(changed.map((name) => [name, keys[name] === '' ? null : keys[name]])),
      );
      return true;
    } catch (error) {
      log.warn(
        { err: error, dockingId },
        'the keys of the event address could not be read from the platform',
      );
      return false;
    }
  }
}
