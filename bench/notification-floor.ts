/** The floor's two processes: a door that signals, and a worker that sends. No store, no rules, no limits of its own. */
import { createServer } from 'node:http';
import { Agent } from 'node:http';
import { join } from 'node:path';
import axios from 'axios';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { plainCard } from './floor-card';
import type { FloorEvent } from './floor-workflow';

const QUEUE = 'floor';
const ADDRESS = process.env['TEMPORAL_ADDRESS'] ?? '';

async function door(port: number): Promise<void> {
  const client = new Client({ connection: await Connection.connect({ address: ADDRESS }) });
  serve(port, async (body) => {
    const events = JSON.parse(body) as (FloorEvent & { ticketId: string })[];
    await Promise.all(
      events.map(({ ticketId, ...event }) =>
        client.workflow.signalWithStart('floorNotification', {
          workflowId: `floor:${ticketId}`,
          taskQueue: QUEUE,
          signal: 'happened',
          signalArgs: [event],
        }),
      ),
    );
  });
}

async function worker(port: number): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const platform = process.env['FLOOR_PLATFORM'] ?? '';
  const http = axios.create({ baseURL: platform, httpAgent: new Agent({ keepAlive: true }), proxy: false });
  const apps = JSON.parse(process.env['FLOOR_APPS'] ?? '[]') as { appId: string; appSecret: string }[];
  const tokens = await Promise.all(
    apps.map(async ({ appId, appSecret }) => {
      const path = '/open-apis/auth/v3/tenant_access_token/internal';
      const { data } = await http.post<{ tenant_access_token: string }>(path, {
        app_id: appId,
        app_secret: appSecret,
      });
      return data.tenant_access_token;
    }),
  );
  const bundle = await bundleWorkflowCode({
    workflowsPath: join(__dirname, 'floor-workflow.js'),
    logger: new DefaultLogger('ERROR'),
  });
  const running = await Worker.create({
    connection: await NativeConnection.connect({ address: ADDRESS }),
    taskQueue: QUEUE,
    workflowBundle: bundle,
    activities: {
      async send({ app, receiver, uuid, title }: FloorEvent): Promise<string> {
        const { data } = await http.post<{ data: { message_id: string } }>(
          '/open-apis/im/v1/messages?receive_id_type=open_id',
          { receive_id: receiver, msg_type: 'interactive', content: plainCard(title), uuid },
          { headers: { authorization: `Bearer ${tokens[app] ?? ''}` } },
        );
        return data.data.message_id;
      },
    },
  });
  serve(port, async () => undefined);
  await running.run();
}

function serve(port: number, take: (body: string) => Promise<void>): void {
  const server = createServer((request, response) => {
    if (request.url === '/cpu') return response.end(JSON.stringify(process.cpuUsage()));
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      take(body).then(
        () => response.writeHead(202).end('{}'),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
    return undefined;
  });
  server.listen(port, '127.0.0.1');
}

const [role, port] = process.argv.slice(2);
(role === 'door' ? door(Number(port)) : worker(Number(port))).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
