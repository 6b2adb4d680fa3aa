import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const page = read('docs/sobot.md');

/** Cells of every row that has a rule. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\| (Rule|-)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, rule = '', where = '', proof = '']) => ({ rule, where, proof }));
const filesIn = (cell: string): string[] =>
  [...cell.matchAll(/`([\w./-]+\.ts)`/g)].map(([, file]) => file ?? '');

/** A name as a test says it: in either kind of quotes. */
const isTestOf = (source: string, name: string): boolean =>
  source.includes(`'${name}',`) || source.includes(`"${name}",`);

describe('docs/sobot.md', () => {
  test('has rules, and each says where it is kept and what proves it', () => {
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) {
      expect({ ...row, files: filesIn(row.where).length > 0 }).toMatchObject({ files: true });
      expect({ ...row, tests: row.proof.includes('“') }).toMatchObject({ tests: true });
    }
  });

  test.each([...new Set(rows.flatMap(({ where, proof }) => filesIn(where + proof)))])(
    'names %s, which exists',
    (file) => {
      expect(existsSync(join(ROOT, file))).toBe(true);
    },
  );

  const proofs = rows
    .flatMap(({ proof }) => proof.split('<br>'))
    .flatMap((proof) => {
      const [file = ''] = filesIn(proof);
      return [...proof.matchAll(/“([^”]+)”/g)].map(([, name]) => ({ file, name: name ?? '' }));
    });
  test.each(proofs)('is proven by a test of $file: $name', ({ file, name }) => {
    expect(isTestOf(read(file), name)).toBe(true);
  });

  test('leaves no file of the adapter out', () => {
    const named = new Set(rows.flatMap(({ where }) => filesIn(where)));
    const files = readdirSync(join(ROOT, 'tickets/sobot')).map((name) => `tickets/sobot/${name}`);
    expect(files.filter((file) => !named.has(file))).toEqual([]);
  });
});
