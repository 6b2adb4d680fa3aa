import type { TestWorkflowEnvironment } from '@temporalio/testing';
import pino from 'pino';
import { createActivities, type ActivityPorts } from '../../activities';
import { createDockingClient } from '../../client';
import { createFeishu } from '../../feishu';
import { directoryChangesId } from '../../workflows/names';
import { docking, newBinding, openTestStore, uniqueId, type TestStore } from '../store/fixture';
import { startDevServer } from '../support/servers';
import { quietRuntime, runActivity } from '../workflows/crew';

let opened: TestStore;
let temporal: TestWorkflowEnvironment;
const feishu = createFeishu();
beforeAll(async () => {
  quietRuntime();
  opened = await openTestStore();
  temporal = await startDevServer();
});
afterAll(async () => {
  feishu.close();
  await temporal?.teardown();
  await opened?.end();
});

function sweep(): Promise<{ handedOver: number }> {
  const ports: ActivityPorts = {
    store: opened.store,
    feishu,
    ticketSystem: () => Promise.reject(new Error('no ticket system here')),
    tellTicket: async () => undefined,
    tellClick: async () => undefined,
    tellDigest: async () => undefined,
    feishuEvents: createDockingClient(temporal.client),
    wakePull: async () => undefined,
    replayParked: async () => 0,
    raiseAlert: async () => undefined,
    checkAgain: async () => undefined,
    now: () => new Date(),
    log: pino({ level: 'silent' }),
    publicUrl: 'http://docking.example.com',
  };
  return runActivity(() => createActivities(ports).sweepFeishuEvents());
}

/** As an API leaves it that dies after it has noted the event. */
async function notedAndForsaken(dockingId: string, openId: string, ageSeconds: number): Promise<string> {
  const eventId = uniqueId('fe');
  const note = { eventId, type: 'contact.user.deleted_v3', subjectId: openId };
  expect(await opened.store.feishuEvents.note(dockingId, note)).toBe(true);
  await opened.raw
    .collection('feishu-events')
    .updateOne({ dockingId, eventId }, { $set: { seenAt: new Date(Date.now() - ageSeconds * 1000) } });
  return eventId;
}

async function bound(): Promise<{ dockingId: string; openId: string; agentId: string }> {
  const made = docking({ state: 'live' });
  await opened.store.dockings.create(made, { appSecret: 's', pushToken: 'p' });
  const binding = newBinding({ dockingId: made.id });
  await opened.store.bindings.bind(binding);
  return { dockingId: made.id, openId: binding.employeeId, agentId: binding.agentId };
}

const signals = async (dockingId: string): Promise<unknown[]> => {
  const { events = [] } = await temporal.client.workflow
    .getHandle(directoryChangesId(dockingId))
    .fetchHistory();
  return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
    (signal?.input?.payloads ?? []).map(
      ({ data }) => JSON.parse(Buffer.from(data ?? []).toString()) as unknown,
    ),
  );
};

test('an event that an API noted before it died is handed over once, and the leaver gets nothing more', async () => {
  const { dockingId, openId, agentId } = await bound();
  const eventId = await notedAndForsaken(dockingId, openId, 60);

  expect(await sweep()).toEqual({ handedOver: 1 });

  expect(await signals(dockingId)).toEqual([{ eventId, type: 'contact.user.deleted_v3', subjectId: openId }]);
  expect(await opened.store.bindings.byAgent(dockingId, [agentId])).toMatchObject([{ state: 'suspended' }]);
  expect(await sweep()).toEqual({ handedOver: 0 });
});

test('an event that is still under way at the door is left to it', async () => {
  const { dockingId, openId } = await bound();
  await notedAndForsaken(dockingId, openId, 5);
  expect(await sweep()).toEqual({ handedOver: 0 });
});
