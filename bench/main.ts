/** `npm run bench -- <name>`: measures one thing beside a floor in the same run and prints the figures. */
import { Command } from 'commander';
import { run as directory } from './directory';
import { run as directoryKills } from './directory-kills';
import { run as notification } from './notification';
import { run as notificationKills } from './notification-kills';
import { run as simulate } from './simulate';
import { run as simulator } from './simulator';

const BENCHMARKS: Record<string, () => Promise<unknown>> = {
  directory,
  'directory-kills': directoryKills,
  notification,
  'notification-kills': notificationKills,
  simulate,
  simulator,
};

async function main(): Promise<void> {
  const command = new Command('npm run bench --')
    .argument('<name>', Object.keys(BENCHMARKS).join(' | '))
    .parse();
  const [name = ''] = command.args;
  const run = BENCHMARKS[name];
  if (!run)
    throw new Error(`There is no benchmark "${name}"; there are: ${Object.keys(BENCHMARKS).join(', ')}.`);
  const rows = await run();
  if (rows !== undefined) console.table(rows);
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
});
