/** Short-lived commands of the stack: version checks and installers. */
import { execFile, type ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

export interface CommandOptions {
  /** Milliseconds until the command is killed. */
  timeoutMs: number;
  cwd?: string;
}

/** Resolves with standard output; rejects with the last line that the command wrote, or with the time it took. */
export async function runCommand(command: string, args: string[], options: CommandOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      command,
      args,
      { timeout: options.timeoutMs, cwd: options.cwd, killSignal: 'SIGKILL', maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (!error) return resolve(stdout);
        if (error.killed) return reject(new Error(`no end after ${options.timeoutMs / 1000} s`));
        if (error.code === 'ENOENT') return reject(new Error(`${command} is not installed`));
        reject(new Error(lastLine(stderr) ?? lastLine(stdout) ?? error.message));
      },
    );
    endWithUs(child);
  });
}

const underWay = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of underWay) child.kill('SIGKILL');
});

/** An installer has nothing to finish once this process has given up. */
export function endWithUs(child: ChildProcess): void {
  underWay.add(child);
  child.once('close', () => underWay.delete(child));
}

/** The first executable file of that name on PATH, or null. */
export async function findOnPath(name: string, path = process.env['PATH'] ?? ''): Promise<string | null> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, name);
    if (await isExecutable(candidate)) return candidate;
  }
  return null;
}

export async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function lastLine(text: string): string | undefined {
  const line = text.trim().split('\n').at(-1)?.trim();
  return line ? line.slice(0, 300) : undefined;
}
