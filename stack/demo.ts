/** `npm run demo`: brings up a stack of its own, tells the story on it, reports. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Table from 'cli-table3';
import colors from 'picocolors';
import { addressLines, adminLink } from './addresses';
import { stackCommand, wantedPorts, type StackFlags } from './command-line';
import { runToExit, terminalSession } from './session';
import type { Endpoints } from './settings';
import { runStory, type ReportedStep, type StoryReport } from './story';
import { seconds, terminalProgress, type Progress } from './terminal';
import { bringUp } from './up';

interface DemoFlags extends StackFlags {
  exit: boolean;
}

async function main(): Promise<number> {
  const flags = stackCommand('npm run demo --', 'The whole story on a simulated company, from nothing.')
    .option('--exit', 'end when the story is told, also in a terminal', false)
    .parse()
    .opts<DemoFlags>();
  const startedAt = performance.now();
  const session = terminalSession();
  const progress = terminalProgress();
  // The story starts from nothing each time, beside the data that `npm start` keeps.
  const databaseDir = join(flags.dataDir, 'demo');
  await rm(join(databaseDir, 'mongodb'), { recursive: true, force: true });
  const reportFile = join(flags.dataDir, 'demo-report.json');
  await rm(reportFile, { force: true });

  progress.heading('The stack');
  const stack = await bringUp({
    dataDir: flags.dataDir,
    databaseDir,
    memoryOnly: true,
    ports: wantedPorts(flags),
    progress,
    signal: session.signal,
  });
  try {
    progress.heading('The story');
    const steps: ReportedStep[] = [];
    const report = await Promise.race([
      runStory({
        urls: stack.endpoints,
        adminToken: stack.endpoints.adminToken,
        stack,
        step: recording(progress.step, steps),
        note: progress.note,
        signal: session.signal,
      }),
      session.untilEnd(stack).then((end) => {
        throw new Error('broken' in end ? end.broken : 'stopped before the story was told');
      }),
    ]).catch((error: Error) => failedReport(error));
    const elapsedMs = Math.round(performance.now() - startedAt);
    await writeFile(reportFile, `${JSON.stringify(asJson(report, steps, elapsedMs), null, 2)}\n`);
    progress.heading(
      report.passed
        ? colors.green('The story came out right')
        : colors.red('The story did not come out right'),
    );
    progress.print(summaryTable(report));
    progress.print(`  ${seconds(elapsedMs)}, report in ${reportFile}`);
    if (process.stdout.isTTY && !flags.exit && !session.signal.aborted)
      await stayUp(stack.endpoints, progress, () => session.untilEnd(stack));
    return report.passed ? 0 : 1;
  } finally {
    await stack.down();
  }
}

async function stayUp(
  endpoints: Endpoints,
  progress: Progress,
  untilEnd: () => Promise<unknown>,
): Promise<void> {
  progress.heading('It stays up. Ctrl-C ends it.');
  for (const line of addressLines(endpoints)) progress.print(line);
  progress.print(`  ${'Sign in'.padEnd(14)} ${colors.cyan(adminLink(endpoints))}`);
  await untilEnd();
  progress.heading('Stopping');
}

/** Enters each step in `steps` beside printing it. */
function recording(step: Progress['step'], steps: ReportedStep[]): Progress['step'] {
  return async (label, work, describe = () => '') => {
    const startedAt = performance.now();
    const enter = (outcome: ReportedStep['outcome'], detail: string): void => {
      steps.push({ label, outcome, detail, elapsedMs: Math.round(performance.now() - startedAt) });
    };
    try {
      const result = await step(label, work, describe);
      enter('done', describe(result));
      return result;
    } catch (error) {
      enter('failed', error instanceof Error ? error.message : String(error));
      throw error;
    }
  };
}

const failedReport = (error: Error): StoryReport => ({
  passed: false,
  summary: [{ label: 'error', value: error.message }],
  details: {},
});

const asJson = (report: StoryReport, steps: ReportedStep[], elapsedMs: number) => ({
  passed: report.passed,
  finishedAt: new Date().toISOString(),
  elapsedMs,
  summary: Object.fromEntries(report.summary.map(({ label, value }) => [label, value])),
  steps,
  ...report.details,
});

function summaryTable({ summary }: StoryReport): string {
  const table = new Table({ style: { head: [], border: [] }, wordWrap: true, colWidths: [32, 70] });
  for (const { label, value } of summary) table.push([label, value]);
  return table.toString();
}

runToExit(main);
