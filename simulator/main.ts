import { Command, InvalidArgumentError } from 'commander';
import { startSimulator } from './index';

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('is not a whole number');
  return Number(text);
}

interface Options {
  port: number;
  ticketsPort: number;
  host: string;
  seed: string;
  employees: number;
  departments: number;
  agents: number;
  tenants: number;
  brand: 'feishu' | 'lark';
}

const program = new Command('simulator')
  .description('A Feishu and a ticket system that run on this machine, for rehearsal and tests.')
  .option('--port <n>', 'port of the platform', wholeNumber, 8600)
  .option('--tickets-port <n>', 'port of the ticket systems', wholeNumber, 8601)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--seed <text>', 'the same seed gives the same companies, ids and secrets', '1')
  .option('--employees <n>', 'people per company', wholeNumber, 100)
  .option('--departments <n>', 'departments per company', wholeNumber, 20)
  .option('--agents <n>', 'agents per ticket system', wholeNumber, 24)
  .option('--tenants <n>', 'companies', wholeNumber, 1)
  .option('--brand <brand>', 'feishu or lark', 'feishu');

async function main(): Promise<void> {
  const simulator = await startSimulator(program.parse().opts<Options>());
  process.stdout.write(`platform ${simulator.url}\nticket systems ${simulator.ticketsUrl}\n`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      simulator.close().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${String(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
