/** What every part of a stack that comes up shares: folders, ports, processes, and who notices when a part ends. */
import { join, resolve as absolute } from 'node:path';
import { keepRunning, sentenceOf, type Kept } from './keeping';
import { projectRoot } from './paths';
import { choosePort, DEFAULT_PORTS, releasePorts } from './ports';
import { superviseProcesses, type Child, type Processes } from './processes';
import type { Progress } from './terminal';

export type Program = 'simulator' | 'worker' | 'api';
export type Ports = Record<keyof typeof DEFAULT_PORTS, number>;

export interface GroundOptions {
  /** Keys and endpoints.json; logs and databases too unless `databaseDir` says otherwise. Created when absent. */
  dataDir: string;
  /** Where databases and logs go, so that two stacks can share the keys. Default `dataDir`. */
  databaseDir?: string;
  /** Nothing needs to survive this stack. Default false. */
  memoryOnly?: boolean;
  /** Wanted ports; taken ones are replaced, 0 means any. Default {@link DEFAULT_PORTS}. */
  ports?: Partial<Ports>;
  /** Default all three. */
  programs?: readonly Program[];
  /** File that runs as the program. Default `dist/<program>/main.js`. */
  programFile?: (program: Program) => string;
  progress: Progress;
}

export interface Ground {
  dataDir: string;
  databaseDir: string;
  logsDir: string;
  memoryOnly: boolean;
  programs: readonly Program[];
  programFile: (program: Program) => string;
  progress: Progress;
  processes: Processes;
  /** Resolves with a sentence when a watched part ends that should not have. */
  broken: Promise<string>;
  /** The wanted port of a part, or another one, which is told. */
  port(part: keyof Ports, name: string): Promise<number>;
  /** Any free port. */
  anyPort(): Promise<number>;
  /** A part that cannot be started again without losing what it knew: its end is the end of the stack. */
  watch(child: Child): void;
  /** Starts a part, and again whenever it dies; see `keepRunning`. Its end is the end of the stack only when it is given up. */
  keep(name: string, start: () => Promise<Child>): Promise<Kept>;
  /** SIGKILL of a kept part, as a crash would; it is started again. Nothing happens when there is no such part. */
  crash(name: string): Promise<void>;
  /** Process id of a kept part; null when there is none. */
  pidOf(name: string): number | null;
  /** Stops the programs, then Temporal and MongoDB. */
  clear(): Promise<void>;
}

export function prepareGround(options: GroundOptions): Ground {
  const dataDir = absolute(options.dataDir);
  const databaseDir = absolute(options.databaseDir ?? dataDir);
  const logsDir = join(databaseDir, 'logs');
  const wanted: Ports = { ...DEFAULT_PORTS, ...options.ports };
  const processes = superviseProcesses(logsDir);
  const usedPorts: number[] = [];
  const kept = new Map<string, Kept>();
  let clearing = false;
  let reportBroken!: (sentence: string) => void;
  const broken = new Promise<string>((done) => (reportBroken = done));

  const choose = async (preferred: number): Promise<number> => {
    const chosen = await choosePort(preferred);
    usedPorts.push(chosen);
    return chosen;
  };
  return {
    dataDir,
    databaseDir,
    logsDir,
    processes,
    broken,
    memoryOnly: options.memoryOnly ?? false,
    programs: options.programs ?? ['simulator', 'worker', 'api'],
    programFile: options.programFile ?? ((name) => join(projectRoot(), 'dist', name, 'main.js')),
    progress: options.progress,
    anyPort: () => choose(0),
    async port(part, name) {
      const preferred = wanted[part];
      const chosen = await choose(preferred);
      if (preferred !== 0 && chosen !== preferred) {
        options.progress.note(`port ${preferred} is taken, ${name} uses ${chosen}`);
      }
      return chosen;
    },
    watch(child) {
      void child.exited.then((exit) => {
        if (!clearing) reportBroken(sentenceOf(child, exit));
      });
    },
    async keep(name, start) {
      const part = await keepRunning({
        name,
        start,
        ending: () => clearing,
        note: options.progress.note,
        giveUp: (sentence) => {
          if (!clearing) reportBroken(sentence);
        },
      });
      kept.set(name, part);
      return part;
    },
    pidOf: (name) => kept.get(name)?.pid() ?? null,
    crash: async (name) => kept.get(name)?.crash(),
    async clear() {
      clearing = true;
      await processes.stopAll(['temporal', 'mongodb']);
      releasePorts(usedPorts);
    },
  };
}
