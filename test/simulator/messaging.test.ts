import { claimCard, messagingBench, type Bench, type PersonCard } from './messaging-support';

let bench: Bench;
let anna: PersonCard;
let ben: PersonCard;
messagingBench((ground) => ({ bench, anna, ben } = ground));

describe('sending', () => {
  test('a message reaches the person whatever kind of id names them', async () => {
    const ids = { open_id: anna.openId, union_id: anna.unionId, user_id: anna.userId, email: anna.email };
    for (const [type, id] of Object.entries(ids)) {
      const { body } = await bench.call('POST', `/im/v1/messages?receive_id_type=${type}`, {
        receive_id: id,
        msg_type: 'text',
        content: JSON.stringify({ text: type }),
      });
      expect(body).toMatchObject({ code: 0, msg: 'success', data: { msg_type: 'text', deleted: false } });
    }
    const stored = await bench.messages(`receiver=${anna.openId}`);
    expect(stored.map((one) => JSON.parse(one.content) as object)).toEqual(
      Object.keys(ids).map((text) => ({ text })),
    );
    expect(new Set(stored.map((one) => one.chatId)).size).toBe(1);
    const { body } = await bench.call('POST', '/im/v1/messages?receive_id_type=chat_id', {
      receive_id: stored[0]?.chatId,
      msg_type: 'text',
      content: '{"text":"by chat"}',
    });
    expect(body.code).toBe(0);
    expect(await bench.messages(`receiver=${anna.userId}`)).toHaveLength(5);
  });

  test('the answer names times in milliseconds as strings and the bot as sender', async () => {
    const { body } = await bench.text(anna.openId, 'hello');
    expect(body.data).toMatchObject({
      message_id: expect.stringMatching(/^om_[0-9a-f]{32}$/) as string,
      chat_id: expect.stringMatching(/^oc_/) as string,
      create_time: expect.stringMatching(/^\d{13}$/) as string,
      sender: { id: bench.app.appId, id_type: 'app_id', sender_type: 'app', tenant_key: bench.app.tenantKey },
      body: { content: '{"text":"hello"}' },
    });
  });

  test('the same uuid within an hour sends once and answers with the first message', async () => {
    const first = await bench.text(anna.openId, 'one', 'ntf-1');
    const second = await bench.text(anna.openId, 'one', 'ntf-1');
    expect(second.body.data).toEqual(first.body.data);
    expect(await bench.messages('uuid=ntf-1')).toHaveLength(1);
    await bench.advance(3601);
    const third = await bench.text(anna.openId, 'one', 'ntf-1');
    expect(third.body.code).toBe(0);
    expect(await bench.messages('uuid=ntf-1')).toHaveLength(2);
  });

  test('a switch makes a repeated uuid an error', async () => {
    await bench.control('PATCH', '/switches', { duplicateUuid: 'error' });
    await bench.text(anna.openId, 'one', 'ntf-2');
    expect((await bench.text(anna.openId, 'one', 'ntf-2')).body.code).not.toBe(0);
    expect(await bench.messages('uuid=ntf-2')).toHaveLength(1);
  });

  test('a second send with a uuid that is still under way is told so', async () => {
    await bench.control('PATCH', '/switches', { sendLatencyMs: 300 });
    const answers = await Promise.all([1, 2].map(() => bench.text(anna.openId, 'one', 'ntf-3')));
    expect(answers.map((one) => one.body.code).sort()).toEqual([0, 230049]);
    expect(await bench.messages('uuid=ntf-3')).toHaveLength(1);
  });

  test('fields are checked before anything else', async () => {
    const wrongType = await bench.call('POST', '/im/v1/messages?receive_id_type=thread_id', {
      receive_id: 'x',
      msg_type: 'text',
      content: '{"text":"x"}',
    });
    expect(wrongType.body.code).toBe(99992402);
    const longUuid = await bench.text(anna.openId, 'x', 'u'.repeat(51));
    expect(longUuid.body).toMatchObject({
      code: 99992402,
      error: { field_violations: [{ field: 'uuid' }] },
    });
  });

  test('every refusal has its code and text', async () => {
    const code = async (openId: string): Promise<[number, string]> => {
      const { status, body } = await bench.text(openId, 'x');
      expect(body.code === 0 ? 200 : 400).toBe(status);
      return [body.code, body.msg];
    };
    expect((await code('nobody'))[0]).toBe(230034);
    expect((await code(`ou_${'0'.repeat(32)}`))[0]).toBe(230034);

    const foreign = await bench.control<{ items: PersonCard[] }>(
      'GET',
      `/people?appId=${bench.otherApp.appId}&status=active`,
    );
    const [crossApp, text] = await code(foreign.items[0]?.openId ?? '');
    expect(crossApp).toBe(230001);
    expect(text).toMatch(/^Your request contains an invalid request parameter\..*invalid receive_id/);

    await bench.control('POST', `/people/${anna.userId}/refuse-bot`, {
      appId: bench.app.appId,
      refusal: 'blocked',
    });
    expect(await code(anna.openId)).toEqual([230035, 'Send Message Permission deny.']);
    await bench.control('POST', `/people/${anna.userId}/refuse-bot`, {
      appId: bench.app.appId,
      refusal: 'stopped',
    });
    expect(await code(anna.openId)).toEqual([230053, 'The user has stopped the bot from sending messages.']);
    await bench.control('POST', `/people/${anna.userId}/refuse-bot`, {
      appId: bench.app.appId,
      refusal: null,
    });
    expect((await code(anna.openId))[0]).toBe(0);

    await bench.patchApp({ availability: { all: false, userIds: [anna.userId] } });
    expect(await code(ben.openId)).toEqual([230013, 'Bot has NO availability to this user.']);
    await bench.patchApp({ availability: 'all' });
    await bench.control('PATCH', `/people/${ben.userId}`, { status: 'resigned' });
    expect(await code(ben.openId)).toEqual([230029, 'User has resigned.']);
    await bench.patchApp({ bot: false });
    expect(await code(anna.openId)).toEqual([230006, 'Bot ability is not activated.']);
  });

  test('a person of another company cannot be reached', async () => {
    const made = await bench.control<{ tenantKey: string }>('POST', '/tenants', { employees: 2 });
    const { items } = await bench.control<{ items: PersonCard[] }>('GET', `/people?tenant=${made.tenantKey}`);
    const { body } = await bench.call('POST', '/im/v1/messages?receive_id_type=user_id', {
      receive_id: items[0]?.userId,
      msg_type: 'text',
      content: '{"text":"x"}',
    });
    expect(body).toMatchObject({ code: 230038, msg: 'Cross tenant p2p chat operate forbid.' });
  });

  test('contents have a size and a shape', async () => {
    expect((await bench.text(anna.openId, 'x'.repeat(151 * 1024))).body.code).toBe(230025);
    expect((await bench.text(anna.openId, 'x'.repeat(100 * 1024))).body.code).toBe(0);
    expect((await bench.card(anna.openId, claimCard('x'.repeat(31 * 1024)))).body.code).toBe(230025);
    const malformed = await bench.call('POST', '/im/v1/messages?receive_id_type=open_id', {
      receive_id: anna.openId,
      msg_type: 'text',
      content: '{"txt":"x"}',
    });
    expect(malformed.body.code).toBe(230001);
  });

  test('leak prevention, where a company has it, refuses plain phone numbers', async () => {
    await bench.control('PATCH', '/switches', { dlpAudit: true });
    expect((await bench.text(anna.openId, 'call 13800138000')).body.code).toBe(230028);
    expect((await bench.text(anna.openId, 'call 138****8000')).body.code).toBe(0);
  });

  test('one person gets five messages a second, others are not held up', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => bench.text(anna.openId, `${n}`)));
    const codes = answers.map((one) => one.body.code);
    expect(codes.filter((code) => code === 230020).length).toBeGreaterThan(0);
    expect(codes.filter((code) => code === 0).length).toBeGreaterThanOrEqual(5);
    expect((await bench.text(ben.openId, 'x')).body.code).toBe(0);
  });

  test('a message needs its scope', async () => {
    await bench.patchApp({ scopes: { granted: ['contact:contact.base:readonly'] } });
    const { body } = await bench.text(anna.openId, 'x');
    expect(body).toMatchObject({
      code: 99991672,
      error: { permission_violations: [{ subject: 'im:message' }, { subject: 'im:message:send_as_bot' }] },
    });
  });
});

describe('groups', () => {
  test('a bot writes to the groups it is in', async () => {
    const group = await bench.control<{ chatId: string }>('POST', '/chats', {
      appIds: [bench.app.appId],
      userIds: [anna.userId],
    });
    const send = async (): Promise<number> => {
      const { body } = await bench.call('POST', '/im/v1/messages?receive_id_type=chat_id', {
        receive_id: group.chatId,
        msg_type: 'text',
        content: '{"text":"x"}',
      });
      return body.code;
    };
    expect(await send()).toBe(0);
    expect(await bench.messages(`receiver=${group.chatId}`)).toHaveLength(1);
    for (const [change, code] of [
      [{ muted: true }, 230035],
      [{ muted: false, appIds: [bench.otherApp.appId] }, 230002],
      [{ appIds: [bench.app.appId], dissolved: true }, 232009],
    ] as const) {
      await bench.control('PATCH', `/chats/${group.chatId}`, change);
      expect(await send()).toBe(code);
    }
  });
});

describe('batches', () => {
  test('one content goes to many people and can be counted and recalled', async () => {
    const send = (): ReturnType<Bench['call']> =>
      bench.call('POST', '/message/v4/batch_send/', {
        msg_type: 'text',
        content: { text: 'maintenance tonight' },
        open_ids: [anna.openId, 'ou_unknown'],
        user_ids: [ben.userId],
      });
    expect((await send()).body.code).toBe(99991672);
    await bench.patchApp({ scopes: { granted: ['im:message', 'im:message:send_multi_users'] } });
    const { body } = await send();
    expect(body.data).toMatchObject({ invalid_open_ids: ['ou_unknown'], invalid_user_ids: [] });
    const id = (body.data as { message_id: string }).message_id;
    expect(id).toMatch(/^bm-/);
    const [sent] = await bench.messages(`receiver=${ben.userId}`);
    await bench.control('POST', `/messages/${sent?.messageId}/read`, {});
    const progress = await bench.call('GET', `/im/v1/batch_messages/${id}/get_progress`);
    expect(progress.body.data).toMatchObject({
      batch_message_send_progress: {
        valid_user_ids_count: 2,
        success_user_ids_count: 2,
        read_user_ids_count: 1,
      },
    });
    const readers = await bench.call('GET', `/im/v1/batch_messages/${id}/read_user`);
    expect(readers.body.data).toEqual({ read_user: { read_count: '1', total_count: '2' } });
    await bench.call('DELETE', `/im/v1/batch_messages/${id}`);
    expect((await bench.message(sent?.messageId ?? '')).deleted).toBe(true);
  });
});

describe('the message list of the control surface', () => {
  test('is cut into pages and filtered by app and time', async () => {
    for (const person of await bench.people()) await bench.text(person.openId, 'to all');
    const first = await bench.control<{ items: object[]; nextCursor: string }>('GET', '/messages?limit=5');
    expect(first.items).toHaveLength(5);
    const rest = await bench.control<{ items: object[]; nextCursor: null }>(
      'GET',
      `/messages?limit=1000&cursor=${first.nextCursor}`,
    );
    expect(rest.nextCursor).toBeNull();
    expect(first.items.length + rest.items.length).toBe((await bench.people()).length);
    expect(await bench.messages(`app=${bench.otherApp.appId}`)).toEqual([]);
    await bench.advance(60);
    await bench.text(anna.openId, 'late');
    const late = await bench.messages(`since=${Date.now() + 30_000}`);
    expect(late).toHaveLength(1);
    expect((await bench.raw('GET', '/_control/messages?receiver=nobody')).status).toBe(404);
  });
});
