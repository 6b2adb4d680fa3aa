import { setTimeout as pause } from 'node:timers/promises';
import { openFeishuEvent, type OpenedEvent, type RequestHeaders } from '../feishu';
import { limitKeyReads, looksSealed, type ReadFor } from './key-reads';
import type { ApiPorts } from './ports';
import { given } from './routes/route';

/** The platform waits 1 s for a challenge and 3 s for an event. */
const READ_TIMEOUT_MS = 2_000;
/** What fits anyway need not wait long for the proof that nothing has changed. */
const KEYLESS_TIMEOUT_MS = 700;

/** Opens a request to the event address of a docking. */
export type OpenEvent = (dockingId: string, rawBody: Buffer, headers: RequestHeaders) => Promise<OpenedEvent>;

/**
 * Encrypt key and verification token are the app's, so they are read from the app when they are not known here or do not
 * fit any more: nobody has to copy them, and a change in the developer console needs no second one here. Where the
 * platform does not tell them, what an admin entered counts.
 */
export function createEventOpener({ store, feishu, now, log }: ApiPorts): OpenEvent {
  const takeRead = limitKeyReads();
  const reading = new Map<string, Promise<boolean>>();

  return async function open(dockingId, rawBody, headers) {
    const secrets = (): ReturnType<typeof store.dockings.secrets> => store.dockings.secrets(dockingId);
    const known = await secrets();
    const attempt = ({ encryptKey, verificationToken }: typeof known): OpenedEvent =>
      openFeishuEvent(rawBody, headers, { ...given({ encryptKey, verificationToken }), now: now() });
    const opened = attempt(known);
    const why = reasonToRead(opened, { isKeyless: !known.encryptKey, rawBody, headers });
    return why !== null && (await learnOnce(dockingId, why)) ? attempt(await secrets()) : opened;
  };

  /** Null when the keys that are known are good enough. */
  function reasonToRead(
    opened: OpenedEvent,
    { isKeyless, rawBody, headers }: { isKeyless: boolean; rawBody: Buffer; headers: RequestHeaders },
  ): ReadFor | null {
    // What comes in the clear is to be refused from the moment that a key is set, not only once somebody brought a sealed one.
    if (opened.kind !== 'refused') return isKeyless ? 'keyless' : null;
    if (opened.reason === 'timestamp-stale') return null;
    return looksSealed(rawBody, headers, now().getTime()) ? 'sealed' : 'stranger';
  }

  function learnOnce(dockingId: string, why: ReadFor): Promise<boolean> {
    const running = reading.get(dockingId);
    if (running !== undefined) return running;
    const waitMs = takeRead(dockingId, why, now().getTime());
    if (waitMs === null) return Promise.resolve(false);
    const read = pause(waitMs)
      .then(() => learn(dockingId, why === 'keyless' ? KEYLESS_TIMEOUT_MS : READ_TIMEOUT_MS))
      .finally(() => reading.delete(dockingId));
    reading.set(dockingId, read);
    return read;
  }

  /** True when the platform told other keys than those known, and they are stored now. */
  async function learn(dockingId: string, timeoutMs: number): Promise<boolean> {
    const [docking, known] = await Promise.all([
      store.dockings.require(dockingId),
      store.dockings.secrets(dockingId),
    ]);
    try {
      const keys = await feishu
        .for({ appId: docking.appId, appSecret: known.appSecret, baseUrl: docking.platformUrl })
        .application.eventKeys({ signal: AbortSignal.timeout(timeoutMs) });
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
