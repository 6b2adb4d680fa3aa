import { NEW_DOCKING, startApi, type TestApi } from './server';

let api: TestApi;
let id: string;
let path: string;

beforeAll(async () => {
  api = await startApi();
  id = String((await api.call('POST', '/v1/dockings', NEW_DOCKING)).body['id']);
  path = `/v1/dockings/${id}/settings`;
});
afterAll(() => api?.close());

const NOTHING = {
  groupLeads: {},
  groupChats: {},
  watchers: [],
  duty: { agentId: null },
  fallbackWebhook: null,
};

describe('the settings of a docking', () => {
  it('are empty until somebody writes them', async () => {
    await api.call('PUT', path, {});
    expect(await api.call('GET', path)).toMatchObject({ status: 200, body: NOTHING });
  });

  it('keep leads, chats, watchers, duty and webhook, and never give the secret back', async () => {
    const saved = await api.call('PUT', path, {
      groupLeads: { 'g.1$': 'a1' },
      groupChats: { g1: 'oc_1' },
      watchers: [{ categoryPrefix: 'After-sales', agentIds: ['a2'] }],
      duty: { agentId: 'a3' },
      fallbackWebhook: { url: 'https://pager.example/hook', secret: 'nobody-may-see' },
    });
    expect(saved.status).toBe(200);
    const read = await api.call('GET', path);
    expect(read.body).toEqual({
      groupLeads: { 'g.1$': 'a1' },
      groupChats: { g1: 'oc_1' },
      watchers: [{ categoryPrefix: 'After-sales', agentIds: ['a2'] }],
      duty: { agentId: 'a3' },
      fallbackWebhook: { url: 'https://pager.example/hook' },
    });
    expect((await api.store.dockings.secrets(id)).fallbackWebhookSecret).toBe('nobody-may-see');
  });

  it('change only what a PATCH names; a webhook without a secret keeps the old one', async () => {
    await api.call('PUT', path, {
      duty: { agentId: 'a3' },
      fallbackWebhook: { url: 'https://pager.example/1', secret: 'nobody-may-see' },
    });
    const patched = await api.call('PATCH', path, { fallbackWebhook: { url: 'https://pager.example/2' } });
    expect(patched.body).toEqual({
      ...NOTHING,
      duty: { agentId: 'a3' },
      fallbackWebhook: { url: 'https://pager.example/2' },
    });
    expect((await api.store.dockings.secrets(id)).fallbackWebhookSecret).toBe('nobody-may-see');
    await api.call('PATCH', path, { fallbackWebhook: null });
    expect((await api.store.dockings.secrets(id)).fallbackWebhookSecret).toBeUndefined();
  });

  it('name every field that is wrong, and change nothing', async () => {
    await api.call('PUT', path, { duty: { agentId: 'a3' } });
    const refused = await api.call('PUT', path, {
      duty: { agentId: 7 },
      watchers: [{ categoryPrefix: '', agentIds: [] }],
      fallbackWebhook: { url: 'ftp://pager.example' },
      groupLeeds: {},
    });
    expect(refused.status).toBe(400);
    const fields = (refused.body['errors'] as { field: string }[]).map(({ field }) => field);
    expect(fields).toEqual(
      expect.arrayContaining(['duty.agentId', 'watchers.0.categoryPrefix', 'fallbackWebhook.url']),
    );
    expect((await api.call('GET', path)).body).toMatchObject({ duty: { agentId: 'a3' } });
  });
});
