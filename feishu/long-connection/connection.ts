import { WebSocket, type RawData } from 'ws';
import { isObject } from '../decode';
import type { Endpoint } from './endpoint';
import { Fragments } from './fragments';
import { CONTROL, DATA, decodeFrame, encodeFrame, headerOf, type Frame } from './frames';
import { handshakeRefusal, LongConnectionRefused } from './refusals';
import { settingsFrom, type ConnectionSettings } from './settings';

const HANDSHAKE_MS = 10_000;
const MAX_FRAME_BYTES = 16 * 1024 * 1024;
/** The platform waits 3 s for an answer: what is still under way then would come too late. */
const ANSWERS_MS = 3_000;
const GOODBYE_MS = 2_000;

export interface Connection {
  /** Resolves when it is over, for whatever reason. */
  readonly over: Promise<'closed' | 'silent'>;
  readonly settings: ConnectionSettings;
  /** Takes nothing new, sends the answers that are under way, and says goodbye. */
  close(): Promise<void>;
}

/** `payload` = the JSON of an event or a click. What it resolves with is the reply; a failure makes the platform repeat. */
export type TakePayload = (payload: Buffer) => Promise<object>;

/** Connects to an address, once. Fails with `LongConnectionRefused`, or with the signal's reason. */
export async function connect(
  endpoint: Endpoint,
  take: TakePayload,
  signal: AbortSignal,
): Promise<Connection> {
  signal.throwIfAborted();
  const socket = new WebSocket(endpoint.url, {
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  const abort = (): void => socket.terminate();
  signal.addEventListener('abort', abort, { once: true });
  try {
    // Frames may follow the handshake in the same breath: listen before anything is awaited.
    const connection = converse(socket, endpoint, take);
    await opened(socket);
    return connection;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      reject(handshakeRefusal(response.headers));
    });
    // The error's text can hold the address with its ticket.
    socket.on('error', () => reject(new LongConnectionRefused('unavailable')));
  });
}

function converse(socket: WebSocket, { serviceId, settings: told }: Endpoint, take: TakePayload): Connection {
  const fragments = new Fragments();
  const underWay = new Set<Promise<void>>();
  let settings = told;
  let closing = false;
  let heard = true;
  let silent = false;

  const send = (frame: Frame): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(encodeFrame(frame));
  };
  let timer: NodeJS.Timeout | undefined;
  const ping = (): void => {
    if (!heard) {
      silent = true;
      socket.terminate();
      return;
    }
    heard = false;
    send({
      SeqID: '0',
      LogID: '0',
      service: serviceId,
      method: CONTROL,
      headers: [{ key: 'type', value: 'ping' }],
    });
    timer = setTimeout(ping, settings.pingEveryMs);
  };

  const answer = async (frame: Frame, payload: Buffer): Promise<void> => {
    const startedAt = Date.now();
    let reply: object;
    try {
      const data = JSON.stringify(await take(payload));
      reply = { code: 200, headers: {}, data: Buffer.from(data).toString('base64') };
    } catch {
      // Whoever takes events says in the log what went wrong; the platform only needs to know that it must repeat.
      reply = { code: 500, headers: {} };
    }
    send({
      ...frame,
      headers: [...frame.headers, { key: 'biz_rt', value: String(Date.now() - startedAt) }],
      payload: Buffer.from(JSON.stringify(reply)),
    });
  };
  const receive = (frame: Frame): void => {
    const type = headerOf(frame, 'type');
    if (frame.method === CONTROL && type === 'pong') settings = settingsFrom(jsonOf(frame.payload), settings);
    if (frame.method !== DATA || type !== 'event' || closing) return;
    const payload = fragments.add(frame);
    if (payload === undefined) return;
    const answered = answer(frame, payload).finally(() => underWay.delete(answered));
    underWay.add(answered);
  };

  socket.once('open', ping);
  socket.on('message', (data) => {
    heard = true;
    try {
      receive(decodeFrame(bytesOf(data)));
    } catch {
      // Whoever sends what is no frame does not speak this protocol any more; a new connection may.
      socket.close(1003);
    }
  });
  const over = new Promise<'closed' | 'silent'>((resolve) =>
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(silent ? 'silent' : 'closed');
    }),
  );

  return {
    over,
    get settings() {
      return settings;
    },
    async close() {
      closing = true;
      await within(ANSWERS_MS, Promise.allSettled(underWay));
      socket.close(1000);
      await within(GOODBYE_MS, over);
      socket.terminate();
    },
  };
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

function jsonOf(payload: Uint8Array | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload ?? []).toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    // A pong without settings changes nothing.
    return undefined;
  }
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}
