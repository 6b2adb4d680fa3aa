/**
 * Holds a connection for each docking whose events come that way. Of several processes one holds it, under a lease; when
 * that one dies another takes over as soon as the lease has run out, and the platform repeats what was not acknowledged.
 */
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FeishuEvent, LongConnection } from '../feishu';
import type { Docking, Page } from '../store';
import { wantsLongConnection } from './event-mode';
import { takeFeishuEvent } from './feishu-events';
import { countConnections, countEvent } from './long-connection-metrics';
import type { ApiPorts } from './ports';

const LOOK_EVERY_MS = 5_000;
/** Looks that a lease outlives: a slow database must not hand the connection around. */
const LOOKS_PER_LEASE = 3;
const AT_ONCE = 20;

export interface LongConnectionKeeper {
  /** Answers what is under way, says goodbye to the platform and leaves the leases to others. Repeats safely. */
  close(): Promise<void>;
}

interface Held {
  connection: LongConnection;
  /** App and secret that it was opened with. */
  access: string;
  lease: string;
  release: () => Promise<void>;
  lastEventAt: Date | null;
}

/** `everyMs`: how often dockings and leases are looked at. Default 5 s. */
export function keepLongConnections(
  ports: ApiPorts,
  { everyMs = LOOK_EVERY_MS }: { everyMs?: number } = {},
): LongConnectionKeeper {
  const { store, feishu, now, log } = ports;
  const owner = randomUUID();
  const leaseMs = everyMs * LOOKS_PER_LEASE;
  const held = new Map<string, Held>();
  const stop = new AbortController();

  async function look(): Promise<void> {
    const wanted = new Map((await wantedDockings(ports)).map((docking) => [docking.id, docking]));
    const gone = [...held.keys()].filter((id) => !wanted.has(id));
    await each([...gone, ...wanted.keys()], async (id) => {
      const docking = wanted.get(id);
      await (docking ? tend(docking) : letGo(id));
    });
  }

  async function tend(docking: Docking): Promise<void> {
    const { appSecret } = await store.dockings.secrets(docking.id);
    const access = accessOf(docking, appSecret);
    const present = held.get(docking.id);
    if (present) {
      const stays = present.access === access && (await store.leases.renew(present.lease, leaseMs, owner));
      if (stays) return note(docking.id);
      await letGo(docking.id);
    }
    if (stop.signal.aborted) return;
    // By app: the platform gives each event to one connection of an app, whoever opened it.
    const lease = `long-connection:${docking.platformUrl}:${docking.appId}`;
    const release = await store.leases.acquire(lease, leaseMs, owner);
    if (!release) return;
    const connection = feishu.hold(
      { appId: docking.appId, appSecret, baseUrl: docking.platformUrl },
      { take: (event) => take(docking.id, event), onState: () => noteSoon(docking.id) },
    );
    held.set(docking.id, { connection, access, lease, release, lastEventAt: null });
    await note(docking.id);
  }

  async function letGo(id: string): Promise<void> {
    const present = held.get(id);
    if (!present) return;
    held.delete(id);
    await present.connection.close();
    await present.release();
    await store.longConnections.drop(id, owner);
    countConnections([...held.values()].map(({ connection }) => connection.state.state));
  }

  async function take(dockingId: string, event: FeishuEvent): Promise<object> {
    const present = held.get(dockingId);
    if (present) present.lastEventAt = now();
    try {
      const reply = await takeFeishuEvent(ports, dockingId, event);
      countEvent('taken');
      return reply;
    } catch (error) {
      countEvent('failed');
      log.error(
        { err: error, dockingId, eventId: event.eventId },
        'an event was not taken; Feishu repeats it',
      );
      throw error;
    }
  }

  /** Says how the connection is, and that this process is alive. */
  async function note(dockingId: string): Promise<void> {
    const present = held.get(dockingId);
    if (!present) return;
    const { state, since, reason, nextTryAt } = present.connection.state;
    countConnections([...held.values()].map(({ connection }) => connection.state.state));
    if (state === 'closed') return;
    const { lastEventAt } = present;
    await store.longConnections.put({
      dockingId,
      state,
      since,
      reason,
      nextTryAt,
      lastEventAt,
      heldBy: owner,
      aliveAt: now(),
    });
  }

  function noteSoon(dockingId: string): void {
    const present = held.get(dockingId);
    if (present) log.info({ dockingId, ...present.connection.state }, 'long connection');
    note(dockingId).catch((error: unknown) =>
      log.warn({ err: error, dockingId }, 'the state of a long connection was not stored'),
    );
  }

  /** One docking's trouble is not the others'. */
  async function each(ids: readonly string[], work: (id: string) => Promise<void>): Promise<void> {
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const batch = ids.slice(from, from + AT_ONCE);
      const outcomes = await Promise.allSettled(batch.map(work));
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.status === 'fulfilled') continue;
        log.error(
          { err: outcome.reason as unknown, dockingId: batch[index] },
          'a long connection was not tended',
        );
      }
    }
  }

  const looking = (async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await look().catch((error: unknown) => log.error({ err: error }, 'dockings could not be looked at'));
      await pause(everyMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  })();

  return {
    async close() {
      stop.abort();
      await looking;
      await each([...held.keys()], letGo);
    },
  };
}

async function wantedDockings({ store }: ApiPorts): Promise<Docking[]> {
  const wanted: Docking[] = [];
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page: Page<Docking> = await store.dockings.list({ cursor, limit: 200 });
    wanted.push(...page.items.filter(wantsLongConnection));
    cursor = page.nextCursor;
  }
  return wanted;
}

/** Changes when a secret is rotated; the secret cannot be read from it. */
function accessOf({ appId, platformUrl }: Docking, appSecret: string): string {
  return createHash('sha256').update(`${platformUrl} ${appId} ${appSecret}`).digest('base64url');
}
