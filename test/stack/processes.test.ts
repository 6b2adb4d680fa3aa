import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { superviseProcesses, type Processes } from '../../stack';
import { compileStack } from './compiled';
import { eventually, isAlive } from './eventually';

const STUBBORN = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000);";
/** Starts a stubborn child of its own, and tells its id. */
const WITH_GRANDCHILD = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(STUBBORN)}]);
  console.log('grandchild ' + child.pid);
  setInterval(() => undefined, 1000);
`;

let folder: string;
let processes: Processes;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docking-processes-'));
  processes = superviseProcesses(folder);
});
afterEach(async () => {
  await processes.stopAll();
  await rm(folder, { recursive: true, force: true });
});

const script = (name: string, code: string) => ({ name, command: process.execPath, args: ['-e', code] });

async function numberIn(file: string, pattern: RegExp): Promise<number> {
  let found: string | undefined;
  await eventually(`${pattern} in ${file}`, async () => {
    found = existsSync(file) ? pattern.exec(await readFile(file, 'utf8'))?.[1] : undefined;
    return found !== undefined;
  });
  return Number(found);
}

describe('child processes', () => {
  it('write their lines, with time and name, into a log of their own', async () => {
    const child = await processes.start(script('talker', "console.log('one'); console.error('two')"));
    await child.exited;
    await processes.stopAll();
    const lines = (await readFile(join(folder, 'talker.log'), 'utf8')).trim().split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z talker \| one$/),
        expect.stringMatching(/ talker \| two$/),
        expect.stringMatching(/ talker \| ended with code 0$/),
      ]),
    );
  });

  it('get the chance to end in good order', async () => {
    const code =
      "process.on('SIGTERM', () => { console.log('bye'); process.exit(0); }); console.log('up'); setInterval(() => undefined, 1000)";
    const child = await processes.start(script('polite', code));
    await eventually('the child is up', () => child.lastLines().includes('up'));
    await child.stop();
    expect(await child.exited).toEqual({ code: 0, signal: null });
    await eventually('its last words', () => child.lastLines().includes('bye'));
  });

  it('are killed with everything they started when they do not end', async () => {
    const child = await processes.start(script('parent', WITH_GRANDCHILD));
    const grandchild = await numberIn(join(folder, 'parent.log'), /grandchild (\d+)/);
    await child.stop(200);
    await eventually('child and grandchild are gone', () => !isAlive(child.pid) && !isAlive(grandchild));
  });

  it('cannot be started any more once the stop has begun', async () => {
    await processes.stopAll();
    await expect(processes.start(script('late', ''))).rejects.toThrow(
      'late was not started: the stack is stopping',
    );
  });

  it('that cannot be started are an error that names them', async () => {
    await expect(processes.start({ name: 'ghost', command: '/no/such/file', args: [] })).rejects.toThrow(
      /ghost could not be started: .*ENOENT/,
    );
  });
});

describe('when the process that started them is killed', () => {
  let compiled: string;
  beforeAll(() => {
    compiled = compileStack();
  });
  afterAll(() => rm(compiled, { recursive: true, force: true }));

  /** A parent in a process of its own: starts a stubborn child and one with a grandchild. */
  async function startParent(): Promise<{ parent: number; family: number[]; guard: number }> {
    const code = `
      const { superviseProcesses } = require(${JSON.stringify(join(compiled, 'processes.js'))});
      const processes = superviseProcesses(${JSON.stringify(folder)});
      const script = (name, code) => ({ name, command: process.execPath, args: ['-e', code] });
      (async () => {
        const stubborn = await processes.start(script('stubborn', ${JSON.stringify(STUBBORN)}));
        const family = await processes.start(script('family', ${JSON.stringify(WITH_GRANDCHILD)}));
        console.log(JSON.stringify({ pids: [stubborn.pid, family.pid], guard: processes.guardPid() }));
        setInterval(() => require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'guard'))}, 'guard ' + processes.guardPid()), 100);
      })();
    `;
    const spawned = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = await new Promise<string>((done) =>
      spawned.stdout.once('data', (data: Buffer) => done(data.toString())),
    );
    const { pids, guard } = JSON.parse(said) as { pids: number[]; guard: number };
    const grandchild = await numberIn(join(folder, 'family.log'), /grandchild (\d+)/);
    return { parent: spawned.pid!, family: [...pids, grandchild], guard };
  }

  it('leaves no child, no grandchild and no guard', async () => {
    const { parent, family, guard } = await startParent();
    expect([...family, guard].every(isAlive)).toBe(true);
    process.kill(parent, 'SIGKILL');
    await eventually('everybody is gone', () => ![...family, guard].some(isAlive));
  });

  it('leaves nobody even if the guard had been killed before', async () => {
    const { parent, family, guard } = await startParent();
    process.kill(guard, 'SIGKILL');
    let other = guard;
    await eventually('another guard is there', async () => {
      other = await numberIn(join(folder, 'guard'), /guard (\d+)/);
      return other !== guard && isAlive(other);
    });
    process.kill(parent, 'SIGKILL');
    await eventually('everybody is gone', () => ![...family, other].some(isAlive));
  });
});
