/** The example of docs/client.md, run as it stands there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { transformSync } from '@swc/core';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import * as client from '../../client';
import { ticketNotificationId } from '../../workflows/names';
import { startDevServer } from '../support/servers';

interface Example {
  ticketWasAssigned(ticketId: string, from: string | null, to: string): Promise<void>;
}

const environment = { ...process.env };
let temporal: TestWorkflowEnvironment;
beforeAll(async () => {
  temporal = await startDevServer();
});
afterAll(async () => {
  process.env = environment;
  await temporal?.teardown();
});

function example(): Example {
  const page = readFileSync(join(__dirname, '../../docs/client.md'), 'utf8');
  const source = /```ts\n(.*?)```/s.exec(page)?.[1] ?? '';
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  const exported = {} as Example;
  const load = (name: string): unknown =>
    name === 'feishu-docking/client' ? client : jest.requireActual(name);
  (compileFunction(code, ['exports', 'require']) as (...given: unknown[]) => void)(exported, load);
  return exported;
}

test('the example begins the run of a ticket at the server that the environment names, with ids and codes only', async () => {
  process.env['TEMPORAL_ADDRESS'] = temporal.address;
  await example().ticketWasAssigned('t9', null, 'a1');
  const run = temporal.client.workflow.getHandle(ticketNotificationId('your-docking-id', 't9'));
  expect((await run.describe()).status.name).toBe('RUNNING');
  const { events } = await run.fetchHistory();
  const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  expect(JSON.parse(Buffer.from(payload?.data ?? []).toString())).toEqual({
    dockingId: 'your-docking-id',
    ticketId: 't9',
    first: {
      eventId: expect.stringMatching(/^[\w-]{36}$/) as string,
      reference: {
        type: 'ticket.assigned_agent',
        occurredAt: expect.stringMatching(/^\d{4}-/) as string,
        actor: { type: 'agent', id: 'a7' },
        changes: [{ field: 'assigneeId', from: null, to: 'a1' }],
      },
    },
  });
});
