import { uniqueId } from '../store/fixture';
import { runActivity } from '../workflows/crew';
import {
  activities,
  cannotBeRead,
  company,
  made,
  newTicket,
  opened,
  pullFromCompany,
  typesOf,
  woken,
} from './pulled-company';

pullFromCompany();

describe('changes that no push told', () => {
  test('are found by looking: new tickets, and what happened to known ones', async () => {
    const { pullChanges } = activities();
    const ticketId = await newTicket();
    expect(await runActivity(() => pullChanges(made.id))).toMatchObject({ events: 2 });
    company.simulator.world.clock.advance(5);
    await company.control('POST', `/tickets/${ticketId}/act`, { action: 'set_priority', priority: 'urgent' });
    await company.control('POST', `/tickets/${ticketId}/act`, { action: 'urge', text: 'hurry' });
    await runActivity(() => pullChanges(made.id));
    expect(await typesOf(ticketId)).toEqual([
      'ticket.assigned_group',
      'ticket.created',
      'ticket.priority_changed',
      'ticket.urged',
    ]);
  });

  test('are told once, whether a push, a look or both found them, and are read once', async () => {
    const { pullChanges, readStoredPushes } = activities();
    const ticketId = await newTicket();
    const { items } = await company.control<{ items: { ticketId: string }[] }>('GET', '/tickets');
    expect(items.some((item) => item.ticketId === ticketId)).toBe(true);
    await opened.store.pushes.put({
      id: uniqueId('push'),
      dockingId: made.id,
      body: JSON.stringify({ ticketid: ticketId, ticket_code: 'x' }),
      receivedAt: new Date(),
      state: 'stored',
      reason: null,
    });
    company.simulator.world.clock.advance(10);
    expect(await runActivity(() => readStoredPushes(made.id))).toEqual({ events: 2, more: false });
    expect(await runActivity(() => pullChanges(made.id))).toMatchObject({ events: 0 });
    expect(await typesOf(ticketId)).toEqual(['ticket.assigned_group', 'ticket.created']);
  });

  test('are taken in although another ticket of the same push is not there; a push of none that is there is refused', async () => {
    const { readStoredPushes } = activities();
    const ticketId = await newTicket();
    const [mixed, empty] = [uniqueId('push'), uniqueId('push')];
    const push = (id: string, ...ids: string[]) =>
      opened.store.pushes.put({
        id,
        dockingId: made.id,
        body: JSON.stringify({
          type: 'ticket',
          content: ids.map((ticketid) => ({ ticketid, ticket_code: 'x' })),
        }),
        receivedAt: new Date(),
        state: 'stored',
        reason: null,
      });
    await push(mixed, 'nobody-knows-it', ticketId, 'nor-this-one');
    await push(empty, 'nobody-knows-it');
    company.simulator.world.clock.advance(10);
    expect(await runActivity(() => readStoredPushes(made.id))).toEqual({ events: 2, more: false });
    expect(await typesOf(ticketId)).toEqual(['ticket.assigned_group', 'ticket.created']);
    expect(await opened.store.pushes.get(mixed)).toMatchObject({ state: 'done', reason: 'not-found' });
    expect(await opened.store.pushes.get(empty)).toMatchObject({ state: 'refused', reason: 'not-found' });
  });

  test('are kept while the key of the ticket system is wrong, and read once it is right', async () => {
    const ticketId = await newTicket();
    await opened.store.pushes.put({
      id: uniqueId('push'),
      dockingId: made.id,
      body: JSON.stringify({ ticketid: ticketId, ticket_code: 'x' }),
      receivedAt: new Date(),
      state: 'stored',
      reason: null,
    });
    const wrongKey = activities('sobot', 'not-the-key');
    await expect(runActivity(() => wrongKey.readStoredPushes(made.id))).rejects.toThrow();
    company.simulator.world.clock.advance(10);
    expect(await runActivity(() => activities().readStoredPushes(made.id))).toMatchObject({ events: 2 });
  });

  test('of a REST system are replayed from its own record of events', async () => {
    const { pullChanges } = activities('rest');
    await opened.store.dockings.patch(made.id, {
      ticketSystem: { kind: 'rest', baseUrl: company.helpdesk.baseUrl },
    });
    const ticketId = await newTicket('?system=helpdesk');
    await runActivity(() => pullChanges(made.id));
    expect(await typesOf(ticketId)).toEqual(['ticket.created']);
    expect(await runActivity(() => pullChanges(made.id))).toMatchObject({ events: 0 });
  });

  test('are looked for again from the same mark when a look was interrupted', async () => {
    const { pullChanges } = activities();
    const tickets = [await newTicket(), await newTicket(), await newTicket()];
    await cannotBeRead();
    await expect(runActivity(() => pullChanges(made.id))).rejects.toThrow();
    await company.control('DELETE', '/faults');
    await runActivity(() => pullChanges(made.id));
    for (const ticketId of tickets) {
      expect(await typesOf(ticketId)).toEqual(['ticket.assigned_group', 'ticket.created']);
    }
  });

  test('are found although one of their tickets cannot be read, which is read later', async () => {
    const { pullChanges, readStoredPushes } = activities();
    const [broken, whole] = [await newTicket(), await newTicket()];
    await cannotBeRead(broken);
    company.simulator.world.clock.advance(10);
    expect(await runActivity(() => pullChanges(made.id))).toMatchObject({ events: 2 });
    expect(await typesOf(whole)).toEqual(['ticket.assigned_group', 'ticket.created']);
    await company.control('DELETE', '/faults');
    expect(await runActivity(() => readStoredPushes(made.id))).toEqual({ events: 2, more: false });
    expect(await typesOf(broken)).toEqual(['ticket.assigned_group', 'ticket.created']);
  });
});

describe('agents', () => {
  const stateOf = async (agentId: string) => (await opened.store.agents.get(made.id, agentId))?.state;
  const anAgent = async (system: string): Promise<string> =>
    (
      await company.control<{ agentId: string }>('POST', `/agents?system=${system}`, {
        name: 'Chen Jing',
        email: `${uniqueId('chen')}@example.com`,
        status: 'active',
      })
    ).agentId;

  test.each(['sobot', 'rest'] as const)(
    'of a %s system who are disabled there are known as such after the next look',
    async (kind) => {
      const { pullChanges } = activities(kind);
      if (kind === 'rest') {
        const ticketSystem = { kind, baseUrl: company.helpdesk.baseUrl };
        await opened.store.dockings.patch(made.id, { ticketSystem });
      }
      const agentId = await anAgent(kind === 'rest' ? 'helpdesk' : 'sobot');
      await runActivity(() => pullChanges(made.id));
      expect(await stateOf(agentId)).toBe('active');
      await company.control('PATCH', `/agents/${agentId}`, { status: 'disabled' });
      company.simulator.world.clock.advance(301);
      await runActivity(() => pullChanges(made.id));
      expect(await stateOf(agentId)).toBe('disabled');
    },
  );

  test('are not read anew with a look that follows at once', async () => {
    const { pullChanges } = activities();
    const agentId = await anAgent('sobot');
    await runActivity(() => pullChanges(made.id));
    await company.control('PATCH', `/agents/${agentId}`, { status: 'disabled' });
    company.simulator.world.clock.advance(30);
    await runActivity(() => pullChanges(made.id));
    expect(await stateOf(agentId)).toBe('active');
  });

  test('that cannot be read hold up no change of a ticket, and stay as they were known', async () => {
    const { pullChanges } = activities();
    const agentId = await anAgent('sobot');
    await runActivity(() => pullChanges(made.id));
    const ticketId = await newTicket();
    company.simulator.world.clock.advance(301);
    const path = '/api/basic/5/agent/query_agents';
    await company.control('POST', '/faults', {
      method: 'GET',
      path,
      effect: 'status',
      status: 500,
      times: 9,
    });
    await runActivity(() => pullChanges(made.id));
    await company.control('DELETE', '/faults');
    expect(await typesOf(ticketId)).toEqual(['ticket.assigned_group', 'ticket.created']);
    expect(await stateOf(agentId)).toBe('active');
  });

  test('stay as they were known when the list comes back empty', async () => {
    const { pullChanges } = activities();
    const agentId = await anAgent('sobot');
    await runActivity(() => pullChanges(made.id));
    company.simulator.world.clock.advance(301);
    await company.control('POST', '/faults', {
      method: 'GET',
      path: '/api/basic/5/agent/query_agents',
      effect: 'status',
      status: 200,
      body: { ret_code: '000000', ret_msg: 'OK', items: [], total_count: 0, page_no: 1 },
      times: 9,
    });
    await runActivity(() => pullChanges(made.id));
    await company.control('DELETE', '/faults');
    expect(await stateOf(agentId)).toBe('active');
  });
});

describe('the sweep', () => {
  test('wakes dockings that were not looked at for five minutes, and those with unread pushes', async () => {
    const { wakePulls, pullChanges } = activities();
    await wakePulls();
    expect(woken).toContain(`${made.id} changes`);
    await runActivity(() => pullChanges(made.id));
    woken.length = 0;
    await wakePulls();
    expect(woken.filter((line) => line.startsWith(made.id))).toEqual([]);
    await opened.store.pushes.put({
      id: uniqueId('push'),
      dockingId: made.id,
      body: '{}',
      receivedAt: new Date(),
      state: 'stored',
      reason: null,
    });
    company.simulator.world.clock.advance(301);
    await wakePulls();
    expect(woken.filter((line) => line.startsWith(made.id))).toEqual([
      `${made.id} pushes`,
      `${made.id} changes`,
    ]);
  });

  test('leaves dockings alone that are not live', async () => {
    await opened.store.dockings.setState(made.id, 'disabled');
    await activities().wakePulls();
    expect(woken.filter((line) => line.startsWith(made.id))).toEqual([]);
  });
});
