import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileStack } from './compiled';

let compiled: string;
let dataDir: string;
beforeAll(async () => {
  compiled = compileStack();
  dataDir = await mkdtemp(join(tmpdir(), 'docking-start-'));
});
afterAll(() =>
  Promise.all([compiled, dataDir].map((folder) => rm(folder, { recursive: true, force: true }))),
);

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function run(file: string, args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [join(compiled, file), ...args],
      { env: { ...process.env, ...env } },
      (_error, stdout, stderr) => done({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

describe('npm start', () => {
  it('lists every option and every variable with its default', async () => {
    const { code, stdout } = await run('start.js', ['--help']);
    expect(code).toBe(0);
    for (const option of [
      '--port',
      '--data-dir',
      '--no-simulator',
      '--exit-after-ready',
      '--temporal-ui-port',
    ]) {
      expect(stdout).toContain(option);
    }
    const variables = [
      'TEMPORAL_ADDRESS',
      'MONGODB_URI',
      'PORT',
      'DOCKING_MASTER_KEY',
      'DOCKING_ADMIN_TOKEN',
    ];
    for (const variable of [...variables, 'DOCKING_ALLOWED_PLATFORM_URLS', 'LOG_LEVEL', 'NODE_ENV']) {
      expect(stdout).toMatch(new RegExp(`^  ${variable} .*\\b(Default|default|production)`, 'm'));
    }
    expect(stdout).toMatch(/default: 8080/);
  });

  it('refuses production without a master key, in one sentence', async () => {
    const { code, stderr } = await run('start.js', ['--data-dir', dataDir], {
      NODE_ENV: 'production',
      DOCKING_MASTER_KEY: '',
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^NODE_ENV is production and DOCKING_MASTER_KEY is not set\..*\n$/);
  });

  it('refuses a port that is none', async () => {
    const { code, stderr } = await run('start.js', ['--port', 'eighty']);
    expect(code).toBe(1);
    expect(stderr).toContain('A port is a number from 0 to 65535');
  });
});

describe('npm run demo', () => {
  it('lists its options', async () => {
    const { code, stdout } = await run('demo.js', ['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--exit');
  });
});
