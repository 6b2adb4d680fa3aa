import { ADMIN_TOKEN, NEW_DOCKING, startApi, type TestApi } from './server';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

const fieldsOf = (body: Record<string, unknown>): string[] =>
  (body['errors'] as { field: string }[]).map((error) => error.field).sort();
const docked = (baseUrl: string, more: object = {}) =>
  api.call('POST', '/v1/dockings', {
    ...NEW_DOCKING,
    ...more,
    ticketSystem: { ...NEW_DOCKING.ticketSystem, baseUrl },
  });

it.each([
  'http://169.254.169.254',
  'http://169.254.0.1:8080/api',
  'http://2852039166',
  'http://0xa9.0xfe.0xa9.0xfe',
  'http://[fe80::1]',
  'http://[febf::1]:8080',
  'http://[::ffff:169.254.169.254]',
  'http://[64:ff9b::169.254.169.254]',
])('a docking calls no link-local address, where clouds keep their credentials: %s', async (address) => {
  const alerts = { webhookUrl: address, webhookSecret: 'a-secret-of-sixteen' };
  const { status, body } = await docked(address, { alerts });
  expect(status).toBe(400);
  expect(fieldsOf(body)).toEqual(['alerts.webhookUrl', 'ticketSystem.baseUrl']);
  expect(JSON.stringify(body['errors'])).toContain('must not be a link-local address');
});

it.each(['http://127.0.0.1:8091/sobot', 'http://[::1]:8091', 'http://10.0.0.5', 'https://desk.example'])(
  'a docking may call a ticket system that runs at hand: %s',
  async (baseUrl) => {
    expect((await docked(baseUrl)).status).toBe(201);
  },
);

it('the webhook that is asked in place of people takes no link-local address either', async () => {
  const { body: made } = await docked('https://desk.example');
  const { status, body } = await api.call('PATCH', `/v1/dockings/${String(made['id'])}/settings`, {
    fallbackWebhook: { url: 'http://169.254.169.254/latest' },
  });
  expect(status).toBe(400);
  expect(fieldsOf(body)).toEqual(['fallbackWebhook.url']);
});

it.each([
  'https://open.feishu.cn/open-apis/bot/v2/hook/3f0c1a52',
  'https://open.larksuite.com/open-apis/bot/v2/hook/3f0c1a52',
  'https://OPEN.feishu.cn:443/open-apis/bot/hook/3f0c1a52',
])(
  'no webhook is the custom bot of a chat, which would refuse what is sent with HTTP 200: %s',
  async (url) => {
    const { body: made } = await docked('https://desk.example');
    const path = `/v1/dockings/${String(made['id'])}`;
    const asked = await api.call('PATCH', `${path}/settings`, { fallbackWebhook: { url } });
    expect(asked.status).toBe(400);
    expect(fieldsOf(asked.body)).toEqual(['fallbackWebhook.url']);
    expect(JSON.stringify(asked.body['errors'])).toContain('Next: give an address of your own');
    const alerts = { webhookUrl: url, webhookSecret: 'a-secret-of-sixteen' };
    const { body } = await api.call(
      'PATCH',
      path,
      { alerts },
      {
        authorization: `Bearer ${ADMIN_TOKEN}`,
        'accept-language': 'zh',
      },
    );
    expect(fieldsOf(body)).toEqual(['alerts.webhookUrl']);
    expect(JSON.stringify(body['errors'])).toContain('下一步：填写自有的');
  },
);

it("a webhook may be anything else of one's own, also one whose path looks like that of a bot", async () => {
  const { body: made } = await docked('https://desk.example');
  const { status } = await api.call('PATCH', `/v1/dockings/${String(made['id'])}/settings`, {
    fallbackWebhook: { url: 'https://desk.example/open-apis/bot/v2/hook/3f0c1a52' },
  });
  expect(status).toBe(200);
});
