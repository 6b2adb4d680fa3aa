import { Client, Connection } from '@temporalio/client';
import pino from 'pino';
import { takeClick } from '../../api/card-clicks';
import { createDockingClient } from '../../client';
import { handOverClicks } from '../../intake';
import { ticketNotificationId } from '../../workflows/names';
import { uniqueId } from '../store/fixture';
import { clickedApi, clickOf, type Click } from './clicked-cards';
import type { TestApi } from './server';
import { silentServer } from './silent-server';

let api: TestApi;
const { sentCard, click, recordOf } = clickedApi((started) => (api = started));

test.each(['claim', 'acknowledge', 'snooze', 'close'])(
  '%s by the receiver is recorded, handed over and answered in both languages',
  async (action) => {
    const card = await sentCard();
    const toast = await click(card, action);
    expect(toast).toMatchObject({ type: 'success' });
    expect(toast?.i18n['zh_cn']).toMatch(/[一-龥]/);
    expect(await recordOf(card, action)).toMatchObject({
      agentId: 'a1',
      employeeId: 'ou_1',
      state: 'asked',
      minutes: action === 'snooze' ? 60 : null,
    });
  },
);

test('a double click is one wish, also when both come at once', async () => {
  const card = await sentCard();
  const toasts = await Promise.all(Array.from({ length: 5 }, () => click(card, 'claim')));
  expect(toasts.filter((toast) => toast?.type === 'success')).toHaveLength(1);
  expect(toasts.filter((toast) => toast?.type === 'info')).toHaveLength(4);
  expect(await recordOf(card, 'claim')).toMatchObject({ attempts: 1 });
});

test('a late click on what is done already says so, one on what was refused may try again', async () => {
  const card = await sentCard();
  await click(card, 'claim');
  await api.store.clicks.settle(`${card.id}:claim`, { state: 'done' });
  expect(await click(card, 'claim')).toMatchObject({ type: 'info', content: 'Already done.' });
  await click(card, 'close');
  await api.store.clicks.settle(`${card.id}:close`, { state: 'refused', reason: 'somebody has it' });
  expect(await click(card, 'close')).toMatchObject({ type: 'success' });
  expect(await recordOf(card, 'close')).toMatchObject({ state: 'asked', attempts: 2 });
});

test('what the ticket system never told is not said to be done', async () => {
  const card = await sentCard();
  await click(card, 'claim');
  await api.store.clicks.settle(`${card.id}:claim`, { state: 'unknown', reason: 'unknown-outcome' });
  expect(await click(card, 'claim')).toMatchObject({
    type: 'info',
    content: 'Whether it was done is not known: look at the ticket.',
  });
});

test('two different notes are two notes, the same note twice is one, an empty one is none', async () => {
  const card = await sentCard();
  expect(await click(card, 'reply', { note: 'Called the customer' })).toMatchObject({ type: 'success' });
  expect(await click(card, 'reply', { note: 'Called the customer' })).toMatchObject({ type: 'info' });
  expect(await click(card, 'reply', { note: 'Sent a part' })).toMatchObject({ type: 'success' });
  expect(await click(card, 'reply', { note: '   ' })).toMatchObject({ type: 'error' });
  expect(await click(card, 'reply')).toMatchObject({ type: 'error' });
});

describe('nothing is done for', () => {
  const refusals: [string, string, Click][] = [
    ['a stranger', 'claim', { by: 'ou_2' }],
    ['a forwarded copy', 'claim', { messageId: 'om_copy' }],
    ['a card of another docking', 'claim', { value: { d: 'dk-other' } }],
    ['another ticket than the card’s', 'claim', { value: { t: 'other' } }],
    ['a nonce that was never given out', 'claim', { value: { n: 'dl-made-up' } }],
    ['an action that is no button', 'delete', {}],
    ['minutes out of reach', 'snooze', { value: { m: 10 ** 9 } }],
  ];
  test.each(refusals)('%s', async (_who, action, spoilt) => {
    const card = await sentCard();
    expect(await click(card, action, spoilt)).toMatchObject({ type: 'error' });
    expect(await recordOf(card, action)).toBeNull();
  });

  test('somebody whose binding or agent is not active, or whose docking is off', async () => {
    const { store } = api;
    const suspended = await sentCard();
    await store.bindings.suspend(suspended.dockingId, 'ou_1', 'test');
    const inactive = await sentCard();
    const agent = await store.agents.get(inactive.dockingId, 'a1');
    if (!agent) throw new Error('a1 is missing');
    await store.agents.put(inactive.dockingId, { ...agent, state: 'disabled' });
    const off = await sentCard();
    await store.dockings.setState(off.dockingId, 'disabled');
    for (const card of [suspended, inactive, off]) {
      expect(await click(card, 'claim')).toMatchObject({ type: 'error' });
      expect(await recordOf(card, 'claim')).toBeNull();
    }
  });
});

test('while Temporal says nothing a click is answered all the same, kept, and handed over once by the sweep', async () => {
  const silent = await silentServer();
  const connection = Connection.lazy({ address: silent.address });
  const card = await sentCard();
  let noted: () => void = () => undefined;
  const handOverGivenUp = new Promise<void>((done) => (noted = done));
  const ports = {
    ...api.ports,
    client: createDockingClient(new Client({ connection })),
    now: () => new Date(Date.now() - 60_000),
    log: pino({ level: 'warn' }, { write: () => noted() }),
  };
  const answer = await connection.withDeadline(Date.now() + 1_500, () =>
    takeClick(
      ports,
      card.dockingId,
      uniqueId('ev'),
      clickOf(card, { a: 'acknowledge', d: card.dockingId, t: card.ticketId, n: card.id }),
    ),
  );
  expect(answer).toMatchObject({ toast: { type: 'success' } });
  await handOverGivenUp;
  await connection.close();
  await silent.close();
  expect(await recordOf(card, 'acknowledge')).toMatchObject({ state: 'asked', handedOverAt: null });

  const told: string[] = [];
  const sweep = () =>
    handOverClicks(api.store.clicks, async (dockingId, ticketId, one) => {
      told.push(one.clickId);
      await api.ports.client.cardClicked(dockingId, ticketId, one);
    });
  expect(await sweep()).toBe(1);
  expect(await sweep()).toBe(0);
  expect(told).toEqual([`${card.id}:acknowledge`]);
  const run = api.temporal.workflow.getHandle(ticketNotificationId(card.dockingId, card.ticketId));
  expect((await run.describe()).type).toBe('ticketNotification');
});
