import { claimCard, messagingBench, type Bench, type PersonCard } from './messaging-support';

let bench: Bench;
let anna: PersonCard;
let ben: PersonCard;
messagingBench((ground) => ({ bench, anna, ben } = ground));

test('a card is updated in place and keeps its history', async () => {
  const id = await bench.sentCard(anna.openId, claimCard());
  const changed = claimCard('Ticket #12 solved');
  const { body } = await bench.call('PATCH', `/im/v1/messages/${id}`, { content: JSON.stringify(changed) });
  expect(body).toMatchObject({ code: 0, data: {} });
  const stored = await bench.message(id);
  expect(JSON.parse(stored.content)).toEqual(changed);
  expect(stored.updates).toHaveLength(1);
  const read = await bench.call('GET', `/im/v1/messages/${id}`);
  expect(read.body.data).toMatchObject({ items: [{ updated: true, body: { content: stored.content } }] });
});

test('an update is refused for texts, foreign messages, old cards and another schema', async () => {
  const patch = async (id: string, card: object = claimCard()): Promise<number> =>
    (await bench.call('PATCH', `/im/v1/messages/${id}`, { content: JSON.stringify(card) })).body.code;
  const text = (await bench.text(anna.openId, 'x')).body.data as { message_id: string };
  expect(await patch(text.message_id)).toBe(230001);
  expect(await patch('om_unknown')).toBe(230001);
  const id = await bench.sentCard(anna.openId, claimCard());
  expect(await patch(id, { config: { update_multi: true }, elements: [] })).toBe(230099);
  const lonely = await bench.sentCard(anna.openId, { elements: [{ tag: 'hr' }] });
  expect(await patch(lonely, { config: { update_multi: true }, elements: [{ tag: 'hr' }] })).toBe(230001);
  await bench.advance(14 * 86_400 + 1);
  bench.forgetToken();
  expect(await patch(id)).toBe(230031);
});

test('one message takes five updates a second', async () => {
  const id = await bench.sentCard(anna.openId, claimCard());
  const content = JSON.stringify(claimCard('again'));
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => bench.call('PATCH', `/im/v1/messages/${id}`, { content })),
  );
  expect(answers.some((one) => one.body.code === 230020)).toBe(true);
});

test('a text is edited, a reply hangs on its parent', async () => {
  const { body } = await bench.text(anna.openId, 'first');
  const id = (body.data as { message_id: string }).message_id;
  const edited = await bench.call('PUT', `/im/v1/messages/${id}`, {
    msg_type: 'text',
    content: '{"text":"second"}',
  });
  expect(edited.body.data).toMatchObject({ updated: true, body: { content: '{"text":"second"}' } });
  const reply = await bench.call('POST', `/im/v1/messages/${id}/reply`, {
    msg_type: 'text',
    content: '{"text":"more"}',
    reply_in_thread: true,
    uuid: 'reply-1',
  });
  expect(reply.body.data).toMatchObject({
    root_id: id,
    parent_id: id,
    thread_id: expect.stringMatching(/^omt_/) as string,
  });
});

test('a recall works for a day and ends all updates', async () => {
  const id = await bench.sentCard(anna.openId, claimCard());
  expect((await bench.call('DELETE', `/im/v1/messages/${id}`)).body.code).toBe(0);
  expect((await bench.call('DELETE', `/im/v1/messages/${id}`)).body.code).toBe(230110);
  const content = JSON.stringify(claimCard());
  expect((await bench.call('PATCH', `/im/v1/messages/${id}`, { content })).body.code).toBe(230011);
  const old = await bench.sentCard(anna.openId, claimCard());
  await bench.advance(86_401);
  bench.forgetToken();
  expect((await bench.call('DELETE', `/im/v1/messages/${old}`)).body.code).toBe(230009);
});

test('readers are listed for a week', async () => {
  const id = await bench.sentCard(anna.openId, claimCard());
  await bench.control('POST', `/messages/${id}/read`, {});
  await bench.control('POST', `/messages/${id}/read`, {});
  const path = `/im/v1/messages/${id}/read_users?user_id_type=user_id&page_size=10`;
  const { body } = await bench.call('GET', path);
  expect(body.data).toMatchObject({ has_more: false, items: [{ user_id: anna.userId }] });
  await bench.advance(7 * 86_400 + 1);
  bench.forgetToken();
  expect((await bench.call('GET', path)).body.code).toBe(230033);
});

test('a buzz needs its scope and a receiver of the message', async () => {
  const id = await bench.sentCard(anna.openId, claimCard());
  const buzz = (ids: string[]): ReturnType<Bench['call']> =>
    bench.call('PATCH', `/im/v1/messages/${id}/urgent_app?user_id_type=open_id`, { user_id_list: ids });
  expect((await buzz([anna.openId])).body.code).toBe(99991672);
  await bench.patchApp({ scopes: { granted: ['im:message', 'im:message.urgent'] } });
  expect((await buzz([anna.openId, ben.openId])).body.data).toEqual({ invalid_user_id_list: [ben.openId] });
  expect((await buzz([ben.openId])).body.code).toBe(230001);
  expect((await bench.message(id)).urgent).toMatchObject([{ kind: 'app', openId: anna.openId }]);
});
