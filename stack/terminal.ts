/** How the stack and the demo look in a terminal: one line per finished step, nothing that moves. */
import colors from 'picocolors';

/** A step that takes longer than this says so, and again each time. */
const STILL_RUNNING_MS = 10_000;
const LABEL_WIDTH = 14;

export interface Progress {
  /** Runs a step and prints its line: ✓ or ✗, label, what `work` answers, elapsed time. */
  step: <T>(label: string, work: () => Promise<T>, describe?: (result: T) => string) => Promise<T>;
  /** A line of detail, told while steps run. */
  note: (text: string) => void;
  heading: (text: string) => void;
  print: (text: string) => void;
}

export function terminalProgress(
  write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Progress {
  return {
    async step(label, work, describe = () => '') {
      const startedAt = performance.now();
      const elapsed = (): string => seconds(performance.now() - startedAt);
      const reminder = setInterval(
        () => write(colors.dim(`  … ${label}, ${elapsed()} so far`)),
        STILL_RUNNING_MS,
      );
      try {
        const result = await work();
        write(
          `${colors.green('✓')} ${label.padEnd(LABEL_WIDTH)} ${describe(result)} ${colors.dim(elapsed())}`,
        );
        return result;
      } catch (error) {
        write(`${colors.red('✗')} ${label.padEnd(LABEL_WIDTH)} ${colors.dim(elapsed())}`);
        throw error;
      } finally {
        clearInterval(reminder);
      }
    },
    note: (text) => write(colors.dim(`  ${text}`)),
    heading: (text) => write(`\n${colors.bold(text)}`),
    print: write,
  };
}

/** `0.4 s`, `12.3 s`, `2 min 05 s` */
export function seconds(milliseconds: number): string {
  const total = milliseconds / 1000;
  if (total < 60) return `${total.toFixed(1)} s`;
  return `${Math.floor(total / 60)} min ${String(Math.floor(total % 60)).padStart(2, '0')} s`;
}
