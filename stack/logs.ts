/** One log file per process name; the file of the run before is kept beside it as `<name>.previous.log`. */
import { createWriteStream, existsSync, mkdirSync, renameSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

export interface Logs {
  /** Adds time and name. Lines that come after `close` are dropped. */
  write(name: string, line: string): void;
  /** Resolves when everything is on disk. */
  close(): Promise<void>;
}

export function openLogs(folder: string): Logs {
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, WriteStream>();
  let closed = false;

  const open = (name: string): WriteStream => {
    const file = join(folder, `${name}.log`);
    if (existsSync(file)) renameSync(file, join(folder, `${name}.previous.log`));
    const stream = createWriteStream(file);
    files.set(name, stream);
    return stream;
  };
  return {
    write(name, line) {
      if (closed) return;
      (files.get(name) ?? open(name)).write(`${new Date().toISOString()} ${name} | ${line}\n`);
    },
    async close() {
      closed = true;
      await Promise.all([...files.values()].map((file) => new Promise<void>((done) => file.end(done))));
    },
  };
}
