/** `npm start`: the whole product on this machine, to stay, keeping its data between runs. */
import { join } from 'node:path';
import colors from 'picocolors';
import { addressLines, adminLink } from './addresses';
import { stackCommand, wantedPorts, type StackFlags } from './command-line';
import { runToExit, terminalSession } from './session';
import { seconds, terminalProgress } from './terminal';
import { bringUp } from './up';

interface StartFlags extends StackFlags {
  simulator: boolean;
  exitAfterReady: boolean;
}

async function main(): Promise<number> {
  const flags = stackCommand('npm start --', 'Temporal, MongoDB, simulator, worker and API on this machine.')
    .option('--no-simulator', 'without the simulated platform and ticket system')
    .option('--exit-after-ready', 'end in good order once everything was ready', false)
    .parse()
    .opts<StartFlags>();
  const startedAt = performance.now();
  const session = terminalSession();
  const progress = terminalProgress();
  const stack = await bringUp({
    dataDir: flags.dataDir,
    ports: wantedPorts(flags),
    programs: flags.simulator ? ['simulator', 'worker', 'api'] : ['worker', 'api'],
    progress,
    signal: session.signal,
  });
  progress.heading(`Ready after ${seconds(performance.now() - startedAt)}`);
  for (const line of addressLines(stack.endpoints)) progress.print(line);
  progress.print(`  ${'Logs'.padEnd(14)} ${stack.logsDir}`);
  const tokenIn = process.env['DOCKING_ADMIN_TOKEN']
    ? 'DOCKING_ADMIN_TOKEN'
    : join(flags.dataDir, 'admin-token');
  progress.print(
    stack.firstStart
      ? `\n  Sign in as admin, shown this once: ${colors.cyan(adminLink(stack.endpoints))}`
      : `\n  The admin token is in ${tokenIn}`,
  );
  if (flags.exitAfterReady) {
    await stack.down();
    return 0;
  }
  progress.print('  Ctrl-C ends everything; data stays.');
  const end = await session.untilEnd(stack);
  progress.heading('broken' in end ? `${colors.red('✗')} ${end.broken}` : 'Stopping');
  await stack.down();
  return 'broken' in end ? 1 : 0;
}

runToExit(main);
