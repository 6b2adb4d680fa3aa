import type { PersonCard } from './messaging-support';
import { Bench } from './messaging-support';

let bench: Bench;
let anna: PersonCard;
let ben: PersonCard;

beforeAll(async () => {
  bench = await Bench.start();
  [anna, ben] = (await bench.people()) as [PersonCard, PersonCard];
});
afterAll(() => bench.close());

const listed = async (chatId: string, query = ''): Promise<{ body: { content: string } }[]> => {
  const path = `/im/v1/messages?container_id_type=chat&container_id=${chatId}${query}`;
  return (await bench.call('GET', path)).body.data['items'] as { body: { content: string } }[];
};
const texts = (items: { body: { content: string } }[]): string[] =>
  items.map(({ body }) => (JSON.parse(body.content) as { text: string }).text);

test('a chat tells what was said in it, in both directions, page by page and within a span of time', async () => {
  let chatId = '';
  for (const text of ['one', 'two', 'three']) {
    const { body } = await bench.text(anna.openId, text);
    chatId = String(body.data['chat_id']);
    await bench.control('POST', '/clock', { advanceSeconds: 100 });
  }
  await bench.text(ben.openId, 'somebody else');
  bench.forgetToken();
  expect(texts(await listed(chatId))).toEqual(['one', 'two', 'three']);
  expect(texts(await listed(chatId, '&sort_type=ByCreateTimeDesc'))).toEqual(['three', 'two', 'one']);

  const first = await bench.call(
    'GET',
    `/im/v1/messages?container_id_type=chat&container_id=${chatId}&sort_type=ByCreateTimeDesc&page_size=2`,
  );
  expect(first.body.data['has_more']).toBe(true);
  const rest = `&sort_type=ByCreateTimeDesc&page_size=2&page_token=${String(first.body.data['page_token'])}`;
  expect(texts(await listed(chatId, rest))).toEqual(['one']);

  const [, two] = await bench.messages(`receiver=${anna.openId}`);
  const second = Math.floor((two?.createTime ?? 0) / 1000);
  expect(texts(await listed(chatId, `&start_time=${second}&end_time=${second}`))).toEqual(['two']);
});

test('a chat that the bot is not in, and one that does not exist, are refused', async () => {
  const { body } = await bench.text(anna.openId, 'mine');
  const chatId = String(body.data['chat_id']);
  const other = await bench.tokenOf(bench.otherApp);
  const path = `/open-apis/im/v1/messages?container_id_type=chat&container_id=`;
  const asked = async (id: string) =>
    (await bench.raw('GET', `${path}${id}`, undefined, { authorization: `Bearer ${other}` })).body.code;
  expect(await asked(chatId)).toBe(230002);
  expect(await asked('oc_nowhere')).toBe(230001);
});
