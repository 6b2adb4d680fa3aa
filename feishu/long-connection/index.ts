/**
 * Events and card clicks over a connection that we open: no public address is needed. One that breaks is opened again as
 * the platform tells; what is not acknowledged meanwhile the platform sends again. Protocol: official SDKs.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { isObject } from '../decode';
import type { FeishuEvent } from '../event-types';
import { eventFrom } from '../events';
import type { FeishuHttp } from '../http';
import type { Credentials } from '../token-manager';
import { connect, type Connection } from './connection';
import { askEndpoint } from './endpoint';
import { STABLE_MS, waitAfter } from './reconnect';
import { LongConnectionRefused, type RefusalReason } from './refusals';
import type { ConnectionSettings } from './settings';

export interface LongConnectionState {
  /** `waiting` = for the next try, after `reason`. */
  readonly state: 'connecting' | 'connected' | 'waiting' | 'closed';
  readonly since: Date;
  /** Why there is no connection; null while there is one, or nothing went wrong. */
  readonly reason: RefusalReason | 'closed-by-platform' | 'silent' | null;
  readonly nextTryAt: Date | null;
}

export interface LongConnectionOptions {
  /**
   * Takes one event or click and gives the reply, within 3 s for a click. The content is what the webhook decrypts. It
   * must be durable before this resolves; a failure makes the platform send an event again, but no click.
   */
  readonly take: (event: FeishuEvent) => Promise<object>;
  readonly onState?: (state: LongConnectionState) => void;
}

export interface LongConnection {
  readonly state: LongConnectionState;
  /** Answers what is under way, says goodbye, and never comes back. Repeats safely. */
  close(): Promise<void>;
}

/** Holds one connection of an app until it is closed. Never fails: its state tells what is wrong. */
export function holdLongConnection(
  http: FeishuHttp,
  credentials: Credentials,
  { take, onState }: LongConnectionOptions,
): LongConnection {
  const stop = new AbortController();
  let state: LongConnectionState = { state: 'connecting', since: new Date(), reason: null, nextTryAt: null };
  let connection: Connection | undefined;
  let settings: ConnectionSettings | undefined;
  let tries = 0;

  const become = (
    next: LongConnectionState['state'],
    reason = state.reason,
    nextTryAt: Date | null = null,
  ): void => {
    state = { state: next, since: next === state.state ? state.since : new Date(), reason, nextTryAt };
    onState?.(state);
  };

  const takePayload = async (payload: Buffer): Promise<object> => {
    const body: unknown = JSON.parse(payload.toString('utf8'));
    const event = isObject(body) ? eventFrom(body) : undefined;
    if (event === undefined) throw new TypeError('not an event of the platform');
    return take(event);
  };

  const live = async (): Promise<'lost'> => {
    become('connecting');
    const endpoint = await askEndpoint(http, credentials, stop.signal);
    settings = endpoint.settings;
    connection = await connect(endpoint, takePayload, stop.signal);
    if (stop.signal.aborted) {
      // Closed at the very moment it came up: nobody else knows of it.
      await connection.close();
      return 'lost';
    }
    become('connected', null);
    const connectedAt = Date.now();
    const end = await connection.over;
    settings = connection.settings;
    connection = undefined;
    if (Date.now() - connectedAt >= STABLE_MS) tries = 0;
    if (!stop.signal.aborted) become('waiting', end === 'silent' ? 'silent' : 'closed-by-platform');
    return 'lost';
  };

  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const reason = await live().catch((error: unknown): RefusalReason => {
        // One app's trouble, an address that is none included, must not end the process that holds all the others.
        return error instanceof LongConnectionRefused ? error.reason : 'unavailable';
      });
      if (stop.signal.aborted) return;
      tries += 1;
      const waitMs = waitAfter({ reason, tries, settings }, Math.random());
      become('waiting', reason === 'lost' ? state.reason : reason, new Date(Date.now() + waitMs));
      await pause(waitMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const ended = run();

  return {
    get state() {
      return state;
    },
    async close() {
      const open = connection;
      stop.abort();
      await open?.close();
      await ended;
      if (state.state !== 'closed') become('closed', null);
    },
  };
}
