import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolve, type Resolution, type ResolutionStep } from '../../stack/resolve';

let folder: string;
let memoryFile: string;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docking-resolve-'));
  memoryFile = join(folder, 'resolution.json');
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const absent = (name: string): ResolutionStep<string> => ({
  name,
  missing: 'not there',
  find: async () => null,
});
const failing = (name: string, tries: string[] = []): ResolutionStep<string> => ({
  ...absent(name),
  install: async () => {
    tries.push(name);
    throw new Error('no\n route');
  },
});
const search = (steps: ResolutionStep<string>[]): Resolution<string> => ({
  what: 'Server',
  steps,
  fixes: ['plug it in', 'download it', 'write it'],
  log: (line) => lines.push(line),
  memoryFile,
});

describe('the ordered search', () => {
  it('takes the first step that has something, and tells each one before it in a line', async () => {
    const found = { ...absent('the cupboard'), find: async () => 'a server' };
    const answer = await resolve(search([absent('the pocket'), found, absent('the attic')]));
    expect(answer).toEqual({ value: 'a server', source: 'the cupboard' });
    expect(lines).toEqual(['Server: the pocket: not there; next: the cupboard']);
  });

  it('installs only when no step has anything', async () => {
    const tries: string[] = [];
    const found = { ...absent('the cupboard'), find: async () => 'a server' };
    await resolve(search([failing('a download', tries), found]));
    expect(tries).toEqual([]);
  });

  it('goes on to the next installation when one fails, and says why in one line', async () => {
    const answer = await resolve(
      search([failing('a download'), { ...absent('a package'), install: async () => 'unpacked' }]),
    );
    expect(answer).toEqual({ value: 'unpacked', source: 'a package' });
    expect(lines).toContain('Server: a download: no route; next: a package');
  });

  it('does not try a failed installation again within a day, and says so', async () => {
    const tries: string[] = [];
    const steps = [failing('a download', tries), { ...absent('a package'), install: async () => 'unpacked' }];
    await resolve(search(steps));
    lines = [];
    await resolve(search(steps));
    expect(tries).toEqual(['a download']);
    expect(lines.join('\n')).toMatch(
      /a download: failed at .* \(no route\), not tried before .*; next: a package/,
    );
  });

  it('tries it again after a day', async () => {
    const tries: string[] = [];
    const steps = [failing('a download', tries), { ...absent('a package'), install: async () => 'unpacked' }];
    const yesterday = new Date(Date.now() - 25 * 3_600_000).toISOString();
    await writeFile(
      memoryFile,
      JSON.stringify({ 'Server / a download': { at: yesterday, reason: 'no route' } }),
    );
    await resolve(search(steps));
    expect(tries).toEqual(['a download']);
  });

  it('names what was tried and the three ways out when nothing works, and remembers none of it', async () => {
    const tries: string[] = [];
    const steps = [absent('the pocket'), failing('a download', tries)];
    await expect(resolve(search(steps))).rejects.toThrow(
      /a download: no route[^]*1\. plug it in[^]*2\. download it[^]*3\. write it/,
    );
    expect(JSON.parse(await readFile(memoryFile, 'utf8'))).toEqual({});
    await expect(resolve(search(steps))).rejects.toThrow();
    expect(tries).toHaveLength(2);
  });

  it('passes over something that is there but unusable', async () => {
    const old: ResolutionStep<string> = {
      ...absent('the attic'),
      find: () => Promise.reject(new Error('version 3 is too old')),
    };
    const answer = await resolve(search([old, { ...absent('the cupboard'), find: async () => 'a server' }]));
    expect(answer.value).toBe('a server');
    expect(lines).toEqual(['Server: the attic: version 3 is too old; next: the cupboard']);
  });

  it('survives a damaged memory', async () => {
    await writeFile(memoryFile, '{"half":');
    const steps = [failing('a download'), { ...absent('a package'), install: async () => 'unpacked' }];
    expect((await resolve(search(steps))).value).toBe('unpacked');
  });
});
