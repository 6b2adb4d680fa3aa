import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installOnce, vendorDownload } from '../../stack/install';
import { cacheDir } from '../../stack/paths';

describe('an installation', () => {
  const name = `test-${randomBytes(4).toString('hex')}`;
  afterEach(() => rm(join(cacheDir(), name), { recursive: true, force: true }));

  it('appears whole, also when two start at once', async () => {
    const fill = async (draft: string): Promise<void> => {
      await writeFile(join(draft, 'one'), '1');
      await writeFile(join(draft, 'two'), '2');
    };
    const folders = await Promise.all([installOnce(name, fill), installOnce(name, fill)]);
    expect(new Set(folders)).toEqual(new Set([join(cacheDir(), name)]));
    expect((await readdir(folders[0])).sort()).toEqual(['one', 'two']);
    expect((await readdir(cacheDir())).filter((entry) => entry.startsWith(`${name}-draft`))).toEqual([]);
  });

  it('leaves nothing behind when it fails', async () => {
    const fill = async (draft: string): Promise<void> => {
      await writeFile(join(draft, 'one'), '1');
      throw new Error('disk full');
    };
    await expect(installOnce(name, fill)).rejects.toThrow('disk full');
    expect((await readdir(cacheDir())).filter((entry) => entry.startsWith(name))).toEqual([]);
  });
});

describe("a vendor's download", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docking-download-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is given up when no data comes', async () => {
    const hangs = 'setInterval(() => undefined, 1000);';
    await expect(vendorDownload(hangs, folder, 500)).rejects.toThrow('no data for 0.5 s');
  });

  it('may take longer than that as long as data comes', async () => {
    const slow = `
      const { appendFileSync, writeFileSync } = require('node:fs');
      const { join } = require('node:path');
      const timer = setInterval(() => appendFileSync(join(process.argv[1], 'part'), 'x'), 100);
      setTimeout(() => { clearInterval(timer); writeFileSync(join(process.argv[1], 'done'), ''); }, 4000);
    `;
    await vendorDownload(slow, folder, 3_000);
    expect(existsSync(join(folder, 'done'))).toBe(true);
  });

  it('that fails says why', async () => {
    const fails = "console.error('getaddrinfo ENOTFOUND'); process.exitCode = 1;";
    await expect(vendorDownload(fails, folder)).rejects.toThrow('getaddrinfo ENOTFOUND');
  });
});
