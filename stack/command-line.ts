/** Options and help that `npm start` and `npm run demo` share. */
import { Command, InvalidArgumentError } from 'commander';
import type { Ports } from './ground';
import { DEFAULT_PORTS } from './ports';

export interface StackFlags {
  port: number;
  temporalPort: number;
  temporalUiPort: number;
  mongodbPort: number;
  simulatorPort: number;
  ticketsPort: number;
  dataDir: string;
}

const VARIABLES: [string, string][] = [
  [
    'TEMPORAL_ADDRESS',
    'a Temporal server that runs, host:port. Default: one is found or installed, and started',
  ],
  ['TEMPORAL_*', 'namespace, API key, TLS, profile: as every Temporal client reads them'],
  ['TEMPORAL_UI_URL', 'its web page, for links. Default: that of the server which was started'],
  ['MONGODB_URI', 'a MongoDB that runs. Default: one is found or installed, and started'],
  ['PORT', `same as --port. Default ${DEFAULT_PORTS.api}`],
  [
    'DOCKING_MASTER_KEY',
    '32 bytes in base64, seals the secrets. Default: made once, kept in the data folder',
  ],
  ['DOCKING_ADMIN_TOKEN', 'opens the API. Default: made once, kept in the data folder'],
  ['DOCKING_ALLOWED_PLATFORM_URLS', 'platform addresses beside the real ones. Default: the simulator'],
  ['DOCKING_PUBLIC_URL', 'where people and platforms reach the API. Default: its own address'],
  ['LOG_LEVEL', 'trace, debug, info, warn, error, fatal or silent. Default info'],
  ['NODE_ENV', 'production refuses to start without DOCKING_MASTER_KEY. Default development'],
];

export function stackCommand(name: string, description: string): Command {
  const command = new Command(name)
    .description(description)
    .option(
      '--port <n>',
      'of the API and the console',
      portNumber,
      portNumber(process.env['PORT'] ?? `${DEFAULT_PORTS.api}`),
    )
    .option('--temporal-port <n>', 'of the Temporal server', portNumber, DEFAULT_PORTS.temporal)
    .option('--temporal-ui-port <n>', 'of the Temporal UI', portNumber, DEFAULT_PORTS.temporalUi)
    .option('--mongodb-port <n>', 'of MongoDB', portNumber, DEFAULT_PORTS.mongodb)
    .option('--simulator-port <n>', 'of the simulated platform', portNumber, DEFAULT_PORTS.simulator)
    .option('--tickets-port <n>', 'of the simulated ticket system', portNumber, DEFAULT_PORTS.ticketSystem)
    .option('--data-dir <folder>', 'databases, keys, logs, endpoints.json', '.data');
  const width = Math.max(...VARIABLES.map(([variable]) => variable.length));
  const lines = VARIABLES.map(([variable, meaning]) => `  ${variable.padEnd(width)}  ${meaning}`);
  return command.addHelpText(
    'after',
    `\nA port that is taken is replaced by a free one, which is printed; 0 asks for any.\n\nEnvironment:\n${lines.join('\n')}`,
  );
}

export const wantedPorts = (flags: StackFlags): Ports => ({
  api: flags.port,
  temporal: flags.temporalPort,
  temporalUi: flags.temporalUiPort,
  mongodb: flags.mongodbPort,
  simulator: flags.simulatorPort,
  ticketSystem: flags.ticketsPort,
});

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}
