import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CARD_FINAL_CODES, clickAnswer, digestCard, openFeishuEvent, reminderCard } from '../../feishu';
import type { CardState, FeishuEvent } from '../../feishu';
import { failureOf } from './failure-of';
import { Simulated, reminder } from './simulated';

describe('messages and events of the simulated platform', () => {
  let world: Simulated;

  beforeEach(async () => {
    world = await Simulated.start();
  });

  afterEach(() => world.close());

  it('has every state of the card and the digest accepted by the platform', async () => {
    const states: CardState[] = [
      { kind: 'open' },
      { kind: 'claimed', by: 'Li' },
      { kind: 'acknowledged' },
      { kind: 'snoozed', until: '15:00' },
      { kind: 'replied' },
      { kind: 'reassigned', by: 'Wang' },
      { kind: 'failed', reason: 'locked' },
      { kind: 'closed', by: 'Li' },
    ];
    const { messageId } = await world.sendCard(world.person().openId, 'states');
    for (const state of states)
      await world.client.messages.updateCard(messageId, reminderCard(reminder({ state })));
    await world.sendCard(world.person(1).openId, 'wild', {
      title: '<at id=all></at> **bold** [link](https://evil.example)',
      excerpt: '😀"\\\n'.repeat(5_000),
      customer: '界'.repeat(5_000),
    });
    const digest = digestCard({
      headline: 'Morning',
      why: 'digest',
      lines: [{ ticketNumber: '1', title: 'A', headline: 'Overdue', url: 'https://desk.example.com/1' }],
    });
    await world.client.messages.send({
      to: world.person(2).openId,
      uuid: 'digest',
      content: { kind: 'interactive', card: digest },
    });
    const stored = await world.control<{ items: { updates: unknown[] }[] }>('GET', `/messages?uuid=states`);
    expect(stored.items[0]?.updates).toHaveLength(states.length);
  });

  it('sends once under one uuid when the answer of the first try is lost', async () => {
    await world.control('POST', '/faults', {
      method: 'POST',
      path: '/open-apis/im/v1/messages',
      effect: 'drop-answer',
      times: 1,
    });
    const lost = await failureOf(world.sendCard(world.person().openId, 'once'));
    expect(lost).toMatchObject({ errorClass: 'server', retry: 'normal', outcome: 'unknown' });
    const { messageId } = await world.sendCard(world.person().openId, 'once');
    const stored = await world.control<{ items: { messageId: string }[] }>('GET', '/messages?uuid=once');
    expect(stored.items.map((message) => message.messageId)).toEqual([messageId]);
    await expect(world.client.messages.get(messageId)).resolves.toMatchObject({
      messageId,
      kind: 'interactive',
    });
  });

  it('replies, tells readers, buzzes not without permission, and recalls', async () => {
    const { messageId } = await world.sendCard(world.person().openId, 'life');
    const reply = await world.client.messages.reply(messageId, {
      content: { kind: 'text', text: 'more' },
      uuid: 'life-2',
    });
    expect(reply.messageId).not.toBe(messageId);
    await world.control('POST', `/messages/${messageId}/read`, {});
    const readers = await world.client.messages.readers(messageId);
    expect(readers.items).toEqual([
      { openId: world.person().openId, readAtMs: expect.any(Number) as number },
    ]);
    expect((await failureOf(world.client.messages.buzz(messageId, [world.person().openId]))).errorClass).toBe(
      'scope',
    );
    await world.client.messages.recall(messageId);
    const gone = await failureOf(world.client.messages.updateCard(messageId, reminderCard(reminder())));
    expect(gone).toMatchObject({ retry: 'never', outcome: 'refused' });
    expect(CARD_FINAL_CODES).toContain(gone.code);
  });

  it('tells a person out of range from one who has left', async () => {
    await world.patchApp({ availability: { all: false } });
    expect((await failureOf(world.sendCard(world.person().openId, 'far'))).errorClass).toBe('availability');
    await world.patchApp({ availability: 'all' });
    await world.control('PATCH', `/people/${world.person().userId}`, { status: 'resigned' });
    expect((await failureOf(world.sendCard(world.person().openId, 'gone'))).errorClass).toBe('person-gone');
  });

  describe('with an event address', () => {
    let server: Server;
    let events: FeishuEvent[];

    beforeEach(async () => {
      events = [];
      server = createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', () => {
          const { encryptKey, verificationToken } = world.app;
          const opened = openFeishuEvent(Buffer.concat(parts), request.headers, {
            encryptKey,
            verificationToken,
            now: new Date(),
          });
          response.statusCode = opened.kind === 'refused' ? 401 : 200;
          response.setHeader('content-type', 'application/json');
          if (opened.kind === 'challenge')
            return response.end(JSON.stringify({ challenge: opened.challenge }));
          if (opened.kind === 'event') events.push(opened.event);
          const click = opened.kind === 'event' && opened.event.type === 'card.action.trigger';
          const card = reminderCard(reminder({ state: { kind: 'claimed', by: 'Li' } }));
          return response.end(
            JSON.stringify(click ? clickAnswer('success', { en: 'Claimed', zh: '已领取' }, card) : {}),
          );
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      await world.patchApp({
        eventMode: 'webhook',
        eventUrl: `http://127.0.0.1:${port}/events`,
      });
    });

    afterEach(
      () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    );

    it('opens the encrypted, signed click and has the card changed by its answer', async () => {
      const { messageId } = await world.sendCard(world.person().openId, 'click');
      const shown = await world.control<object>('POST', `/messages/${messageId}/click`, {
        value: { a: 'claim', d: 'd1', t: 't1', n: 'n1' },
      });
      expect(shown).toMatchObject({ code: 0, toast: { type: 'success' }, cardUpdated: true });
      const click = events.find((event) => event.type === 'card.action.trigger');
      expect(click).toMatchObject({
        appId: world.app.appId,
        click: { openId: world.person().openId, messageId, value: { a: 'claim', d: 'd1', t: 't1', n: 'n1' } },
      });
      const token = click?.type === 'card.action.trigger' ? (click.click.clickToken ?? '') : '';
      await world.client.messages.updateClickedCard({
        token,
        card: reminderCard(reminder({ state: { kind: 'closed' } })),
        openIds: [world.person().openId],
      });
    });

    it('hears of changes of people', async () => {
      await world.control('PATCH', `/people/${world.person().userId}`, { jobTitle: 'Lead' });
      const deadline = Date.now() + 60_000;
      while (events.length === 0 && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect(events[0]).toMatchObject({
        type: 'contact.user.updated_v3',
        user: { openId: world.person().openId, jobTitle: 'Lead' },
        changed: ['job_title'],
      });
    });
  });
});
