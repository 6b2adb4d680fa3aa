import type { PersonCard } from './messaging-support';
import { Bench, claimCard, Receiver } from './messaging-support';

interface Click {
  code: number;
  message: string;
  toast: { type: string; content: string } | null;
  cardUpdated: boolean;
  token: string | null;
}

let bench: Bench;
let receiver: Receiver;
let anna: PersonCard;
let ben: PersonCard;
let cardId: string;

beforeAll(async () => {
  [bench, receiver] = await Promise.all([Bench.start(), Receiver.start()]);
});

afterAll(() => Promise.all([bench.close(), receiver.close()]));

beforeEach(async () => {
  await bench.control('POST', '/reset', { seed: 'clicks', employees: 12, departments: 3, apps: 2 });
  Object.assign(bench, { app: (await bench.control<{ items: unknown[] }>('GET', '/apps')).items[0] });
  bench.forgetToken();
  receiver.answer = () => ({ body: '{}' });
  await bench.patchApp({ eventUrl: receiver.url });
  receiver.received.length = 0;
  [anna, ben] = (await bench.people()) as [PersonCard, PersonCard];
  cardId = await bench.sentCard(anna.openId, claimCard());
});

const click = (body: object = { value: { a: 'claim', n: '1' } }): Promise<Click> =>
  bench.control('POST', `/messages/${cardId}/click`, body);

const lateUpdate = async (token: string | null, title = 'Late'): Promise<number> =>
  (
    await bench.call('POST', '/interactive/v1/card/update', {
      token,
      card: { ...claimCard(title), open_ids: [anna.openId] },
    })
  ).body.code;

test('a click calls the app with operator, action and context', async () => {
  const shown = await click();
  expect(shown).toMatchObject({ code: 0, toast: null, cardUpdated: false });
  const [call] = receiver.events('card.action.trigger');
  expect(call?.header).toMatchObject({
    token: bench.app.verificationToken,
    app_id: bench.app.appId,
    tenant_key: bench.app.tenantKey,
    create_time: expect.stringMatching(/^\d{16}$/) as string,
  });
  expect(call?.event).toMatchObject({
    operator: { open_id: anna.openId, union_id: anna.unionId, user_id: anna.userId },
    token: shown.token,
    action: { value: { a: 'claim', n: '1' }, tag: 'button' },
    host: 'im_message',
    context: { open_message_id: cardId, open_chat_id: (await bench.message(cardId)).chatId },
  });
});

test('somebody else may click a forwarded card, and anybody may click twice', async () => {
  await click({ value: { a: 'claim' }, operator: ben.userId });
  await click({ action: { tag: 'button', value: { a: 'claim' } }, operator: ben.openId });
  const operators = receiver.events('card.action.trigger').map((one) => one.event['operator']);
  expect(operators).toMatchObject([{ open_id: ben.openId }, { open_id: ben.openId }]);
});

test('the answer shows a toast and replaces the card', async () => {
  const next = claimCard('Claimed by Anna');
  receiver.answer = () => ({
    body: JSON.stringify({
      toast: { type: 'success', content: 'Claimed' },
      card: { type: 'raw', data: next },
    }),
  });
  expect(await click()).toMatchObject({
    code: 0,
    toast: { type: 'success', content: 'Claimed' },
    cardUpdated: true,
  });
  expect(JSON.parse((await bench.message(cardId)).content)).toEqual(next);
});

test('what goes wrong becomes the number that the client shows', async () => {
  await bench.control('PATCH', '/switches', { answerTimeoutMs: 100 });
  const cases: [() => ReturnType<Receiver['answer']>, number][] = [
    [() => ({ status: 500 }), 200671],
    [() => ({ body: 'oops' }), 200672],
    [() => ({ body: '{"toast":{"type":"loud"}}' }), 200672],
    [() => ({ body: '{"card":{"type":"raw","data":{"schema":"2.0"}}}' }), 200673],
    [() => ({ body: JSON.stringify({ card: { type: 'raw', data: { elements: [] } } }) }), 200673],
    [() => new Promise(() => undefined), 200341],
  ];
  for (const [answer, code] of cases) {
    receiver.answer = answer;
    expect(await click()).toMatchObject({ code, toast: null, cardUpdated: false });
  }
  await bench.patchApp({ eventUrl: '' });
  expect((await click()).code).toBe(200340);
  await bench.patchApp({ eventUrl: receiver.url, subscribedCallbacks: [] });
  expect((await click()).code).toBe(200340);
  expect((await bench.message(cardId)).updates).toEqual([]);
});

test('the token of a click is good for two late updates within half an hour', async () => {
  const { token } = await click();
  expect([await lateUpdate(token), await lateUpdate(token), await lateUpdate(token)]).toEqual([0, 0, 300040]);
  expect((await bench.message(cardId)).updates).toHaveLength(2);
  await bench.control('PATCH', '/switches', { lateUpdateUses: 3 });
  expect(await lateUpdate(token)).toBe(0);
  const second = await click();
  await bench.advance(1801);
  expect(await lateUpdate(second.token)).toBe(300030);
  expect(await lateUpdate('c-invented')).toBe(10002);
});

test('a late update has to wait for the answer to the click', async () => {
  let early = -1;
  receiver.answer = async ({ raw }) => {
    const { event } = JSON.parse(raw) as { event: { token: string } };
    early = await lateUpdate(event.token);
    return { body: '{}' };
  };
  const { token } = await click();
  expect(early).toBe(10002);
  expect(await lateUpdate(token)).toBe(0);
});

test('a message of a batch has no working buttons', async () => {
  await bench.patchApp({ scopes: { granted: ['im:message', 'im:message:send_multi_users'] } });
  await bench.call('POST', '/message/v4/batch_send/', {
    msg_type: 'interactive',
    card: claimCard(),
    open_ids: [ben.openId],
  });
  cardId = (await bench.messages(`receiver=${ben.userId}`))[0]?.messageId ?? '';
  expect(await click()).toMatchObject({ code: 0, cardUpdated: false, token: null });
  expect(receiver.events('card.action.trigger')).toEqual([]);
});

test('pictures belong to the app that uploaded them', async () => {
  await bench.patchApp({ scopes: { granted: ['im:message', 'im:resource'] } });
  const form = new FormData();
  form.set('image_type', 'message');
  form.set('image', new Blob(['not really a picture']), 'a.png');
  const response = await fetch(`${bench.url}/open-apis/im/v1/images`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await bench.tokenOf(bench.app)}` },
    body: form,
  });
  const { data } = (await response.json()) as { data: { image_key: string } };
  const card = (key: string): object => ({
    schema: '2.0',
    body: { elements: [{ tag: 'img', img_key: key, alt: { tag: 'plain_text', content: 'x' } }] },
  });
  expect((await bench.card(anna.openId, card(data.image_key))).body.code).toBe(0);
  const foreign = await bench.card(anna.openId, card('img_v3_other'));
  expect(foreign.body).toMatchObject({
    code: 230099,
    msg: 'Failed to create card content, ext=ErrCode: 200570; ErrMsg: card contains invalid image keys; ErrorValue: image key img_v3_other; code:230099',
  });
});
