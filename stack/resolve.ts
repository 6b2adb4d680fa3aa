/**
 * The ordered search for a server: each step is asked for what it already has, first to last; only when none has
 * anything, installing is tried, first to last. Every step that does not help is told in one line.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheDir } from './paths';

/** An installation that failed is not tried again for this long, so that the next start is fast. */
const REMEMBER_MS = 24 * 60 * 60 * 1000;

export interface ResolutionStep<T> {
  /** What is tried, as it reads in a sentence: "the official download". Also its name in the memory. */
  name: string;
  /** What is there without installing. Null: `missing` says so. Throws when it is there but unusable. */
  find: () => Promise<T | null>;
  /** Why `find` found nothing: "not on PATH". */
  missing: string;
  /** Installs it. Throws when it cannot. */
  install?: () => Promise<T>;
  /** True when `find` failing must not be papered over by a later step: somebody asked for exactly this. */
  binding?: boolean;
}

export interface Resolution<T> {
  /** What is searched for, e.g. `Temporal`; also its name in the memory. */
  what: string;
  steps: ResolutionStep<T>[];
  /** The ways out for the reader when nothing works. */
  fixes: [string, string, string];
  log: (line: string) => void;
  /** Where failures are remembered. Default `.cache/resolution.json`. */
  memoryFile?: string;
}

export interface Resolved<T> {
  value: T;
  /** Name of the step that answered. */
  source: string;
}

interface RememberedFailure {
  /** ISO time. */
  at: string;
  reason: string;
}
type Memory = Record<string, RememberedFailure>;

export async function resolve<T>(search: Resolution<T>): Promise<Resolved<T>> {
  const memoryFile = search.memoryFile ?? join(cacheDir(), 'resolution.json');
  const failed: string[] = [];
  const tell = (step: ResolutionStep<T>, happened: string, next: string | undefined): void => {
    failed.push(`${step.name}: ${happened}`);
    search.log(`${search.what}: ${step.name}: ${happened}; next: ${next ?? 'nothing left'}`);
  };

  const installable = search.steps.filter((step) => step.install);
  for (const [index, step] of search.steps.entries()) {
    const next = search.steps[index + 1]?.name ?? (installable[0] && `installing ${installable[0].name}`);
    try {
      const value = await step.find();
      if (value !== null) return { value, source: step.name };
      tell(step, step.missing, next);
    } catch (error) {
      if (step.binding) throw new Error(`${search.what}: ${step.name}: ${reasonOf(error)}`, { cause: error });
      tell(step, reasonOf(error), next);
    }
  }

  for (const [index, step] of installable.entries()) {
    const next = installable[index + 1]?.name;
    const key = `${search.what} / ${step.name}`;
    const remembered = (await readMemory(memoryFile))[key];
    if (remembered && Date.now() - Date.parse(remembered.at) < REMEMBER_MS) {
      const again = new Date(Date.parse(remembered.at) + REMEMBER_MS).toISOString().slice(0, 16);
      tell(
        step,
        `failed at ${remembered.at.slice(0, 16)} (${remembered.reason}), not tried before ${again}`,
        next,
      );
      continue;
    }
    search.log(`${search.what}: installing ${step.name}`);
    try {
      const value = await step.install!();
      return { value, source: step.name };
    } catch (error) {
      const reason = reasonOf(error);
      await changeMemory(memoryFile, (memory) => (memory[key] = { at: new Date().toISOString(), reason }));
      tell(step, reason, next);
    }
  }

  // Whoever fixes the cause must not have to wait for the memory to expire.
  await changeMemory(memoryFile, (memory) => {
    for (const step of installable) delete memory[`${search.what} / ${step.name}`];
  });
  throw new Error(
    [
      `${search.what} could not be found or installed.`,
      ...failed.map((line) => `  - ${line}`),
      'Any one of these helps:',
      ...search.fixes.map((fix, index) => `  ${index + 1}. ${fix}`),
    ].join('\n'),
  );
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').slice(0, 300);

async function readMemory(file: string): Promise<Memory> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Memory;
  } catch {
    // Absent or damaged: nothing is remembered, the worst that follows is one more try.
    return {};
  }
}

/** One writer at a time in this process: Temporal and MongoDB are searched side by side. */
let lastWrite: Promise<unknown> = Promise.resolve();

async function changeMemory(file: string, change: (memory: Memory) => void): Promise<void> {
  const write = lastWrite.then(async () => {
    const memory = await readMemory(file);
    change(memory);
    await mkdir(dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, `${JSON.stringify(memory, null, 2)}\n`);
    await rename(draft, file);
  });
  lastWrite = write.catch(() => undefined);
  await write;
}
