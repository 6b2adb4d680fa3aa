import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..');

/** Who may import whom (a folder, or one file of it); `types` = type-only imports. A folder that is not listed imports nothing of ours. */
const ARROWS: Record<string, Record<string, 'all' | 'types'>> = {
  workflows: { activities: 'types', rules: 'types' },
  activities: { feishu: 'all', tickets: 'all', store: 'all', rules: 'all', intake: 'all' },
  rules: { 'tickets/vocabulary': 'all' },
  feishu: {},
  tickets: {},
  store: { rules: 'types' },
  client: { workflows: 'all' },
  intake: { rules: 'all', store: 'all', tickets: 'all' },
  api: { client: 'all', intake: 'all', store: 'all', rules: 'all', feishu: 'all' },
  worker: {
    workflows: 'all',
    activities: 'all',
    rules: 'all',
    feishu: 'all',
    tickets: 'all',
    store: 'all',
    client: 'all',
    intake: 'all',
  },
  console: { rules: 'types', store: 'types' },
  simulator: {},
  stack: {},
};
/** Files that put a process together may import more than their folder. */
const ROOTS: Record<string, readonly string[]> = { 'api/main.ts': ['worker'] };
/** Packages that must not get into the workflow bundle. */
const NOT_IN_WORKFLOWS = ['zod', 'mongoose', 'json-rules-engine', 'luxon', 'axios'];
const LONGEST_FILE = 300;

interface Import {
  file: string;
  line: number;
  from: string;
  typeOnly: boolean;
}

function sources(folder: string): string[] {
  const at = join(ROOT, folder);
  return readdirSync(at).flatMap((name) => {
    const path = join(at, name);
    if (statSync(path).isDirectory()) return sources(relative(ROOT, path));
    return /\.tsx?$/.test(name) ? [relative(ROOT, path)] : [];
  });
}

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(ROOT, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: Import[] = [];
  const add = (node: ts.Node, specifier: ts.Expression | undefined, typeOnly: boolean): void => {
    if (!specifier || !ts.isStringLiteral(specifier)) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push({ file, line, from: specifier.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node, node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Top-level folder that a relative import ends in; null for packages. */
function target(imported: Import): { folder: string; path: string } | null {
  if (!imported.from.startsWith('.')) return null;
  const path = normalize(join(dirname(imported.file), imported.from));
  return { folder: path.split('/')[0] ?? '', path };
}

const folders = Object.keys(ARROWS);
const imports = folders.flatMap((folder) => sources(folder).flatMap(importsOf));

describe('the architecture', () => {
  it('has only the import arrows that the house allows', () => {
    const forbidden = imports.flatMap((imported) => {
      const from = imported.file.split('/')[0] ?? '';
      const to = target(imported);
      if (!to || to.folder === from) return [];
      const allowed = ARROWS[from]?.[to.folder] ?? ARROWS[from]?.[to.path];
      if (allowed === 'all' || (allowed === 'types' && imported.typeOnly)) return [];
      if (ROOTS[imported.file]?.includes(to.folder)) return [];
      return [`${imported.file}:${imported.line} imports ${imported.from}`];
    });
    expect(forbidden).toEqual([]);
  });

  it('goes through the door of a folder, never through its windows', () => {
    const windows = imports.flatMap((imported) => {
      const from = imported.file.split('/')[0] ?? '';
      const to = target(imported);
      if (!to || to.folder === from || to.path === to.folder || to.path === `${to.folder}/index`) return [];
      // Messages and names are the client's and the bundle's shared contract, a door of their own; so are the words of tickets,
      // all that the rules may know of the ticket system's side.
      if (['workflows/messages', 'workflows/names', 'tickets/vocabulary'].includes(to.path)) return [];
      // Through the doors would come Node's types, which a browser does not have.
      if (from === 'console' && imported.typeOnly) return [];
      return [`${imported.file}:${imported.line} imports ${imported.from}`];
    });
    expect(windows).toEqual([]);
  });

  it('keeps heavy packages and Node out of the workflow bundle', () => {
    const heavy = imports.filter(
      ({ file, from, typeOnly }) =>
        file.startsWith('workflows/') &&
        !typeOnly &&
        (NOT_IN_WORKFLOWS.includes(from) || from.startsWith('node:')),
    );
    expect(heavy).toEqual([]);
  });

  it('has files that do one thing and stay short', () => {
    const long = folders
      .flatMap(sources)
      .map((file) => ({ file, lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > LONGEST_FILE);
    expect(long).toEqual([]);
  });

  it('opens every folder with an index.ts', () => {
    const closed = folders.filter((folder) => !sources(folder).includes(`${folder}/index.ts`));
    expect(closed).toEqual([]);
  });

  it('keeps all Temporal packages at one exact version', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const versions = new Set(
      Object.entries(manifest.dependencies).flatMap(([name, version]) =>
        name.startsWith('@temporalio/') ? [version] : [],
      ),
    );
    expect([...versions]).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
  });
});
