/** The process that takes an event in works on its ticket's run itself: no worker is beside it in these tests. */
import { once } from 'node:events';
import { ticketNotificationId } from '../../workflows/names';
import { rule, seat, setRules, ticketEvent } from '../intake/desk';
import { eventually } from '../stack/eventually';
import { docking } from '../store/fixture';
import { ADMIN_TOKEN, loneApis, type Ground } from './lone-api';

let ground: Ground;
loneApis((opened) => (ground = opened));

/** A live docking whose agent `a1` is told of tickets assigned to them. */
async function openDocking(person: number): Promise<{ dockingId: string; openId: string }> {
  const { company, store } = ground;
  const { appId, appSecret, baseUrl } = company.credentials;
  const made = docking({ state: 'live', appId, platformUrl: baseUrl });
  await store.dockings.create(made, { appSecret, pushToken: 'p' });
  const { openId } = company.person(person);
  await seat(store, made.id, [openId]);
  await setRules(store, made.id, [rule()]);
  return { dockingId: made.id, openId };
}

async function tell(url: string, dockingId: string, ticketId: string): Promise<number> {
  const response = await fetch(`${url}/v1/dockings/${dockingId}/ticket-events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(ticketEvent({ id: ticketId })),
  });
  await response.arrayBuffer();
  return response.status;
}

async function cardsOf(openId: string): Promise<number> {
  const { items } = await ground.company.control<{ items: unknown[] }>('GET', `/messages?receiver=${openId}`);
  return items.length;
}

const runOf = (dockingId: string, ticketId: string) =>
  ground.temporal.client.workflow.getHandle(ticketNotificationId(dockingId, ticketId));

test('an event becomes a card without any worker, and the process ends cleanly', async () => {
  const { dockingId, openId } = await openDocking(1);
  const { process: api, url } = await ground.apiAt();
  expect(await tell(url, dockingId, 't1')).toBe(202);
  await eventually('the card', async () => (await cardsOf(openId)) === 1);
  await eventually(
    'the end of the run',
    async () => (await runOf(dockingId, 't1').describe()).status.name === 'COMPLETED',
  );
  api.kill('SIGTERM');
  expect(await once(api, 'exit')).toEqual([0, null]);
});

test('a process without runs of its own leaves them to the workers; whoever comes works on them', async () => {
  const { dockingId, openId } = await openDocking(2);
  const { process: door, url } = await ground.apiAt({ API_TICKET_RUNS: '0' });
  expect(await tell(url, dockingId, 't2')).toBe(202);
  await eventually(
    'the run',
    async () => (await runOf(dockingId, 't2').describe()).status.name === 'RUNNING',
  );
  expect(await cardsOf(openId)).toBe(0);
  door.kill('SIGTERM');
  expect(await once(door, 'exit')).toEqual([0, null]);

  await ground.apiAt();
  await eventually('the card', async () => (await cardsOf(openId)) === 1);
});
