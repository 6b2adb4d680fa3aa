import { existsSync } from 'node:fs';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepRunning, type Kept } from '../../stack/keeping';
import { superviseProcesses, type Child, type Processes } from '../../stack/processes';
import { untilReady } from '../../stack/readiness';
import { eventually } from './eventually';

let folder: string;
let processes: Processes;
let children: Child[];
let givenUp: string[];
let ending: boolean;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docking-keeping-'));
  processes = superviseProcesses(folder);
  children = [];
  givenUp = [];
  ending = false;
});
afterEach(async () => {
  ending = true;
  await processes.stopAll();
  await rm(folder, { recursive: true, force: true });
});

/** A part that is ready once the file `ready` is there, and ends at once when the file `faulty` is. */
const part = (): Promise<Kept> =>
  keepRunning({
    name: 'part',
    ending: () => ending,
    note: () => undefined,
    giveUp: (sentence) => givenUp.push(sentence),
    async start() {
      const program = `const fs = require('node:fs');
        if (fs.existsSync('faulty')) throw new Error('cannot start');
        fs.writeFileSync('started', '');
        setInterval(() => undefined, 1000);`;
      const child = await processes.start({
        name: 'part',
        command: process.execPath,
        args: ['-e', program],
        cwd: folder,
      });
      children.push(child);
      const probe = (): Promise<void> => access(join(folder, child.isRunning() ? 'ready' : 'never'));
      await untilReady({ what: 'part', timeoutMs: 60_000, child, probe });
      return child;
    },
  });

const running = (): Child | undefined => children.find((child) => child.isRunning());

it('a part is started again however often it is killed, also while it comes up', async () => {
  await writeFile(join(folder, 'ready'), '');
  await part();
  await rm(join(folder, 'ready'));
  for (let kills = 0; kills < 8; kills += 1) {
    await eventually('another one', () => running() !== undefined);
    await running()?.kill();
  }
  await writeFile(join(folder, 'ready'), '');
  await eventually('another one', () => running() !== undefined);
  expect(givenUp).toEqual([]);
});

it('a part that ends by itself again and again is given up with its last words', async () => {
  await writeFile(join(folder, 'ready'), '');
  await part();
  // Otherwise the first one might meet the fault itself, instead of being killed.
  await eventually('its start', () => existsSync(join(folder, 'started')));
  await writeFile(join(folder, 'faulty'), '');
  await rm(join(folder, 'ready'));
  await running()?.kill();
  await eventually('an end', () => givenUp.length > 0);
  expect(givenUp[0]).toMatch(/part ended before it was ready; its last lines:[^]*cannot start/);
  expect(children).toHaveLength(6);
});

it('a part that is taken down on purpose stays down until it is wanted again', async () => {
  await writeFile(join(folder, 'ready'), '');
  const kept = await part();
  await kept.kill();
  expect(running()).toBeUndefined();
  await kept.start();
  expect(running()).toBeDefined();
  expect(children).toHaveLength(2);
});
