import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveMongo } from '../../stack';
import { resolveTemporal } from '../../stack/temporal';

const environment = { ...process.env };
let folder: string;
let lines: string[];
const log = (line: string): void => void lines.push(line);

beforeEach(async () => {
  lines = [];
  folder = await mkdtemp(join(tmpdir(), 'docking-path-'));
  process.env['PATH'] = `${folder}:${environment['PATH']}`;
  delete process.env['TEMPORAL_ADDRESS'];
  delete process.env['MONGODB_URI'];
});
afterEach(async () => {
  process.env = { ...environment };
  await rm(folder, { recursive: true, force: true });
});

async function putOnPath(name: string, says: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\necho '${says}'\n`);
  await chmod(file, 0o755);
  return file;
}

describe('which servers are used', () => {
  it('uses the addresses in the environment before anything else', async () => {
    await putOnPath('temporal', 'temporal version 1.9.1');
    await putOnPath('mongod', 'db version v8.0.4');
    process.env['TEMPORAL_ADDRESS'] = 'temporal.internal:7233';
    process.env['MONGODB_URI'] = 'mongodb://mongo.internal/docking';
    expect((await resolveTemporal(log)).value).toEqual({ address: 'temporal.internal:7233' });
    expect((await resolveMongo(log)).value).toEqual({ uri: 'mongodb://mongo.internal/docking' });
    expect(lines).toEqual([]);
  });

  it('uses what is on PATH next', async () => {
    const temporal = await putOnPath('temporal', 'temporal version 1.9.1 (Server 1.32.0)');
    const mongod = await putOnPath('mongod', 'db version v8.0.4');
    expect(await resolveTemporal(log)).toEqual({
      value: { executable: temporal },
      source: 'temporal on PATH',
    });
    expect(await resolveMongo(log)).toEqual({ value: { mongod }, source: 'mongod on PATH' });
  });

  it('passes over one that is too old, and says so', async () => {
    const old = await putOnPath('mongod', 'db version v3.6.23');
    expect((await resolveMongo(log)).value).not.toEqual({ mongod: old });
    expect(lines.join('\n')).toMatch(
      /mongod on PATH: mongod 3\.6 is too old, 4\.2 or newer is needed; next: /,
    );
  });

  it('passes over one that does not run', async () => {
    const file = join(folder, 'temporal');
    await writeFile(file, '#!/bin/sh\necho "wrong machine" >&2\nexit 126\n');
    await chmod(file, 0o755);
    expect((await resolveTemporal(log)).value).not.toEqual({ executable: file });
    expect(lines.join('\n')).toMatch(/temporal on PATH: wrong machine; next: the official download/);
  });
});
