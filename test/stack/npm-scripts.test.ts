import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, isAlive } from './eventually';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docking-scripts-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const PROGRAMS = ['start', 'demo', 'simulator', 'worker', 'api', 'bench'];

it.each(PROGRAMS)(
  'what ends npm run %s ends the program too',
  async (name) => {
    const { scripts } = JSON.parse(await readFile(join(__dirname, '../../package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    // The script as it is, over a build that does nothing and a program that only waits.
    const program = join(folder, 'waits.js');
    const script = scripts[name]?.replace(/dist\/\S+/, program) ?? '';
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ scripts: { build: 'true', [name]: script } }),
    );
    await writeFile(
      program,
      `require('node:fs').writeFileSync('pid.txt', String(process.pid));setInterval(() => undefined, 1000);`,
    );
    const npm = spawn('npm', ['run', name], { cwd: folder, stdio: 'ignore' });
    const pid = async (): Promise<number> =>
      Number(await readFile(join(folder, 'pid.txt'), 'utf8').catch(() => '0'));
    await eventually('the program', async () => (await pid()) > 0);

    npm.kill('SIGTERM');

    const running = await pid();
    try {
      await eventually('its end', () => !isAlive(running));
    } finally {
      if (isAlive(running)) process.kill(running, 'SIGKILL');
    }
  },
  60_000,
);
