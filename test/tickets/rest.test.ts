import { createHmac } from 'node:crypto';
import type { TicketHint, TicketSystem } from '../../tickets';
import { allAgents, startCompany, until, type Company } from './company';

let company: Company;
let system: TicketSystem;
beforeAll(async () => {
  company = await startCompany();
});
afterAll(() => company.close());
beforeEach(async () => {
  company.reset();
  system = company.restSystem();
  await company.control('PATCH', '/ticket-systems/helpdesk', { pushUrl: company.pushUrl });
});

const newTicket = async (body: object = {}): Promise<string> =>
  (await company.control<{ ticketId: string }>('POST', '/tickets?system=helpdesk', body)).ticketId;
const active = () => {
  const all = company.simulator.world.systems.get('helpdesk')?.agents.values() ?? [];
  return [...all].filter((agent) => agent.status === 'active');
};
const draft = { name: 'New Colleague', email: 'new@corp.example', groupIds: [] };

test('tells its capabilities, statuses and groups in our words', async () => {
  expect(await system.capabilities()).toMatchObject({
    timezone: 'UTC',
    actions: expect.arrayContaining(['claim']) as string[],
  });
  expect((await system.listStatuses()).map((status) => [status.code, status.type])).toContainEqual([
    'pending',
    'waiting',
  ]);
  const groups = await system.listGroups();
  expect(groups.filter((group) => group.kind === 'ticket')).toHaveLength(8);
  expect(groups[0]?.memberIds).toBeInstanceOf(Array);
});

test('lists agents by pages and finds them by e-mail, phone or id', async () => {
  for (let i = 0; i < 200; i++)
    await company.control('POST', '/agents?system=helpdesk', { name: `Extra ${i}` });
  await company.control('POST', '/agents?system=helpdesk', {
    name: 'Known',
    email: 'Known@corp.example',
    mobile: '+8613911110000',
  });
  const agents = await allAgents(system);
  expect(agents.length).toBeGreaterThan(200);
  const found = await system.findAgent({ email: 'known@corp.example' });
  expect(found.map((agent) => agent.name)).toEqual(['Known']);
  expect(await system.findAgent({ phone: '13911110000' })).toEqual(found);
  expect(await system.findAgent({ id: found[0]?.agentId ?? '' })).toEqual(found);
  expect(await system.findAgent({ id: 'nobody' })).toEqual([]);
});

test('the same key makes one agent, also when the answer was lost', async () => {
  await company.control('POST', '/faults', {
    method: 'POST',
    path: '/v1/agents',
    effect: 'drop-answer',
    times: 1,
  });
  await expect(system.createAgent('key-1', draft)).rejects.toMatchObject({ retryClass: 'normal' });
  const made = await system.createAgent('key-1', draft);
  expect(made).toMatchObject({ ...draft, state: 'inactive', role: 'agent' });
  expect(await system.findAgent({ email: draft.email })).toEqual([made]);
});

test('a key used for somebody else and a taken e-mail are refused for good', async () => {
  const made = await system.createAgent('key-1', draft);
  await expect(system.createAgent('key-1', { ...draft, name: 'Other' })).rejects.toMatchObject({
    code: 'invalid',
  });
  await expect(system.createAgent('key-2', draft)).rejects.toMatchObject({
    code: 'already-exists',
    retryClass: 'never',
    existingId: made.agentId,
  });
});

test('a wrong API key is final and never shown', async () => {
  const failure: unknown = await company
    .restSystem({ apiKey: 'wrong-secret-key' })
    .capabilities()
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'credentials-refused', retryClass: 'never' });
  expect(String(failure)).not.toContain('wrong-secret-key');
});

test.each([
  ['a proxy page', { effect: 'html-502' }, { code: 'internal', retryClass: 'normal' }],
  [
    'a limit',
    { effect: 'rate-limit', resetSeconds: 3 },
    { code: 'rate-limited', retryClass: 'after', retryAfterMs: 3000 },
  ],
  ['no JSON', { effect: 'status', status: 200, body: 'oops' }, { code: 'malformed-answer' }],
  [
    'a strange ticket',
    { effect: 'status', status: 200, body: { id: 7 } },
    { code: 'malformed-answer', retryClass: 'never' },
  ],
])('%s is told apart', async (_what, fault, expected) => {
  await company.control('POST', '/faults', { path: '/v1/tickets/:id', ...fault });
  await expect(system.getTicket('t-1')).rejects.toMatchObject(expected);
});

test('a signed push becomes its event, without another call', async () => {
  const agent = active()[0];
  const ticketId = await newTicket({ agentId: agent?.agentId, priority: 'high' });
  const pushes = await company.arrived(2);
  const calls = company.simulator.world.calls.summary().total;
  const hints = pushes.flatMap((push) => system.parsePush(push.body, push.headers));
  const events = [];
  for (const hint of hints) events.push(...(await system.hydrate(hint, null)).events);
  expect(company.simulator.world.calls.summary().total).toBe(calls);
  expect(events.map((event) => event.type)).toEqual(
    expect.arrayContaining(['ticket.created', 'ticket.assigned_agent']) as string[],
  );
  expect(new Set(events.map((event) => event.causeId)).size).toBe(1);
  expect(events[0]?.ticket).toMatchObject({
    id: ticketId,
    priority: 'high',
    statusType: 'new',
    assigneeId: agent?.agentId,
  });
});

test('status words of the contract become ours, in the ticket and in its changes', async () => {
  const ticketId = await newTicket();
  await company.arrived(1);
  company.pushes.length = 0;
  await company.control('POST', `/tickets/${ticketId}/act`, { action: 'set_status', status: 'pending' });
  const [push] = await company.arrived(1);
  const [hint] = system.parsePush(push?.body ?? '', push?.headers ?? {});
  expect(hint?.event?.ticket.statusType).toBe('waiting');
});

test('an older event does not turn the snapshot back', async () => {
  const ticketId = await newTicket();
  await company.control('POST', `/tickets/${ticketId}/act`, { action: 'solve' });
  const pushes = await company.arrived(2);
  const hints = pushes
    .flatMap((push) => system.parsePush(push.body, push.headers))
    .sort((a, b) => Number(b.event?.ticket.version) - Number(a.event?.ticket.version));
  const newer = await system.hydrate(hints[0] as TicketHint, null);
  const older = await system.hydrate(hints[1] as TicketHint, newer.snapshot);
  expect(older.events.map((event) => event.type)).toEqual(['ticket.created']);
  expect(older.snapshot.ticket.statusType).toBe('solved');
});

describe('the signature', () => {
  const body = '{"some":"push"}';
  const sign = (secret: string, t: number, text = body): string =>
    `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${text}`).digest('hex')}`;
  const now = (): number => Math.floor(company.clock.now() / 1000);
  const refusal = (signature: string | undefined, secret: string | string[] = 'right'): unknown => {
    try {
      company.restSystem({ webhookSecret: secret }).parsePush(body, { 'x-signature': signature });
    } catch (error) {
      return error;
    }
    return undefined;
  };

  test.each([
    ['none', () => undefined],
    ['nonsense', () => 't=,v1='],
    ['of another secret', () => sign('wrong', now())],
    ['of another body', () => sign('right', now(), '{}')],
    ['six minutes old', () => sign('right', now() - 360)],
    ['six minutes ahead', () => sign('right', now() + 360)],
  ])('%s is refused', (_what, signature) => {
    expect(refusal(signature())).toMatchObject({ code: 'push-refused' });
  });

  test('a push that was stored is judged by the time it came in', async () => {
    await newTicket();
    const [push] = await company.arrived(1);
    const receivedAt = company.clock.now();
    company.simulator.world.clock.advance(3600);
    const { body = '', headers = {} } = push ?? {};
    expect(() => system.parsePush(body, headers)).toThrow('too old');
    expect(system.parsePush(body, headers, { receivedAt })).toHaveLength(1);
  });

  test('either of two secrets is enough while they change', () => {
    for (const secret of ['old', 'new']) {
      expect(refusal(sign(secret, now()), ['new', 'old'])).toMatchObject({ code: 'push-malformed' });
    }
  });

  test('without a secret every push is refused', () => {
    expect(refusal(sign('', now()), [])).toMatchObject({ code: 'push-refused' });
  });

  test('a rotated secret signs the next push, and the old one is still taken', async () => {
    await company.control('PATCH', '/ticket-systems/helpdesk', { webhookSecret: 'fresh-secret' });
    const rotating = company.restSystem({ webhookSecret: ['fresh-secret', company.helpdesk.webhookSecret] });
    await newTicket();
    const [push] = await company.arrived(1);
    expect(rotating.parsePush(push?.body ?? '', push?.headers ?? {})).toHaveLength(1);
    expect(() => system.parsePush(push?.body ?? '', push?.headers ?? {})).toThrow('does not match');
  });
});

test('events missed during an outage are replayed with the same ids', async () => {
  const mark = new Date(company.clock.now()).toISOString();
  company.answer = { status: 503, body: '' };
  const ticketId = await newTicket();
  await company.control('POST', `/tickets/${ticketId}/act`, { action: 'urge', text: 'hello?' });
  const pushes = await company.arrived(2);
  const pushed = pushes
    .flatMap((push) => system.parsePush(push.body, push.headers))
    .map((hint) => hint.event?.eventId);
  const { hints, nextSince } = await system.listMissedPushes(mark);
  expect(hints.map((hint) => hint.event?.eventId).sort()).toEqual(pushed.sort());
  await company.control('POST', `/tickets/${ticketId}/act`, { action: 'solve' });
  const next = await system.listMissedPushes(nextSince);
  expect(next.hints.map((hint) => hint.event?.type)).toEqual(['ticket.solved']);
});

test('an unanswered push comes again after ten seconds', async () => {
  company.answer = { status: 500, body: '' };
  await newTicket();
  await company.arrived(1);
  await until(() =>
    company.control<{ items: unknown[] }>('GET', '/pushes').then(({ items }) => items.length === 1),
  );
  company.answer = { status: 204, body: '' };
  company.simulator.world.clock.advance(11);
  await company.arrived(2);
  expect(company.pushes[1]?.body).toBe(company.pushes[0]?.body);
});

test('changed tickets are told once each, oldest first', async () => {
  const mark = new Date(company.clock.now()).toISOString();
  const made = [];
  for (let i = 0; i < 105; i++) made.push(await newTicket());
  const { hints } = await system.listChangedTickets(mark);
  expect(new Set(hints.map((hint) => hint.ticketId))).toEqual(new Set(made));
  expect(hints).toHaveLength(105);
});

describe('actions', () => {
  test('claim, reply, urge and close do what they say', async () => {
    const ticketId = await newTicket();
    const actorAgentId = active()[0]?.agentId ?? '';
    expect(await system.act('k1', ticketId, { kind: 'claim', actorAgentId })).toMatchObject({
      state: 'done',
      ticket: { assigneeId: actorAgentId, statusType: 'in_progress' },
    });
    expect(await system.act('k2', ticketId, { kind: 'reply', actorAgentId, text: 'hello' })).toMatchObject({
      state: 'done',
    });
    expect(await system.act('k3', ticketId, { kind: 'urge', actorAgentId })).toMatchObject({
      ticket: { urgeCount: 1 },
    });
    expect(await system.act('k4', ticketId, { kind: 'close', actorAgentId })).toMatchObject({
      ticket: { statusType: 'closed' },
    });
    expect(await system.act('k5', ticketId, { kind: 'reply', actorAgentId, text: 'late' })).toMatchObject({
      state: 'refused',
      code: 'unsupported',
    });
  });

  test('the same key replies once, also when the answer was lost', async () => {
    const ticketId = await newTicket();
    const action = { kind: 'reply', actorAgentId: active()[0]?.agentId ?? '', text: 'once' } as const;
    await company.control('POST', '/faults', {
      method: 'POST',
      path: '/v1/tickets/:id/actions',
      effect: 'drop-answer',
      times: 1,
    });
    await expect(system.act('k1', ticketId, action)).rejects.toMatchObject({ retryClass: 'normal' });
    expect(await system.act('k1', ticketId, action)).toMatchObject({ state: 'done' });
    expect(company.simulator.world.systems.get('helpdesk')?.tickets.get(ticketId)?.replies).toHaveLength(1);
  });

  test('a held ticket is not taken without force', async () => {
    const [one, two] = active();
    const ticketId = await newTicket({ agentId: one?.agentId });
    const claim = { kind: 'claim', actorAgentId: two?.agentId ?? '' } as const;
    expect(await system.act('k1', ticketId, claim)).toMatchObject({ state: 'refused', code: 'stale' });
    expect(await system.act('k2', ticketId, { ...claim, force: true })).toMatchObject({ state: 'done' });
  });
});
