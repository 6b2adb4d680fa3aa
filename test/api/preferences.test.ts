import type { Docking } from '../../store';
import { openDesk, rule, setRules, ticketEvent } from '../intake/desk';
import { ADMIN_TOKEN, startApi, type TestApi } from './server';

let api: TestApi;
let desk: Docking;
let base: string;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

beforeEach(async () => {
  ({ docking: desk } = await openDesk(api.store, ['ou_1', 'ou_2']));
  base = `/v1/dockings/${desk.id}`;
  await setRules(api.store, desk.id, [rule({ receivers: [{ role: 'group-members' }] })]);
});

const person = (id: string): string => `${base}/employees/${id}/preferences`;

async function toldAbout(fields: object = {}): Promise<string[]> {
  const event = ticketEvent(fields);
  await api.call('POST', `${base}/ticket-events`, event);
  const why = await api.call('GET', `${base}/ticket-events/${event.eventId}`);
  return (why.body['receivers'] as { agentId: string; reason: string | null }[]).map(
    ({ agentId, reason }) => `${agentId} ${reason ?? 'due'}`,
  );
}

describe('what a person wants to hear', () => {
  it('is said per event and per how the ticket is theirs', async () => {
    const saved = await api.call('PUT', person('ou_1'), {
      events: { 'ticket.assigned_agent': { group: false }, '*': { followed: false } },
      quietHours: { from: '22:00', to: '08:00' },
      timeZone: 'Europe/Berlin',
      language: 'en',
      digest: { every: 'day', at: '09:00' },
    });
    expect(saved).toMatchObject({
      status: 200,
      body: { own: true, floor: [], quietHours: { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7] } },
    });
    expect((await api.call('GET', person('ou_1'))).body).toEqual(saved.body);
    await api.call('PUT', person('ou_1'), { events: { 'ticket.assigned_agent': { group: false } } });
    expect(await toldAbout()).toEqual(['a1 preference', 'a2 due']);
  });

  it('is what the docking says until they say something, and again after they take it back', async () => {
    await api.call('PUT', `${base}/preferences`, { events: { '*': { group: false } } });
    expect((await api.call('GET', person('ou_2'))).body).toMatchObject({ own: false });
    await api.call('PUT', person('ou_2'), {});
    expect(await toldAbout()).toEqual(['a1 preference', 'a2 due']);
    await api.call('DELETE', person('ou_2'));
    expect(await toldAbout()).toEqual(['a1 preference', 'a2 preference']);
  });

  it('never goes below the floor of the docking', async () => {
    await api.call('PUT', `${base}/preferences`, { floor: ['ticket.assigned_agent'] });
    await api.call('PUT', person('ou_1'), { events: { '*': { group: false } } });
    expect(await toldAbout()).toEqual(['a1 due', 'a2 due']);
  });

  it('names what cannot be read, and keeps what was there', async () => {
    await api.call('PUT', person('ou_1'), { language: 'zh' });
    const refused = await api.call('PUT', person('ou_1'), {
      quietHours: { from: '25:00', to: '08:00' },
      events: { 'ticket.nonsense': { mine: false } },
      language: 'fr',
      timeZone: 'Mars/Olympus',
    });
    expect(refused.status).toBe(400);
    const fields = (refused.body['errors'] as { field: string }[]).map(({ field }) => field).join(' ');
    for (const field of ['quietHours.from', 'events', 'language', 'timeZone'])
      expect(fields).toContain(field);
    expect((await api.call('GET', person('ou_1'))).body).toMatchObject({ language: 'zh' });
    expect((await api.call('GET', person('nobody'))).status).toBe(404);
  });

  it('has no quiet hours that end when they begin: all day and never would look the same', async () => {
    const quietHours = { from: '22:00', to: '22:00' };
    for (const path of [person('ou_1'), `${base}/preferences`]) {
      const refused = await api.call('PUT', path, { quietHours });
      expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'quietHours.to' }] } });
    }
  });
});

test('a calendar that was set can be taken away', async () => {
  const calendar = { timeZone: 'Asia/Shanghai', workingHours: { 1: [['09:00', '18:00']] }, holidays: [] };
  expect((await api.call('PATCH', base, { calendar })).body).toMatchObject({ calendar });
  expect(await api.call('PATCH', base, { calendar: null })).toMatchObject({
    status: 200,
    body: { calendar: null },
  });
  expect(await toldAbout()).toEqual(['a1 due', 'a2 due']);
});

describe('a time zone', () => {
  const calendarIn = (timeZone: string): object => ({
    calendar: { timeZone, workingHours: { 1: [['09:00', '18:00']] }, holidays: [] },
  });

  it.each(['Asia/Kolkata', 'Asia/Calcutta', 'Asia/Ho_Chi_Minh', 'Asia/Kathmandu', 'Europe/Kyiv', 'UTC'])(
    'may be %s, of a person and of a calendar',
    async (timeZone) => {
      expect(await api.call('PUT', person('ou_1'), { timeZone })).toMatchObject({
        status: 200,
        body: { timeZone },
      });
      expect((await api.call('PATCH', base, calendarIn(timeZone))).status).toBe(200);
      await api.call('PATCH', base, { calendar: null });
    },
  );

  it.each(['Mars/Olympus', '+08:00', '-0800', 'UTC+8', '', 'local'])(
    'is never %j, which is no name of one',
    async (timeZone) => {
      const ofPerson = await api.call('PUT', person('ou_1'), { timeZone });
      expect(ofPerson).toMatchObject({ status: 400, body: { errors: [{ field: 'timeZone' }] } });
      const ofCalendar = await api.call('PATCH', base, calendarIn(timeZone));
      expect(ofCalendar).toMatchObject({ status: 400, body: { errors: [{ field: 'calendar.timeZone' }] } });
    },
  );
});

describe('the why of an event', () => {
  it('says in both languages what was seen and what was wanted, and who was stopped by what', async () => {
    await setRules(api.store, desk.id, [
      rule({
        id: 'high',
        name: 'High only',
        conditions: {
          all: [
            { fact: 'ticket.assigneeId', operator: 'isNotEmpty' },
            { fact: 'ticket.priority', operator: 'greaterThanInclusive', value: 'high' },
          ],
        },
      }),
      rule({ id: 'unbound', receivers: [{ role: 'agents', agentIds: ['a9'] }] }),
    ]);
    const event = ticketEvent({ priority: 'normal' });
    await api.call('POST', `${base}/ticket-events`, event);
    const { body } = await api.call('GET', `${base}/ticket-events/${event.eventId}`);
    const { en, zh } = body['explanation'] as { en: string[]; zh: string[] };
    expect(en).toContainEqual(
      expect.stringContaining('condition 2 false: priority seen normal, wanted: is at least high'),
    );
    expect(en).toContain('agents a9: The agent is bound to no Feishu employee.');
    expect(zh).toContain('agents a9: 客服未绑定飞书员工。');
    expect(zh.join()).toContain('条件 2 不成立');
  });

  it('says until when it is quiet', async () => {
    const at = new Date();
    const hour = (shift: number) => `${String((at.getUTCHours() + shift + 24) % 24).padStart(2, '0')}:00`;
    await api.call('PUT', person('ou_1'), {
      quietHours: { from: hour(-1), to: hour(2), timeZone: 'UTC' },
    });
    const event = ticketEvent();
    await api.call('POST', `${base}/ticket-events`, event);
    const { body } = await api.call('GET', `${base}/ticket-events/${event.eventId}`);
    const { en } = body['explanation'] as { en: string[] };
    expect(en).toContainEqual(
      expect.stringMatching(/^group-members a1: a card is due, quiet until .* UTC\.$/),
    );
  });

  it('answers who misses a card: no rule listens, not meant, or no such event at all', async () => {
    const event = ticketEvent({ id: 'missed' });
    await api.call('POST', `${base}/ticket-events`, event);
    const other = ticketEvent({ id: 'missed' }, { type: 'ticket.split' });
    await api.call('POST', `${base}/ticket-events`, other);
    const ask = (query: string) => api.call('GET', `${base}/why?${query}`);
    const a1 = await ask('ticket=missed&agent=a1');
    expect(a1.body).toMatchObject({ bound: 'active' });
    const outcomes = (body: Record<string, unknown>) =>
      (body['events'] as { type: string; outcome: string; reason: string | null }[])
        .map(({ type, outcome, reason }) => `${type} ${outcome} ${reason ?? ''}`)
        .sort();
    expect(outcomes(a1.body)).toEqual([
      'ticket.assigned_agent pending ',
      'ticket.split not-meant no-rule-listens',
    ]);
    const stranger = await ask('ticket=missed&agent=a7&type=ticket.assigned_agent');
    expect(stranger.body).toMatchObject({ bound: 'unbound' });
    expect(outcomes(stranger.body)).toEqual(['ticket.assigned_agent not-meant no-role']);
    const nothing = await ask('ticket=never&agent=a1');
    expect(nothing.body['events']).toEqual([]);
    expect(nothing.body['summary']).toContain('No such event');
    const chinese = await api.call('GET', `${base}/ticket-events/${event.eventId}`, undefined, {
      authorization: `Bearer ${ADMIN_TOKEN}`,
      'accept-language': 'zh-CN',
    });
    expect(chinese.headers).toMatchObject({ 'content-language': 'zh' });
    expect(chinese.body['summary']).toMatch(/命中 \d+ 条；接收人：待提醒/);
    const unknown = await api.call('GET', `${base}/ticket-events/never`);
    expect(unknown.body).toMatchObject({ status: 404, type: 'Resource.NotFound' });
    expect(unknown.body['nextStep']).toContain('eventId');
  });
});

describe('the catalogue', () => {
  it('serves what rules can be written with', async () => {
    const { body } = await api.call('GET', '/v1/reminder-catalogue');
    expect(body['facts']).toContainEqual(
      expect.objectContaining({ name: 'ticket.priority', type: 'choice', ordered: true }),
    );
    expect(body['operators']).toContainEqual(
      expect.objectContaining({ name: 'changedTo', wants: 'one-or-many', factTypes: ['change'] }),
    );
    expect(body['reasons']).toHaveProperty('unbound.zh');
    expect(body['feishu']).toMatchObject({
      codes: { 230099: { errorClass: 'content', zh: '卡片内容创建失败。' } },
      classes: { content: { nextStep: { en: expect.stringContaining('sent once more') as string } } },
    });
    expect(body['timingSettings']).toContainEqual({
      name: 'card',
      describe: expect.stringContaining('urgent') as string,
    });
    expect((await api.call('GET', '/v1/reminder-catalogue', undefined, {})).status).toBe(401);
  });

  it('is in the OpenAPI document as the schema of a rule, with what urgency means for its timing', async () => {
    const { body } = await api.call('GET', '/openapi.json', undefined, {});
    const put = (body['paths'] as Record<string, { put: object }>)['/v1/dockings/{id}/reminders']?.put;
    const rule = 'requestBody.content.application/json.schema.properties.rules.items'.split('.');
    const described = (...field: string[]): unknown =>
      [...rule, ...field].reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], put);
    expect(described('properties', 'urgency', 'description')).toContain('`timing.card`');
    for (const setting of ['card', 'coalesceSeconds']) {
      const timing = described('properties', 'timing', 'properties', setting, 'description');
      expect(timing).toContain('Without effect where one of them is urgent');
    }
    expect(described('required')).toEqual(
      expect.arrayContaining(['name', 'triggers', 'receivers', 'conditions']),
    );
  });
});
