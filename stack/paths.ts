/** Where the checkout and its caches are, found the same way from the sources and from the compiled files. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds package.json. Throws if there is none above this file. */
export function projectRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`No package.json above ${__dirname}`);
    folder = parent;
  }
  return folder;
}

/** What the stack installs for itself lives here, so that deleting one folder forgets all of it. */
export const cacheDir = (): string => join(projectRoot(), '.cache');
