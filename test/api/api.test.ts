import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NEW_DOCKING, RULE, startApi, ticketEvent, type TestApi } from './server';

let api: TestApi;
let dockingId: string;
let path: string;

beforeAll(async () => {
  api = await startApi();
  const created = await api.call('POST', '/v1/dockings', NEW_DOCKING);
  dockingId = String(created.body['id']);
  path = `/v1/dockings/${dockingId}`;
});

afterAll(() => api?.close());

const fieldsOf = (body: Record<string, unknown>): string[] =>
  (body['errors'] as { field: string }[]).map((error) => error.field);

describe('who may call', () => {
  it('refuses a call without a token, and says how to get one', async () => {
    const answer = await api.call('GET', '/v1/dockings', undefined, {});
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.body).toMatchObject({ type: 'Auth.Required', status: 401 });
  });

  it('keeps a ticket system to its own dockings and to its own rights', async () => {
    const made = await api.call('POST', '/v1/tokens', {
      role: 'ticket-system',
      dockingIds: [dockingId],
      label: 'desk',
    });
    const headers = { authorization: `Bearer ${String(made.body['secret'])}` };
    expect((await api.call('GET', path, undefined, headers)).status).toBe(200);
    expect((await api.call('GET', '/v1/dockings/dk_other', undefined, headers)).status).toBe(404);
    expect((await api.call('DELETE', path, undefined, headers)).body).toMatchObject({
      type: 'Auth.Forbidden',
    });
    await api.call('DELETE', `/v1/tokens/${String(made.body['id'])}`);
    expect((await api.call('GET', path, undefined, headers)).status).toBe(401);
  });
});

describe('what is refused before anything else', () => {
  it('a stranger hears 401 whatever is wrong with the request', async () => {
    for (const headers of [{}, { authorization: 'Bearer of-bad-news' }]) {
      for (const [method, path] of [
        ['POST', '/v1/dockings'],
        ['PUT', '/v1/dockings/dk_any/reminders'],
        ['POST', '/v1/dockings/dk_any/bindings'],
      ] as const) {
        expect((await api.call(method, path, {}, headers)).status).toBe(401);
      }
    }
  });

  it('a cursor that no list gave out is a fault of the request', async () => {
    const { body } = await api.call('POST', '/v1/dockings', NEW_DOCKING);
    const answer = await api.call('GET', `/v1/dockings/${String(body['id'])}/employees?cursor=junk`);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'cursor' }] } });
  });

  it('no list is answered for a docking that does not exist', async () => {
    const lists = ['directory/syncs', 'employees', 'departments', 'bindings', 'deliveries', 'audit', 'usage'];
    for (const list of lists) {
      expect(await api.call('GET', `/v1/dockings/dk_nobody/${list}`)).toMatchObject({ status: 404 });
    }
  });
});

describe('dockings', () => {
  it('never give a secret back', async () => {
    const read = await api.call('GET', path);
    expect(read.body).toMatchObject({ id: dockingId, brand: 'feishu', state: 'setting-up' });
    expect(JSON.stringify([read.body, (await api.call('GET', '/v1/dockings')).body])).not.toMatch(
      /nobody-may-see/,
    );
  });

  it('name every missing or wrong field and store nothing', async () => {
    const before = (await api.store.dockings.ids()).length;
    const answer = await api.call('POST', '/v1/dockings', {
      ...NEW_DOCKING,
      appId: 'nonsense',
      homepageUrl: 'not a url',
      appSecret: undefined,
    });
    expect(answer.status).toBe(400);
    expect(fieldsOf(answer.body).sort()).toEqual(['appId', 'appSecret', 'homepageUrl']);
    expect((await api.store.dockings.ids()).length).toBe(before);
  });

  it('talk only to platforms that the settings allow', async () => {
    const answer = await api.call('POST', '/v1/dockings', {
      ...NEW_DOCKING,
      platformUrl: 'http://169.254.0.1',
    });
    expect(answer.status).toBe(400);
    expect(fieldsOf(answer.body)).toEqual(['platformUrl']);
  });

  it('do not go live by hand while the checklist is not passed', async () => {
    const answer = await api.call('PATCH', path, { enabled: true });
    expect(answer.body).toMatchObject({ status: 409, type: 'Docking.NotReady' });
  });

  it('say what is missing or empty in plain words', async () => {
    const answer = await api.call('POST', '/v1/dockings', {
      ...NEW_DOCKING,
      appSecret: '',
      brand: undefined,
    });
    const said = answer.body['errors'] as { field: string; message: string }[];
    expect(said).toContainEqual({ field: 'appSecret', message: 'must not be empty' });
    expect(said.find(({ field }) => field === 'brand')?.message).toBeDefined();
  });

  it('cannot be paused before they were live: a pause is no way around the onboarding', async () => {
    const answer = await api.call('PATCH', path, { state: 'paused' });
    expect(answer.body).toMatchObject({ status: 409, type: 'Docking.NotReady' });
    expect((await api.call('GET', path)).body['state']).not.toBe('paused');
  });
});

describe('reminders', () => {
  it('are on from the first minute, with ready-made rules', async () => {
    const fresh = await api.call('POST', '/v1/dockings', NEW_DOCKING);
    const read = await api.call('GET', `/v1/dockings/${String(fresh.body['id'])}/reminders`);
    expect(read.headers['etag']).toBe('"1"');
    expect(read.body).toMatchObject({ enabled: true, version: 1 });
    const rules = read.body['rules'] as { id: string; enabled: boolean; name: string }[];
    expect(rules.find(({ id }) => id === 'ready-assigned')).toMatchObject({
      name: '工单分配给我',
      enabled: true,
    });
    // What was read can be written back as it is.
    const written = await api.call('PUT', `/v1/dockings/${String(fresh.body['id'])}/reminders`, read.body);
    expect(written).toMatchObject({ status: 200, body: { version: 2, rules } });
  });

  it('are refused with the path of each fault, and nothing is saved', async () => {
    const answer = await api.call('PUT', `${path}/reminders`, {
      enabled: true,
      rules: [{ ...RULE, conditions: { all: [{ fact: 'ticket.colour', operator: 'equal', value: 1 }] } }],
    });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body['errors'])).toContain('conditions');
    expect((await api.call('GET', `${path}/reminders`)).body).toMatchObject({ version: 1 });
  });

  it('are versioned: who saves over an unseen version is refused', async () => {
    const auth = { authorization: 'Bearer the-admin-token-of-this-test' };
    const saved = await api.call(
      'PUT',
      `${path}/reminders`,
      { enabled: true, rules: [RULE] },
      { ...auth, 'if-match': '"1"' },
    );
    expect(saved.body).toMatchObject({ version: 2, enabled: true });
    expect(saved.headers['etag']).toBe('"2"');
    const late = await api.call(
      'PUT',
      `${path}/reminders`,
      { enabled: false, rules: [] },
      { ...auth, 'if-match': '"1"' },
    );
    expect(late.body).toMatchObject({ status: 412, type: 'Reminders.VersionMoved' });
  });
});

describe('ticket events', () => {
  it('name the bad field and store nothing when every one is bad', async () => {
    const answer = await api.call(
      'POST',
      `${path}/ticket-events`,
      ticketEvent('bad-1', { occurredAt: 'yesterday' }),
    );
    expect(answer.status).toBe(400);
    expect(fieldsOf(answer.body)).toEqual(['occurredAt']);
    expect((await api.call('GET', `${path}/ticket-events/bad-1`)).status).toBe(404);
  });

  it('accept the good ones of a batch and refuse the bad ones by name', async () => {
    const answer = await api.call('POST', `${path}/ticket-events`, {
      events: [ticketEvent('good-1'), { eventId: 'bad-2' }, ticketEvent('good-2')],
    });
    expect(answer.status).toBe(202);
    const states = (answer.body['events'] as { eventId: string; state: string }[]).map((event) => [
      event.eventId,
      event.state,
    ]);
    expect(states).toEqual([
      ['good-1', 'accepted'],
      ['bad-2', 'refused'],
      ['good-2', 'accepted'],
    ]);
  });

  it('answer a repeated event as a duplicate', async () => {
    const answer = await api.call('POST', `${path}/ticket-events`, ticketEvent('good-1'));
    expect(answer.body['events']).toEqual([{ eventId: 'good-1', state: 'duplicate' }]);
  });

  it('say why nothing was sent while the docking is not live', async () => {
    const why = await api.call('GET', `${path}/ticket-events/good-1`);
    expect(why.body).toMatchObject({ eventId: 'good-1', ticketId: 'T1', rulesVersion: 2 });
    expect(why.body['receivers']).toEqual([
      expect.objectContaining({ outcome: 'suppressed', reason: 'docking-off' }),
    ]);
  });

  it('are refused as a batch of more than a hundred', async () => {
    const events = Array.from({ length: 101 }, (_, index) => ticketEvent(`many-${index}`));
    const answer = await api.call('POST', `${path}/ticket-events`, { events });
    expect(fieldsOf(answer.body)).toEqual(['events']);
  });
});

describe('the doors for machines', () => {
  it('store a push of the ticket system raw and acknowledge it in its own words', async () => {
    const answer = await api.call(
      'POST',
      `/tickets/${dockingId}/events`,
      { ticketid: 'x', ticket_code: 'y' },
      {},
    );
    expect(answer.body).toMatchObject({ retCode: '000000' });
    const [push] = await api.store.pushes.next(dockingId, 10, new Date());
    expect(JSON.parse(push?.body ?? '')).toEqual({ ticketid: 'x', ticket_code: 'y' });
  });

  it('refuse a push that is no JSON', async () => {
    const answer = await api.call('POST', `/tickets/${dockingId}/events`, 'hello', {
      'content-type': 'application/json',
    });
    expect(answer.status).toBe(400);
  });

  it('refuse platform events of a docking without keys', async () => {
    const answer = await api.call('POST', `/feishu/${dockingId}/events`, { type: 'url_verification' }, {});
    expect(answer.body).toMatchObject({ status: 401, type: 'FeishuEvent.Refused' });
  });

  it('are all on the page of the API, and no others', async () => {
    const { body } = await api.call('GET', '/openapi.json', undefined, {});
    const served = Object.entries(body['paths'] as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const page = readFileSync(join(__dirname, '../../docs/api.md'), 'utf8');
    const documented = [...page.matchAll(/^\| `([A-Z]+ \/\S+)`/gm)].map(([, call]) => call);
    expect(documented.sort()).toEqual(served.sort());
  });

  it('take an announced but empty JSON body for no body', async () => {
    const headers = {
      authorization: 'Bearer the-admin-token-of-this-test',
      'content-type': 'application/json',
    };
    const answer = await fetch(`${api.url}/v1/dockings/dk_none/directory/syncs`, { method: 'POST', headers });
    expect(answer.status).toBe(404);
  });

  it('understand a custom verb whose colon was encoded', async () => {
    const answer = await api.call('POST', '/v1/dockings/dk_none/bindings%3Aauto', {});
    expect(answer.body).toMatchObject({ status: 404, type: 'Resource.NotFound' });
  });
});
