/** Ports for everything the stack starts: the usual one, or any other that is free. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

export const DEFAULT_PORTS = {
  api: 8080,
  temporal: 7233,
  temporalUi: 8233,
  mongodb: 27017,
  simulator: 8090,
  ticketSystem: 8091,
} as const;

/** Handed out but perhaps not bound yet: two parts that start side by side must not get the same one. */
const handedOut = new Set<number>();

/**
 * The preferred port if nobody listens on it, else a free one. 0 asks for any free one. The port is not held: bind
 * it soon.
 */
export async function choosePort(preferred: number): Promise<number> {
  if (preferred !== 0 && !handedOut.has(preferred) && (await isFree(preferred))) {
    handedOut.add(preferred);
    return preferred;
  }
  for (;;) {
    const port = await anyFreePort();
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    return port;
  }
}

/** Lets the port be handed out again once its user has ended. */
export function releasePorts(ports: Iterable<number>): void {
  for (const port of ports) handedOut.delete(port);
}

/** A wildcard listener and a loopback listener may coexist on some systems, so both are tried. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port));
}

export function canListen(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host }, () => server.close(() => resolve(true)));
  });
}

/** Below the range that the system gives to outgoing connections: none of them can take the port before its user does. */
const LOWEST = 20_000;
const HIGHEST = 31_999;

async function anyFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (await isFree(port)) return port;
  }
}
