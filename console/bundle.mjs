/** Builds the console into dist/console: one page, hashed files, each with a compressed copy beside it. */
import { build } from 'esbuild';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', 'dist', 'console');
const compress = promisify(brotliCompress);
/** Higher ones take seconds for a few kilobytes less. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } };

await rm(target, { recursive: true, force: true });
await mkdir(join(target, 'assets'), { recursive: true });
const { outputFiles, metafile } = await build({
  entryPoints: { console: join(here, 'index.ts') },
  outdir: join(target, 'assets'),
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'linked',
  metafile: true,
  write: false,
  logLevel: 'warning',
});
await Promise.all(
  outputFiles.map(async ({ path, contents }) => {
    await writeFile(path, contents);
    await writeFile(`${path}.br`, await compress(contents, QUALITY));
  }),
);
const [entry] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint);
const page = await readFile(join(here, 'index.html'), 'utf8');
await writeFile(join(target, 'index.html'), page.replace('%ENTRY%', `/assets/${entry.split('/').at(-1)}`));
