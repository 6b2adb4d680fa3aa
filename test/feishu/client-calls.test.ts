import { reminderCard, type FeishuClient } from '../../feishu';
import { failureOf } from './failure-of';
import { APP_ID, SECRET, stubbedClient, type StubPlatform } from './stub-platform';

describe('what the client sends and reads', () => {
  let platform: StubPlatform;
  let client: FeishuClient;
  stubbedClient((ground) => ({ platform, client } = ground));

  it('sends a card as JSON inside a string, with uuid and tenant token', async () => {
    platform.on('POST', '/im/v1/messages', () => ({
      code: 0,
      msg: 'success',
      data: { message_id: 'om_1', chat_id: 'oc_1', create_time: '1767000000123' },
    }));
    const card = reminderCard({
      dockingId: 'd1',
      ticketId: '12',
      nonce: 'n1',
      headline: { en: 'Assigned to you', zh: '已分配给你' },
      ticketNumber: '12',
      title: 'Printer',
      status: { en: 'New', zh: '新建' },
      priority: 'high',
      urgency: 'routine',
      why: { en: 'You are the assignee', zh: '你是受理人' },
    });
    const message = await client.messages.send({
      to: 'ou_1',
      content: { kind: 'interactive', card },
      uuid: 'u-1',
    });
    expect(message).toMatchObject({ messageId: 'om_1', chatId: 'oc_1', createdAtMs: 1_767_000_000_123 });
    const sent = platform.requests.at(-1);
    expect(sent).toMatchObject({
      line: 'POST /im/v1/messages',
      query: 'receive_id_type=open_id',
      token: 't-1',
      body: { receive_id: 'ou_1', msg_type: 'interactive', uuid: 'u-1', content: JSON.stringify(card) },
    });
  });

  it('keeps a field that Feishu left out apart from one that is empty', async () => {
    platform.on('GET', '/contact/v3/users/find_by_department', () => ({
      code: 0,
      data: {
        has_more: true,
        page_token: 'p2',
        items: [
          { open_id: 'ou_1', name: '', department_ids: [] },
          { open_id: 'ou_2', status: { is_activated: true } },
        ],
      },
    }));
    const page = await client.contact.usersOfDepartment('0', { pageToken: 'p1' });
    expect(page.nextPageToken).toBe('p2');
    expect(page.items[0]).toMatchObject({
      name: '',
      departmentIds: [],
      mobile: undefined,
      status: undefined,
    });
    expect(page.items[1]).toMatchObject({ departmentIds: undefined, status: { isActivated: true } });
    expect(platform.requests.at(-1)?.query).toContain('department_id=0&page_size=50&page_token=p1');
  });

  it('writes array parameters as repeated keys', async () => {
    platform.on('GET', '/contact/v3/users/batch', () => ({
      code: 0,
      data: { items: [{ open_id: 'ou_b' }] },
    }));
    await client.contact.users(['ou_a', 'ou_b']);
    expect(platform.requests.at(-1)?.query).toContain('user_ids=ou_a&user_ids=ou_b');
  });

  it('fails rather than end a listing early when "more" comes without a page token', async () => {
    platform.on('GET', '/contact/v3/departments/0/children', () => ({
      code: 0,
      data: { has_more: true, items: [] },
    }));
    const error = await failureOf(client.contact.children('0'));
    expect(error).toMatchObject({ errorClass: 'server', retry: 'normal' });
  });

  it('refuses a uuid that Feishu would refuse or cut', async () => {
    await expect(
      client.messages.send({
        to: 'ou_1',
        content: { kind: 'text', text: 'hello' },
        uuid: 'x'.repeat(51),
      }),
    ).rejects.toThrow(RangeError);
  });

  it('reads the bot at the top level of the answer', async () => {
    platform.on('GET', '/bot/v3/info', () => ({
      code: 0,
      msg: 'ok',
      bot: { activate_status: 2, app_name: 'Tickets', open_id: 'ou_bot' },
    }));
    await expect(client.application.bot()).resolves.toMatchObject({ name: 'Tickets', activateStatus: 2 });
  });

  it('reads redirect URLs from either place and tells absent from empty', async () => {
    const app = { app_id: APP_ID, status: 1, scene_type: 0 };
    platform.on('GET', `/application/v6/applications/${APP_ID}`, () => ({ code: 0, data: { app } }));
    await expect(client.application.get()).resolves.toMatchObject({
      status: 'enabled',
      kind: 'custom',
      redirectUrls: undefined,
    });
    platform.on('GET', `/application/v6/applications/${APP_ID}`, () => ({
      code: 0,
      data: {
        app: { ...app, redirect_urls: [], security: { redirect_urls: ['https://desk.example.com/cb'] } },
      },
    }));
    await expect(client.application.get()).resolves.toMatchObject({
      redirectUrls: ['https://desk.example.com/cb'],
    });
  });

  it('reads the history of a chat, newest first, between times in whole seconds', async () => {
    platform.on('GET', '/im/v1/messages', () => ({
      code: 0,
      data: {
        has_more: false,
        items: [{ message_id: 'om_1', body: { content: '{}' }, create_time: '1767000000123' }],
      },
    }));
    const page = await client.messages.history('oc_1', {
      fromMs: 1_767_000_000_900,
      toMs: 1_767_000_001_100,
    });
    expect(page).toMatchObject({ items: [{ messageId: 'om_1', content: '{}' }], nextPageToken: undefined });
    expect(platform.requests.at(-1)?.query).toBe(
      'container_id_type=chat&container_id=oc_1&start_time=1767000000&end_time=1767000002' +
        '&sort_type=ByCreateTimeDesc&page_size=50',
    );
  });

  it('signs people in with code and verifier, without a tenant token', async () => {
    platform.on('POST', '/authen/v2/oauth/token', () => ({
      code: '0',
      access_token: 'u-1',
      expires_in: 7_200,
      scope: 'auth:user.id:read offline_access',
    }));
    platform.on('GET', '/authen/v1/user_info', () => ({
      code: 0,
      data: { open_id: 'ou_1', tenant_key: 'tk', name: 'Li' },
    }));
    const token = await client.oauth.exchangeCode({
      code: 'c',
      redirectUrl: 'https://d.example',
      codeVerifier: 'v',
    });
    expect(token).toMatchObject({
      accessToken: 'u-1',
      refreshToken: undefined,
      scopes: ['auth:user.id:read', 'offline_access'],
    });
    expect(platform.requests.at(-1)).toMatchObject({
      token: undefined,
      body: { grant_type: 'authorization_code', client_secret: SECRET, code_verifier: 'v' },
    });
    await expect(client.oauth.userInfo(token.accessToken)).resolves.toMatchObject({
      openId: 'ou_1',
      email: undefined,
    });
    expect(platform.requests.at(-1)?.token).toBe('u-1');
    expect(platform.count('POST /auth/v3/tenant_access_token/internal')).toBe(0);
  });

  it('configures the app by API, naming only what changes', async () => {
    const path = `/application/v7/applications/${APP_ID}`;
    platform.on('PATCH', `${path}/config`, () => ({ code: 0, data: {} }));
    platform.on('POST', `${path}/publish`, () => ({
      code: 0,
      data: { version_id: 'oav_1', version: '1.0.1' },
    }));
    await client.configuration.configure({
      scopes: { add: ['im:message'] },
      redirectUrls: { add: ['https://d.example'] },
    });
    expect(platform.requests.at(-1)?.body).toEqual({
      scope: { add_scopes: [{ scope_name: 'im:message', token_type: 'tenant' }] },
      security: { add: { redirect_urls: ['https://d.example'] }, remove: {} },
    });
    await expect(client.configuration.publish({ changelog: 'first', remark: '' })).resolves.toEqual({
      versionId: 'oav_1',
      version: '1.0.1',
    });
  });
});
