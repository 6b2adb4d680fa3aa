/**
 * A command that the driver writes to a socket which the server has just closed waits for `drain`, which never comes: neither it
 * nor, where it was the heartbeat, the whole client ends it (mongodb 7.5 to 7.9, `cmap/connection.js`, `writeCommand`; a server
 * that hung up on twenty busy connections left each client without a database until its process was restarted). Here it ends with
 * its connection. The driver has no setting for this; when the test of a database that hangs up passes without this file, it goes.
 */
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** What is used of the driver's class, which it does not give out. */
interface DriverConnection {
  readonly socket: Socket;
  readonly closed: boolean;
  readonly error: Error | null;
  writeCommand: (this: DriverConnection, command: unknown, options: unknown) => Promise<void>;
  onClose(): void;
  throwIfAborted(): void;
  once(event: 'close', listener: () => void): void;
  off(event: 'close', listener: () => void): void;
}

const MENDED = Symbol('feishu-docking: writes end with their connection');

/** Changes the driver that mongoose uses, once. Throws when the driver has no such class any more. */
export function endWritesWithTheirConnection(): void {
  const driver = createRequire(require.resolve('mongoose'));
  const { Connection } = driver('mongodb/lib/cmap/connection') as {
    Connection: { prototype: DriverConnection & { [MENDED]?: true } };
  };
  const { prototype } = Connection;
  if (prototype[MENDED]) return;
  prototype[MENDED] = true;
  const { writeCommand } = prototype;
  prototype.writeCommand = async function (command, options) {
    if (this.socket.closed && !this.closed) this.onClose();
    this.throwIfAborted();
    let close = (): void => undefined;
    const closed = new Promise<never>((_, end) => {
      close = () => end(this.error ?? new Error('the connection was closed'));
    });
    this.once('close', close);
    try {
      await Promise.race([writeCommand.call(this, command, options), closed]);
    } finally {
      this.off('close', close);
    }
  };
}
