import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { decryptEvent, openFeishuEvent, signatureOf } from '../../feishu';
import type { FeishuEvent, OpenEventOptions, OpenedEvent } from '../../feishu';

const ENCRYPT_KEY = 'a key of the tests';
const TOKEN = 'verification-token';
const NOW = new Date('2026-03-01T08:00:00Z');

function encrypt(text: string, key = ENCRYPT_KEY): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

function signed(body: Buffer, at = NOW, key = ENCRYPT_KEY): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  return {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': 'n1',
    'x-lark-signature': signatureOf(timestamp, 'n1', key, body),
  };
}

const envelope = (type: string, event: object, head: object = {}): object => ({
  schema: '2.0',
  header: {
    event_id: 'e1',
    token: TOKEN,
    create_time: '1767000000123',
    event_type: type,
    tenant_key: 'tk',
    app_id: 'cli_a',
    ...head,
  },
  event,
});

const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const sealed = (value: unknown): Buffer => bytes({ encrypt: encrypt(JSON.stringify(value)) });
const both: OpenEventOptions = { encryptKey: ENCRYPT_KEY, verificationToken: TOKEN, now: NOW };
const tokenOnly: OpenEventOptions = { verificationToken: TOKEN, now: NOW };

function eventOf(opened: OpenedEvent): FeishuEvent {
  if (opened.kind !== 'event') throw new Error(`expected an event, got ${JSON.stringify(opened)}`);
  return opened.event;
}

describe('a request to the event address', () => {
  it("decrypts the platform's published example", () => {
    expect(decryptEvent('test key', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=')).toBe('hello world');
  });

  it('is opened when encrypted, signed, fresh and from the right app', () => {
    const body = sealed(envelope('contact.user.created_v3', { object: { open_id: 'ou_1', name: 'Zhang' } }));
    expect(eventOf(openFeishuEvent(body, signed(body), both))).toMatchObject({
      type: 'contact.user.created_v3',
      eventType: 'contact.user.created_v3',
      eventId: 'e1',
      tenantKey: 'tk',
      appId: 'cli_a',
      createdAtMs: 1_767_000_000_123,
      user: { openId: 'ou_1', name: 'Zhang', mobile: undefined },
    });
  });

  it('signs the very bytes: white space that JSON does not mind breaks the signature', () => {
    const body = sealed(envelope('x', {}));
    const spaced = Buffer.from(body.toString('utf8').replace('{', '{ '));
    expect(openFeishuEvent(spaced, signed(body), both)).toMatchObject({
      kind: 'refused',
      reason: 'signature-wrong',
    });
    expect(openFeishuEvent(spaced, signed(spaced), both).kind).toBe('event');
  });

  it('answers the challenge, which comes unsigned, encrypted or not', () => {
    const challenge = { type: 'url_verification', challenge: 'c1', token: TOKEN };
    expect(openFeishuEvent(sealed(challenge), {}, both)).toEqual({ kind: 'challenge', challenge: 'c1' });
    expect(openFeishuEvent(bytes(challenge), {}, tokenOnly)).toEqual({ kind: 'challenge', challenge: 'c1' });
    const stranger = { ...challenge, token: 'other' };
    expect(openFeishuEvent(sealed(stranger), {}, both)).toMatchObject({ reason: 'token-wrong' });
  });

  const plainEvent = envelope('x', {});
  const cases: [string, () => OpenedEvent, string][] = [
    ['is not JSON', () => openFeishuEvent(Buffer.from('<xml/>'), {}, tokenOnly), 'malformed'],
    ['is JSON but no event', () => openFeishuEvent(bytes({ token: TOKEN }), {}, tokenOnly), 'malformed'],
    [
      'lacks the id of the person it is about',
      () => openFeishuEvent(bytes(envelope('contact.user.created_v3', { object: {} })), {}, tokenOnly),
      'malformed',
    ],
    [
      'is plain although a key is set',
      () => openFeishuEvent(bytes(plainEvent), signed(bytes(plainEvent)), both),
      'not-encrypted',
    ],
    [
      'was encrypted with another key',
      () => openFeishuEvent(bytes({ encrypt: encrypt('{}', 'other') }), {}, both),
      'undecryptable',
    ],
    ['is cut short', () => openFeishuEvent(bytes({ encrypt: 'AAAA' }), {}, both), 'undecryptable'],
    ['is unsigned', () => openFeishuEvent(sealed(plainEvent), {}, both), 'signature-missing'],
    [
      'is signed with another key',
      () => {
        const body = sealed(plainEvent);
        return openFeishuEvent(body, signed(body, NOW, 'other'), both);
      },
      'signature-wrong',
    ],
    [
      'is six minutes old',
      () => {
        const body = sealed(plainEvent);
        return openFeishuEvent(body, signed(body, new Date(NOW.getTime() - 360_000)), both);
      },
      'timestamp-stale',
    ],
    [
      'carries a wrong token',
      () => openFeishuEvent(bytes(envelope('x', {}, { token: 'other' })), {}, tokenOnly),
      'token-wrong',
    ],
    ['carries no token', () => openFeishuEvent(bytes({ event: {} }), {}, tokenOnly), 'token-wrong'],
    ['cannot be checked at all', () => openFeishuEvent(bytes(plainEvent), {}, { now: NOW }), 'unconfigured'],
    [
      'would be checked with empty secrets',
      () => openFeishuEvent(bytes(plainEvent), {}, { encryptKey: '', verificationToken: '', now: NOW }),
      'unconfigured',
    ],
  ];
  it.each(cases)('is refused when it %s', (_, open, reason) => {
    const opened = open();
    expect(opened).toMatchObject({ kind: 'refused', reason });
    expect(JSON.stringify(opened)).not.toContain(TOKEN);
  });

  const read = (type: string, event: object, head?: object): FeishuEvent =>
    eventOf(openFeishuEvent(bytes(envelope(type, event, head)), {}, tokenOnly));

  it('tells which fields of a person changed', () => {
    const event = read('contact.user.updated_v3', {
      object: { open_id: 'ou_1', mobile: '+8613900139000', department_ids: ['od-b'] },
      old_object: { mobile: '+8613800138000', department_ids: ['od-a'] },
    });
    expect(event).toMatchObject({ changed: ['mobile', 'department_ids'], oldDepartmentIds: ['od-a'] });
  });

  it('takes the id of a deleted department from the old object', () => {
    const event = read('contact.department.deleted_v3', {
      object: {},
      old_object: { status: { is_deleted: true }, open_department_id: 'od-1' },
    });
    expect(event).toMatchObject({ department: { openDepartmentId: 'od-1', isDeleted: true } });
  });

  it('reads who came into and fell out of the contact range', () => {
    const event = read('contact.scope.updated_v3', {
      added: { users: [{ open_id: 'ou_1' }], departments: [{ open_department_id: 'od-1' }] },
      removed: { user_groups: [{ user_group_id: 'g1', name: 'Night' }] },
    });
    expect(event).toMatchObject({
      added: { openIds: ['ou_1'], departmentIds: ['od-1'], groups: [] },
      removed: { openIds: [], departmentIds: [], groups: [{ groupId: 'g1', name: 'Night' }] },
    });
  });

  it('reads a review and its verdict', () => {
    expect(
      read('application.application.app_version.publish_apply_v6', {
        under_audit_version: {
          version_id: 'oav_2',
          version: '1.0.1',
          status: 3,
          remark: { visibility: { is_all: false, visible_list: { open_ids: [{ open_id: 'ou_1' }] } } },
        },
        online_version: {},
      }),
    ).toMatchObject({
      inReview: { versionId: 'oav_2', status: 'in-review', visibility: { openIds: ['ou_1'] } },
    });
    expect(
      read('application.application.app_version.audit_v6', {
        version_id: 'oav_2',
        operation: 'reject',
        remark: 'no icon',
        audit_source: 'administrator',
      }),
    ).toMatchObject({ versionId: 'oav_2', approved: false, remark: 'no icon', automatic: false });
  });

  it('reads a click, with its time in microseconds and its value as object or text', () => {
    const click = (value: unknown): object => ({
      operator: { open_id: 'ou_1', union_id: 'on_1' },
      token: 'c-1',
      action: { value, tag: 'button', form_value: { note: 'hello' } },
      context: { open_message_id: 'om_1', open_chat_id: 'oc_1' },
    });
    const head = { create_time: '1767000000123456' };
    const value = { a: 'claim', d: 'd1', t: '12', n: 'n1' };
    expect(read('card.action.trigger', click(value), head)).toMatchObject({
      createdAtMs: 1_767_000_000_123,
      click: { openId: 'ou_1', messageId: 'om_1', clickToken: 'c-1', value, formValue: { note: 'hello' } },
    });
    expect(read('card.action.trigger', click(JSON.stringify(value)))).toMatchObject({ click: { value } });
    expect(read('card.action.trigger', click('not json'))).toMatchObject({ click: { value: {} } });
  });

  it('reads receipts, messages to the bot and the opening of its chat', () => {
    expect(
      read('im.message.message_read_v1', {
        reader: { reader_id: { open_id: 'ou_1' }, read_time: '1767000001000' },
        message_id_list: ['om_1', 'om_2'],
      }),
    ).toMatchObject({ openId: 'ou_1', readAtMs: 1_767_000_001_000, messageIds: ['om_1', 'om_2'] });
    expect(
      read('im.message.receive_v1', {
        sender: { sender_id: { open_id: 'ou_1' } },
        message: { message_id: 'om_1', chat_type: 'p2p', message_type: 'text', content: '{"text":"hi"}' },
      }),
    ).toMatchObject({ openId: 'ou_1', messageId: 'om_1', chatKind: 'p2p' });
    expect(
      read('im.chat.access_event.bot_p2p_chat_entered_v1', {
        chat_id: 'oc_1',
        operator_id: { open_id: 'ou_1' },
      }),
    ).toMatchObject({ chatId: 'oc_1', openId: 'ou_1' });
  });

  it('reads events of the first generation', () => {
    const body = bytes({
      ts: '1767000000.5',
      uuid: 'u1',
      token: TOKEN,
      type: 'event_callback',
      event: {
        type: 'p2p_chat_create',
        app_id: 'cli_a',
        chat_id: 'oc_1',
        tenant_key: 'tk',
        user: { open_id: 'ou_1' },
      },
    });
    expect(eventOf(openFeishuEvent(body, {}, tokenOnly))).toMatchObject({
      type: 'p2p_chat_create',
      eventId: 'u1',
      appId: 'cli_a',
      createdAtMs: 1_767_000_000_500,
      openId: 'ou_1',
    });
  });

  it.each(['drive.file.edit_v1', 'constructor', '__proto__', 'toString'])(
    'keeps the name of an event it does not know: %s',
    (name) => {
      expect(read(name, { some: 'thing' })).toMatchObject({
        type: 'other',
        eventType: name,
        body: { some: 'thing' },
      });
    },
  );
});
