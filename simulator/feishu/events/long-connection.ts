import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { LRUCache } from 'lru-cache';
import type { RawData, WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { App } from '../../world/types';
import type { World } from '../../world/world';
import { CONTROL, DATA, decodeFrame, encodeFrame, headerOf } from './frames';
import type { Frame } from './frames';
import type { Answer } from './webhook';

/** Live connections an app may hold (platform page "long connection"). */
export const MAX_CONNECTIONS = 50;
/** A connection address must be used within this time. */
const TICKET_LIFE_MS = 60_000;

export const SOCKET_PATH = '/ws/v2';

interface Connection {
  readonly socket: WebSocket;
  readonly serviceId: number;
}

/** The long connections of all apps; each event goes to one random connection of its app. */
export class LongConnections {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: 16 * 1024 * 1024 });
  private readonly connections = new Map<string, Set<Connection>>();
  private readonly tickets = new LRUCache<string, { appId: string; serviceId: number }>({
    max: 10_000,
    ttl: TICKET_LIFE_MS,
  });
  /** Data frames that wait for their acknowledgement, by message id. */
  private readonly unanswered = new Map<string, (answer: Answer) => void>();
  private services = 0;

  constructor(private readonly world: World) {
    world.onReset(() => this.closeAll());
  }

  /** How many connections an app has. */
  count(appId: string): number {
    return this.connections.get(appId)?.size ?? 0;
  }

  /** Query of a connection address: good once, for a minute. */
  issueTicket(app: App): string {
    const ticket = randomBytes(16).toString('hex');
    const serviceId = ++this.services;
    this.tickets.set(ticket, { appId: app.appId, serviceId });
    return new URLSearchParams({
      device_id: randomBytes(8).readBigUInt64BE().toString(),
      service_id: String(serviceId),
      ticket,
      access_key: ticket,
    }).toString();
  }

  /** The HTTP upgrade of a client. A refusal carries the handshake headers that the official clients read. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const query = new URL(request.url ?? '/', 'http://simulator').searchParams;
    const ticket = query.get('ticket') ?? '';
    const issued = this.tickets.get(ticket);
    const app = issued && this.world.apps.get(issued.appId);
    if (!issued || !app) return refuse(socket, 514, 'auth failed', 0);
    if (this.count(app.appId) >= MAX_CONNECTIONS)
      return refuse(socket, 514, 'connection limit reached', 1000040350);
    this.tickets.delete(ticket);
    this.sockets.handleUpgrade(request, socket, head, (client) =>
      this.adopt(app.appId, { socket: client, serviceId: issued.serviceId }),
    );
  }

  /**
   * Sends one plain event or callback over a random connection and waits for its acknowledgement.
   * Undefined = the app has no connection. The answer's text is the JSON reply of the client.
   */
  async send(app: App, payload: string, timeoutMs: number): Promise<Answer | undefined> {
    const live = [...(this.connections.get(app.appId) ?? [])];
    const connection = live[Math.floor(Math.random() * live.length)];
    if (!connection) return undefined;
    const messageId = randomBytes(16).toString('hex');
    return new Promise((resolve) => {
      const finish = (answer: Answer): void => {
        clearTimeout(deadline);
        this.unanswered.delete(messageId);
        connection.socket.off('close', lost);
        resolve(answer);
      };
      const lost = (): void => finish({ status: 0, text: '', problem: 'unreachable' });
      const deadline = setTimeout(() => finish({ status: 0, text: '', problem: 'timeout' }), timeoutMs);
      this.unanswered.set(messageId, finish);
      connection.socket.once('close', lost);
      for (const frame of dataFrames(
        connection.serviceId,
        messageId,
        Buffer.from(payload),
        this.world.switches.longConnectionFrameBytes,
      ))
        connection.socket.send(encodeFrame(frame));
    });
  }

  /** Ends the connections of one app, as a restart of the platform would; gives how many. */
  closeOf(appId: string): number {
    const live = [...(this.connections.get(appId) ?? [])];
    for (const { socket } of live) socket.close(1001, 'going away');
    return live.length;
  }

  /** Ends every connection. */
  closeAll(): void {
    for (const set of this.connections.values()) for (const connection of set) connection.socket.terminate();
    this.connections.clear();
    this.tickets.clear();
  }

  private adopt(appId: string, connection: Connection): void {
    const set = this.connections.get(appId) ?? new Set();
    this.connections.set(appId, set.add(connection));
    connection.socket.on('close', () => set.delete(connection));
    connection.socket.on('error', () => connection.socket.terminate());
    connection.socket.on('message', (data) => this.receive(connection, asBytes(data)));
  }

  private receive(connection: Connection, bytes: Uint8Array): void {
    let frame: Frame;
    try {
      frame = decodeFrame(bytes);
    } catch {
      connection.socket.close(1003, 'not a frame');
      return;
    }
    if (frame.method === CONTROL && headerOf(frame, 'type') === 'ping') {
      const { longConnectionClient, longConnectionPongs } = this.world.switches;
      if (!longConnectionPongs) return;
      const pong = { ...frame, headers: [{ key: 'type', value: 'pong' }] };
      const payload = Buffer.from(JSON.stringify(longConnectionClient));
      connection.socket.send(encodeFrame({ ...pong, payload }));
    } else if (frame.method === DATA) {
      this.unanswered.get(headerOf(frame, 'message_id'))?.(readAcknowledgement(frame.payload));
    }
  }
}

/** One frame, or several with one message id where the payload is larger than `frameBytes`. */
function dataFrames(service: number, messageId: string, payload: Buffer, frameBytes: number): Frame[] {
  const sum = Math.max(1, Math.ceil(payload.length / frameBytes));
  const traceId = randomBytes(8).toString('hex');
  return Array.from({ length: sum }, (_, seq) => {
    const headers = {
      type: 'event',
      message_id: messageId,
      sum: String(sum),
      seq: String(seq),
      trace_id: traceId,
    };
    return {
      SeqID: 0,
      LogID: 0,
      service,
      method: DATA,
      headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
      payload: payload.subarray(seq * frameBytes, (seq + 1) * frameBytes),
    };
  });
}

/** `{code, headers, data}` with `data` = base64 of the reply; `code` 200 = handled. */
function readAcknowledgement(payload: Uint8Array): Answer {
  try {
    const parsed = JSON.parse(Buffer.from(payload).toString('utf8')) as { code?: unknown; data?: unknown };
    const text = typeof parsed.data === 'string' ? Buffer.from(parsed.data, 'base64').toString('utf8') : '';
    return { status: Number(parsed.code ?? 0), text };
  } catch {
    return { status: 0, text: '' };
  }
}

function asBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

function refuse(socket: Duplex, status: number, message: string, authCode: number): void {
  socket.end(
    `HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n` +
      `Handshake-Status: ${status}\r\nHandshake-Msg: ${message}\r\nHandshake-Autherrcode: ${authCode}\r\n\r\n`,
  );
}
