import { createHash } from 'node:crypto';
import { decryptEvent, encryptEvent } from '../../simulator/feishu/events/encryption';
import type { PersonCard } from './messaging-support';
import { Bench, claimCard, eventually, Receiver } from './messaging-support';

interface Logged {
  eventId: string;
  eventType: string;
  state: string;
  mode: string;
  attempts: { outcome: string; status: number }[];
}

let bench: Bench;
let receiver: Receiver;
let anna: PersonCard;

beforeAll(async () => {
  [bench, receiver] = await Promise.all([Bench.start(), Receiver.start()]);
});

afterAll(() => Promise.all([bench.close(), receiver.close()]));

beforeEach(async () => {
  await bench.control('POST', '/reset', { seed: 'events', employees: 12, departments: 3, apps: 2 });
  Object.assign(bench, { app: (await bench.control<{ items: unknown[] }>('GET', '/apps')).items[0] });
  bench.forgetToken();
  receiver.received.length = 0;
  receiver.answer = () => ({ body: '{}' });
  await bench.patchApp({ eventUrl: receiver.url });
  receiver.received.length = 0;
  anna = await bench.person();
});

const logged = async (type: string): Promise<Logged[]> =>
  (await bench.control<{ items: Logged[] }>('GET', `/events?type=${type}&app=${bench.app.appId}`)).items;

const writeToBot = (text = 'hi'): Promise<unknown> =>
  bench.control('POST', `/people/${anna.userId}/message-bot`, { appId: bench.app.appId, text });

const arrived = (type: string, count = 1): Promise<ReturnType<Receiver['events']>> =>
  eventually(() => {
    const found = receiver.events(type);
    return found.length >= count ? found : undefined;
  });

test('the published test vector decrypts, and what is sealed can be opened again', () => {
  expect(decryptEvent('test key', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=')).toBe('hello world');
  expect(decryptEvent('key', encryptEvent('key', '{"a":"字"}'))).toBe('{"a":"字"}');
});

test('a message to the bot arrives in the envelope of version 2', async () => {
  await writeToBot('my printer burns');
  const [event] = await arrived('im.message.receive_v1');
  expect(event?.header).toMatchObject({
    token: bench.app.verificationToken,
    create_time: expect.stringMatching(/^\d{13}$/) as string,
    tenant_key: bench.app.tenantKey,
    app_id: bench.app.appId,
  });
  expect(event?.event).toMatchObject({
    sender: { sender_type: 'user', sender_id: { open_id: anna.openId } },
    message: { chat_type: 'p2p', message_type: 'text', content: '{"text":"my printer burns"}' },
  });
  const log = await eventually(async () =>
    (await logged('im.message.receive_v1')).find((one) => one.state === 'delivered'),
  );
  expect(log.attempts).toMatchObject([{ outcome: 'accepted', status: 200 }]);
});

test('with an encrypt key the body is sealed and the raw bytes are signed', async () => {
  await bench.patchApp({ encryptKey: 'secret key' });
  receiver.received.length = 0;
  await writeToBot();
  const { headers, raw } = await eventually(() => receiver.received[0]);
  const { encrypt } = JSON.parse(raw) as { encrypt: string };
  expect(decryptEvent('secret key', encrypt)).toContain('im.message.receive_v1');
  const parts = `${String(headers['x-lark-request-timestamp'])}${String(headers['x-lark-request-nonce'])}secret key${raw}`;
  expect(headers['x-lark-signature']).toBe(createHash('sha256').update(parts).digest('hex'));
});

test('an unanswered event comes again after 15 seconds, 5 minutes, 1 hour and 6 hours, then no more', async () => {
  receiver.answer = () => ({ status: 500 });
  await writeToBot();
  let attempts = 1;
  await arrived('im.message.receive_v1', attempts);
  for (const seconds of [15, 300, 3600, 21_600]) {
    await eventually(async () =>
      (await logged('im.message.receive_v1'))[0]?.attempts.length === attempts ? true : undefined,
    );
    attempts += 1;
    await bench.advance(seconds);
    await arrived('im.message.receive_v1', attempts);
  }
  const log = await eventually(async () =>
    (await logged('im.message.receive_v1')).find((one) => one.state === 'failed'),
  );
  expect(log.attempts).toHaveLength(5);
  const ids = receiver.events('im.message.receive_v1').map((one) => one.header['event_id']);
  expect(new Set(ids)).toEqual(new Set([log.eventId]));
});

test('a slow receiver counts as unanswered', async () => {
  await bench.control('PATCH', '/switches', { answerTimeoutMs: 50 });
  receiver.answer = () => new Promise(() => undefined);
  await writeToBot();
  const log = await eventually(async () =>
    (await logged('im.message.receive_v1')).find((one) => one.attempts.length > 0),
  );
  expect(log.attempts).toMatchObject([{ outcome: 'timeout', status: 0 }]);
});

test('only subscribed events are sent', async () => {
  await bench.patchApp({ subscribedEvents: ['im.message.message_read_v1'] });
  await writeToBot();
  const id = await bench.sentCard(anna.openId, claimCard());
  await bench.control('POST', `/messages/${id}/read`, {});
  const [event] = await arrived('im.message.message_read_v1');
  expect(event?.event).toMatchObject({
    reader: { reader_id: { open_id: anna.openId } },
    message_id_list: [id],
  });
  expect(receiver.events('im.message.receive_v1')).toEqual([]);
});

test('opening the chat reads everything at once and says who came', async () => {
  const ids = [
    await bench.sentCard(anna.openId, claimCard()),
    await bench.sentCard(anna.openId, claimCard()),
  ];
  const enter = `/people/${anna.userId}/enter-chat`;
  expect(await bench.control('POST', enter, { appId: bench.app.appId })).toEqual({ read: 2 });
  expect(await bench.control('POST', enter, { appId: bench.app.appId })).toEqual({ read: 0 });
  const reads = await arrived('im.message.message_read_v1');
  expect(reads.map((one) => one.event['message_id_list'])).toEqual([ids]);
  const entered = await arrived('im.chat.access_event.bot_p2p_chat_entered_v1', 2);
  expect(entered[0]?.event).toMatchObject({ operator_id: { open_id: anna.openId }, last_message_id: ids[1] });
});

test('a recall and a used menu are told', async () => {
  const id = await bench.sentCard(anna.openId, claimCard());
  await bench.call('DELETE', `/im/v1/messages/${id}`);
  expect((await arrived('im.message.recalled_v1'))[0]?.event).toMatchObject({ message_id: id });
  const menu = { appId: bench.app.appId, eventKey: 'my_tickets' };
  await bench.control('POST', `/people/${anna.userId}/use-menu`, menu);
  expect((await arrived('application.bot.menu_v6'))[0]?.event).toMatchObject({ event_key: 'my_tickets' });
});

test('changes of people reach the app as contact events', async () => {
  await bench.control('PATCH', `/people/${anna.userId}`, { jobTitle: 'Captain' });
  const [event] = await arrived('contact.user.updated_v3');
  expect(event?.event).toMatchObject({ object: { open_id: anna.openId, job_title: 'Captain' } });
});

test('duplicates and overtaking can be switched on', async () => {
  await bench.control('PATCH', '/switches', { eventDuplicates: 1 });
  await writeToBot('twice');
  const [first, second] = await arrived('im.message.receive_v1', 2);
  expect(first?.header['event_id']).toBe(second?.header['event_id']);
  await bench.control('PATCH', '/switches', { eventDuplicates: 0, eventReordering: 1 });
  receiver.received.length = 0;
  await writeToBot('held back');
  await writeToBot('overtakes');
  const texts = (await arrived('im.message.receive_v1', 2)).map(
    (one) => (one.event['message'] as { content: string }).content,
  );
  expect(texts).toEqual(['{"text":"overtakes"}', '{"text":"held back"}']);
});

test('an event of any type can be made up and sent again', async () => {
  const type = 'application.application.app_version.audit_v6';
  const body = { appId: bench.app.appId, eventType: type, event: { operation: 'audited' } };
  expect(await bench.control('POST', '/events', body)).toEqual({ emitted: true });
  const [event] = await arrived(type);
  await bench.control('POST', `/events/${event?.header['event_id']}/resend`);
  await arrived(type, 2);
});

test('a request URL must return the challenge, which carries no signature', async () => {
  const verify = (): Promise<{ ok: boolean; reason?: string }> =>
    bench.control('POST', `/apps/${bench.app.appId}/verify-url`, { url: receiver.url });
  expect(await verify()).toMatchObject({ ok: false });
  receiver.answer = ({ raw }) => ({ body: raw });
  expect(await verify()).toEqual({ ok: true });
  const { headers, raw } = receiver.received.at(-1) ?? { headers: {}, raw: '{}' };
  expect(JSON.parse(raw)).toMatchObject({ type: 'url_verification', token: bench.app.verificationToken });
  expect(headers['x-lark-signature']).toBeUndefined();
  const saved = await bench.patchApp({ eventUrl: receiver.url });
  expect(saved).toMatchObject({ eventUrl: receiver.url, urlVerification: { ok: true } });
  receiver.answer = () => ({ status: 404 });
  expect(await verify()).toEqual({ ok: false, reason: 'HTTP 404 instead of 200' });
});
