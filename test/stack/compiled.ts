import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { cacheDir, projectRoot } from '../../stack/paths';

/** Compiles `stack/` as the build does, so that tests can run it in a process of its own without a build before. */
export function compileStack(): string {
  const source = join(projectRoot(), 'stack');
  mkdirSync(cacheDir(), { recursive: true });
  // Below the checkout, so that packages are found.
  const target = mkdtempSync(join(cacheDir(), 'test-stack-'));
  for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.js')) copyFileSync(join(source, name), join(target, name));
    if (!name.endsWith('.ts')) continue;
    const file = join(target, name.replace(/\.ts$/, '.js'));
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, transformFileSync(join(source, name), { swcrc: true, sourceMaps: false }).code);
  }
  return target;
}
