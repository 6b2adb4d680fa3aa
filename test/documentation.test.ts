import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKFLOW_TYPES, TASK_QUEUES } from '../workflows/names';

const ROOT = join(__dirname, '..');
const design = readFileSync(join(ROOT, 'docs/design.md'), 'utf8');

describe('the page on design', () => {
  it('has a row for every workflow, and for no other', () => {
    const rows = [...design.matchAll(/^\| `(\w+)` +\| `(?:docking|ticket|sweep):/gm)].map(([, type]) => type);
    expect(rows.sort()).toEqual(Object.keys(WORKFLOW_TYPES).sort());
  });

  it('names every task queue', () => {
    for (const queue of Object.values(TASK_QUEUES)) expect(design).toContain(`\`${queue}\``);
  });

  it('names tests and benchmarks that are there', () => {
    const tests = [...design.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, path]) => path ?? '');
    expect(tests.length).toBeGreaterThan(5);
    expect(tests.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const benchmarks = [...design.matchAll(/bench -- ([\w-]+)/g)].map(([, name]) => name ?? '');
    expect(benchmarks.filter((name) => !existsSync(join(ROOT, `bench/${name}.ts`)))).toEqual([]);
  });
});
