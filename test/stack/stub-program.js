/** Stands for worker, API and simulator: answers 200 on every address that it was told to listen on. */
const { createServer } = require('node:http');

const argument = (name) => process.argv[process.argv.indexOf(name) + 1];
const ports = process.argv.includes('--port')
  ? [argument('--port'), argument('--tickets-port')]
  : [process.env.WORKER_HEALTH_PORT ?? process.env.PORT];
const names = ['TEMPORAL_ADDRESS', 'MONGODB_URI', 'DOCKING_MASTER_KEY', 'DOCKING_ADMIN_TOKEN'];
names.push('DOCKING_ALLOWED_PLATFORM_URLS', 'DOCKING_PUBLIC_URL', 'TEMPORAL_UI_URL', 'LOG_LEVEL', 'NODE_ENV');
const answer = JSON.stringify({
  pid: process.pid,
  environment: Object.fromEntries(names.map((name) => [name, process.env[name]])),
});
for (const port of ports)
  createServer((_request, response) => response.end(answer)).listen(Number(port), '127.0.0.1');
