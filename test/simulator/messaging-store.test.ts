import type { Message } from '../../simulator/feishu/messaging/message';
import { MAX_UPDATES } from '../../simulator/feishu/messaging/message';
import { MessageStore, personKey } from '../../simulator/feishu/messaging/message-store';

const message = (n: number, content = 'x'): Message => ({
  messageId: `om_${n}`,
  appId: 'cli_1',
  tenantKey: 't',
  senderType: 'app',
  receiveId: 'ou_1',
  receiveIdType: 'open_id',
  openId: 'ou_1',
  userId: `u${n % 2}`,
  chatId: `oc_${n % 2}`,
  uuid: `uuid-${n}`,
  msgType: 'text',
  content,
  createTime: n,
  updateTime: n,
  updates: [],
  reads: [],
  urgent: [],
  deleted: false,
  rootId: '',
  parentId: '',
  threadId: '',
});

const idsIn = (store: MessageStore, filter: { person?: string; chatId?: string } = {}, from = 0): string[] =>
  [...store.list(filter, from)].map(([, one]) => one.messageId);

test('the oldest messages make room once there are too many', () => {
  const store = new MessageStore({ messages: 3, contentLength: 1000 });
  for (let n = 0; n < 5; n++) store.add(message(n));
  expect(store.size).toBe(3);
  expect(idsIn(store)).toEqual(['om_2', 'om_3', 'om_4']);
  expect(store.get('om_1')).toBeUndefined();
  expect(store.sentWith('cli_1', 'uuid-1', 5)).toBeUndefined();
  expect(idsIn(store, { person: personKey('t', 'u0') })).toEqual(['om_2', 'om_4']);
  expect(idsIn(store, { chatId: 'oc_1' })).toEqual(['om_3']);
});

test('long contents and updates count too', () => {
  const store = new MessageStore({ messages: 100, contentLength: 100 });
  const first = message(0, 'x'.repeat(40));
  store.add(first);
  store.add(message(1, 'x'.repeat(40)));
  store.update(first, 'y'.repeat(40), 9);
  expect(store.get('om_0')).toBeUndefined();
  expect(idsIn(store)).toEqual(['om_1']);
  store.add(message(2, 'x'.repeat(200)));
  expect(idsIn(store)).toEqual(['om_2']);
});

test('a message keeps its newest updates only', () => {
  const store = new MessageStore({ messages: 1000, contentLength: 1_000_000 });
  const one = message(0);
  store.add(one);
  for (let n = 0; n < MAX_UPDATES + 5; n++) store.update(one, `${n}`, n);
  expect(one.updates).toHaveLength(MAX_UPDATES);
  expect(one.content).toBe(`${MAX_UPDATES + 4}`);
});

test('a position found once leads to the same place after older messages fell away', () => {
  const store = new MessageStore({ messages: 3, contentLength: 1000 });
  for (let n = 0; n < 3; n++) store.add(message(n));
  const [position] = [...store.list({})][2] ?? [0];
  for (let n = 3; n < 5; n++) store.add(message(n));
  expect(idsIn(store, {}, position)).toEqual(['om_2', 'om_3', 'om_4']);
});
