import { versioned } from '../store/fixture';
import { readCsv } from '../../api/csv';
import { directoryChangesId } from '../../workflows/names';
import { NEW_DOCKING, startApi, type TestApi } from './server';

let api: TestApi;
let dockingId: string;
let path: string;
const VERIFICATION = 'a-verification-token';

beforeAll(async () => {
  api = await startApi();
  const created = await api.call('POST', '/v1/dockings', {
    ...NEW_DOCKING,
    verificationToken: VERIFICATION,
  });
  dockingId = String(created.body['id']);
  path = `/v1/dockings/${dockingId}`;
  const { employees, departments, agents } = api.store;
  await departments.bulkUpsert(
    dockingId,
    [{ departmentId: 'od-desk', name: 'Desk', parentId: '0', state: 'active' }],
    'run',
  );
  await employees.bulkApply(
    dockingId,
    Array.from({ length: 40 }, (_, index) => ({
      employeeId: `ou-${index}`,
      name: `Person ${index}`,
      email: `person${index}@corp.example`,
      mobile: `+861380000${String(index).padStart(4, '0')}`,
      departmentIds: index % 2 === 0 ? ['od-desk'] : ['0'],
      state: index === 39 ? ('frozen' as const) : ('active' as const),
    })),
  );
  await agents.replaceAll(
    dockingId,
    Array.from({ length: 40 }, (_, index) => ({
      agentId: `agent-${index}`,
      name: index === 7 ? '=HYPERLINK("x")' : `Agent ${index}`,
      email: `Agent${index}@Desk.example`,
      mobile: null,
      groupIds: [],
      state: 'active' as const,
    })),
  );
});
afterAll(() => api?.close());

const bind = (index: number, over: object = {}) =>
  api.call('POST', `${path}/bindings`, { employeeId: `ou-${index}`, agentId: `agent-${index}`, ...over });
const items = (body: Record<string, unknown>) => body['items'] as Record<string, unknown>[];

describe('one binding', () => {
  it('is refused for a side that is bound, and replaced in one step when asked knowingly', async () => {
    expect((await bind(0)).status).toBe(201);
    const refused = await bind(0, { agentId: 'agent-1' });
    expect(refused).toMatchObject({ status: 409, body: { type: 'Binding.AlreadyBound' } });
    const replaced = await bind(0, { agentId: 'agent-1', replace: true });
    expect(replaced).toMatchObject({ status: 201, body: { employeeId: 'ou-0', agentId: 'agent-1' } });
    expect(await api.store.bindings.byAgent(dockingId, ['agent-0'])).toEqual([]);
    const history = await api.call('GET', `${path}/bindings/history?employeeId=ou-0`);
    expect(items(history.body)).toMatchObject([
      { employeeName: 'Person 0', agentId: 'agent-0', agentName: 'Agent 0', endedBecause: 'replaced' },
    ]);
  });

  it('moves to another agent, but takes nobody else’s without being told to', async () => {
    const first = await bind(2);
    await bind(3);
    const rebind = (body: object) =>
      api.call('POST', `${path}/bindings/${String(first.body['id'])}:rebind`, body);
    expect(await rebind({ agentId: 'agent-3' })).toMatchObject({
      status: 409,
      body: { type: 'Binding.AlreadyBound' },
    });
    expect(await rebind({ agentId: 'agent-4' })).toMatchObject({
      status: 200,
      body: { employeeId: 'ou-2', agentId: 'agent-4', agentName: 'Agent 4' },
    });
  });
});

describe('several bindings', () => {
  const batch = (body: object) => api.call('POST', `${path}/bindings:batch`, body);

  it('come from a pasted list of mailboxes, numbers and ids, with an outcome for every row', async () => {
    await bind(10);
    const text = [
      'Employee;Agent',
      'PERSON11@corp.example; agent11@desk.example',
      '138 0000 0012;agent-12',
      'ou-10;agent-13',
      'ou-10;agent-10',
      'nobody@corp.example;agent-14',
      'ou-14;no-agent',
      'ou-11;agent-15',
    ].join('\r\n');
    const dry = await batch({ text, dryRun: true });
    expect(dry.body).toMatchObject({ dryRun: true, outcomes: { bound: 2 } });
    expect(await api.store.bindings.byEmployee(dockingId, ['ou-11', 'ou-12'])).toEqual([]);
    const { status, body } = await batch({ text });
    expect(status).toBe(200);
    expect(body['results']).toMatchObject([
      { line: 2, employeeId: 'ou-11', agentId: 'agent-11', outcome: 'bound' },
      { line: 3, employeeId: 'ou-12', agentId: 'agent-12', outcome: 'bound' },
      { line: 4, outcome: 'already-bound', reason: 'employee-bound-to-other' },
      { line: 5, outcome: 'several-matches', reason: 'listed-twice' },
      { line: 6, outcome: 'no-match', reason: 'employee-unknown' },
      { line: 7, outcome: 'no-match', reason: 'agent-unknown' },
      { line: 8, outcome: 'several-matches', reason: 'listed-twice' },
    ]);
  });

  it('are refused as a whole when the request itself is wrong', async () => {
    expect((await batch({})).status).toBe(400);
    expect((await batch({ text: '', replace: true })).status).toBe(400);
    expect((await batch({ bindings: [], region: 'XX' })).status).toBe(400);
  });

  it('are exported as they are listed, and can be read back', async () => {
    await bind(7);
    const { status, headers } = await api.call('GET', `${path}/bindings:export`);
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch('text/csv');
    const text = await (
      await fetch(`${api.url}${path}/bindings:export`, {
        headers: { authorization: 'Bearer the-admin-token-of-this-test' },
      })
    ).text();
    const rows = readCsv(text);
    expect(rows).toHaveLength((await api.store.bindings.count(dockingId)) + 1);
    // A name that a spreadsheet would run stays a text.
    expect(rows.find(([id]) => id === 'ou-7')?.[4]).toBe('\'=HYPERLINK("x")');
    const again = await batch({ text });
    expect(again.body['outcomes']).toEqual({ 'already-bound': rows.length - 1 });
  });
});

describe('the list', () => {
  it('is searched, filtered by department and by who would get nothing, page by page', async () => {
    await bind(38);
    await bind(39);
    const one = await api.call('GET', `${path}/bindings?q=Person%2038`);
    expect(items(one.body)).toMatchObject([
      { employeeId: 'ou-38', departments: [{ departmentId: 'od-desk', name: 'Desk' }], method: 'manual' },
    ]);
    const silent = await api.call('GET', `${path}/bindings?deliverable=false`);
    expect(items(silent.body)).toMatchObject([
      { employeeId: 'ou-39', deliverability: { ok: false, reasons: ['employee-frozen'] } },
    ]);
    const seen: unknown[] = [];
    for (let cursor = ''; ;) {
      const page = await api.call('GET', `${path}/bindings?department=od-desk&limit=2${cursor}`);
      seen.push(...items(page.body).map(({ employeeId }) => employeeId));
      const next = page.body['nextCursor'] as string | null;
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    const all = await api.store.bindings.list(dockingId, { limit: 200 });
    const expected = all.items.map(({ employeeId }) => employeeId);
    expect(seen).toEqual(expected.filter((id) => Number(id.slice(3)) % 2 === 0));
  });
});

describe('directory events of the platform', () => {
  const event = (eventId: string, type: string, body: object) =>
    api.call(
      'POST',
      `/feishu/${dockingId}/events`,
      {
        schema: '2.0',
        header: {
          event_id: eventId,
          event_type: type,
          token: VERIFICATION,
          create_time: String(Date.now()),
          app_id: NEW_DOCKING.appId,
          tenant_key: 't',
        },
        event: body,
      },
      {},
    );

  it('suspend a leaver before they are answered, list the open tickets, and start one workflow for all', async () => {
    await bind(20);
    await api.store.tickets.upsertIfNewer({
      dockingId,
      ticketId: 'T-20',
      order: versioned(1),
      snapshot: { assigneeId: 'agent-20', statusType: 'in_progress', title: 'Printer' },
      raw: null,
      updatedAt: new Date(),
    });
    const gone = { object: { open_id: 'ou-20' }, old_object: { department_ids: ['od-desk'] } };
    expect((await event('e-1', 'contact.user.deleted_v3', gone)).status).toBe(200);
    const leavers = await api.call('GET', `${path}/leavers`);
    expect(items(leavers.body)).toMatchObject([
      {
        state: 'left',
        openTickets: 1,
        tickets: [{ ticketId: 'T-20', title: 'Printer' }],
        binding: { employeeId: 'ou-20', state: 'suspended', suspendedReason: 'employee-left' },
      },
    ]);
    const users = Array.from({ length: 30 }, (_, index) => ({ object: { open_id: `ou-${index}` } }));
    await Promise.all(users.map((body, index) => event(`u-${index}`, 'contact.user.updated_v3', body)));
    await Promise.all(users.map((body, index) => event(`u-${index}`, 'contact.user.updated_v3', body)));
    const described = await api.temporal.workflow.getHandle(directoryChangesId(dockingId)).describe();
    expect(described.status.name).toBe('RUNNING');
    const { events = [] } = await api.temporal.workflow
      .getHandle(directoryChangesId(dockingId))
      .fetchHistory();
    const signals = (events ?? []).filter(
      ({ workflowExecutionSignaledEventAttributes }) => workflowExecutionSignaledEventAttributes,
    );
    expect(signals).toHaveLength(31);
  });

  it('offer somebody who came back, whom an admin then resumes', async () => {
    await bind(22);
    await api.store.leavers.suspend(dockingId, ['ou-22']);
    await api.store.leavers.offerBack(dockingId, ['ou-22']);
    const leavers = await api.call('GET', `${path}/leavers`);
    const offered = items(leavers.body).find(({ state }) => state === 'returned');
    const { id } = offered?.['binding'] as { id: string };
    expect(await api.call('POST', `${path}/bindings/${id}:resume`)).toMatchObject({
      status: 200,
      body: { state: 'active', suspendedReason: null },
    });
  });

  it('cannot resume somebody who has left', async () => {
    const made = await bind(24);
    await api.store.employees.markLeft(dockingId, ['ou-24']);
    await api.store.leavers.suspend(dockingId, ['ou-24']);
    expect(await api.call('POST', `${path}/bindings/${String(made.body['id'])}:resume`)).toMatchObject({
      status: 409,
      body: { type: 'Binding.WrongState' },
    });
  });
});

describe('runs', () => {
  it('of a sync that has ended take no decision meant for another', async () => {
    const started = await api.call('POST', `${path}/directory/syncs`, { mode: 'preview' });
    const runId = String(started.body['runId']);
    await api.store.syncRuns.patch(runId, { state: 'applied', finishedAt: new Date() });
    for (const verb of ['pause', 'resume', 'cancel', 'apply', 'discard']) {
      expect(await api.call('POST', `${path}/directory/syncs/${runId}:${verb}`)).toMatchObject({
        status: 409,
        body: { type: 'Run.NotRunning' },
      });
    }
    const nightly = api.temporal.schedule.getHandle(`docking:${dockingId}:directory:nightly`);
    expect((await nightly.describe()).spec.timezone).toBe('Asia/Shanghai');
  });

  it('of automatic binding give the whole report at once, with names', async () => {
    const started = await api.call('POST', `${path}/bindings:auto`, { by: ['email'], dryRun: true });
    expect(started.status).toBe(202);
    const runId = String(started.body['runId']);
    await api.store.bindingResults.putMany(
      Array.from({ length: 450 }, (_, index) => ({
        runId,
        employeeId: index < 10 ? `ou-${index}` : null,
        agentId: `agent-${index}`,
        outcome: index < 10 ? ('bound' as const) : ('no-match' as const),
        reason: 'x',
      })),
    );
    const report = await api.call('GET', `${path}/bindings/runs/${runId}`);
    expect(report.body).toMatchObject({
      state: 'running',
      matching: { by: ['email'], region: 'CN' },
      outcomes: { bound: 10, 'no-match': 440 },
    });
    expect(report.body['results']).toHaveLength(450);
    expect(report.body['results']).toContainEqual(
      expect.objectContaining({ employeeId: 'ou-1', employeeName: 'Person 1', agentName: 'Agent 1' }),
    );
    const bound = await api.call('GET', `${path}/bindings/runs/${runId}?outcome=bound`);
    expect(bound.body['results']).toHaveLength(10);
    expect(items((await api.call('GET', `${path}/bindings/runs`)).body)).toMatchObject([{ runId }]);
  });
});
