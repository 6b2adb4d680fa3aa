/** What an operator decides over an update of a ticket's run, in somebody's place: the same proof as of a click. */
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createNotificationActivities } from '../../activities/notification';
import { dueCard, openNotifiedCompany } from '../activities/notified-company';
import { ticketNotificationId, TASK_QUEUES } from '../../workflows/names';
import { eventually } from '../stack/eventually';
import { startTimeSkipping } from '../support/servers';
import type { Company } from './company';
import { quietRuntime, withWorkers } from './crew';

let environment: TestWorkflowEnvironment;
let company: Company;
beforeAll(async () => {
  quietRuntime();
  environment = await startTimeSkipping();
  company = await openNotifiedCompany();
});
afterAll(async () => {
  await environment?.teardown();
  await company?.close();
});

const DAY = 24 * 60;
let tickets = 0;

/** A card that is out and repeated every day, and its ticket's run. */
async function waitedFor(body: (told: Awaited<ReturnType<typeof tell>>) => Promise<void>) {
  const timing = { repeatEveryMinutes: DAY, repeatAtMost: 1 };
  const due = await dueCard(company, { id: `decided-${(tickets += 1)}` }, { timing });
  await withWorkers(environment, createNotificationActivities(company.ports), async () => {
    await body(await tell(due));
  });
}

async function tell(due: Awaited<ReturnType<typeof dueCard>>) {
  const { ticketId } = await due.delivery();
  const run: WorkflowHandle = await environment.client.workflow.signalWithStart('ticketNotification', {
    workflowId: ticketNotificationId(due.dockingId, ticketId),
    taskQueue: TASK_QUEUES.docking,
    args: [{ dockingId: due.dockingId, ticketId }],
    signal: 'ticketChanged',
    signalArgs: [{ eventId: 'e1', deliveryIds: [due.deliveryId] }],
  });
  await eventually('the card is out', async () => {
    const { sent } = await run.query<{ sent: number }>('why');
    return sent === 1;
  });
  const { store } = company;
  const audit = async () =>
    (await store.audit.list({ dockingId: due.dockingId })).items.filter(({ action }) =>
      action.startsWith('ticket.'),
    );
  const onCard = () => store.clicks.onCards(due.dockingId, ticketId, [due.deliveryId]);
  return { ...due, ticketId, run, audit, onCard };
}

test('an acknowledgement is on record with who, when and for which card, and the card shows it', async () => {
  await waitedFor(async ({ run, employeeId, deliveryId, dockingId, ticketId, audit, onCard, messages }) => {
    const before = Date.now();
    await run.executeUpdate('acknowledge', { args: [{ by: 'acc-ops-1', employeeId }] });
    expect(await audit()).toMatchObject([
      {
        dockingId,
        actor: 'acc-ops-1',
        action: 'ticket.acknowledged',
        detail: { ticketId, employeeId, deliveryIds: [deliveryId], remindersOf: [deliveryId] },
      },
    ]);
    const [entry] = await audit();
    expect(Math.abs((entry?.at.getTime() ?? 0) - before)).toBeLessThan(60_000);
    expect(await onCard()).toMatchObject([
      { by: 'acc-ops-1', action: 'acknowledge', deliveryId, employeeId, state: 'done', askedAt: entry?.at },
    ]);
    expect(await run.result()).toEqual({ sent: 1, failed: 0 });
    const [message, ...more] = await messages();
    expect(more).toEqual([]);
    expect(message?.content).toContain('已知晓');
    expect(message?.content).not.toMatch(/"a":"(acknowledge|snooze)"/);
  });
});

test('a snooze is on record with its minutes, the card says until when, and the reminder comes then', async () => {
  await waitedFor(async ({ run, employeeId, deliveryId, audit, onCard, messages }) => {
    await run.executeUpdate('snooze', { args: [{ by: 'acc-ops-1', employeeId, minutes: 90 }] });
    expect(await audit()).toMatchObject([
      { actor: 'acc-ops-1', action: 'ticket.snoozed', detail: { deliveryIds: [deliveryId], minutes: 90 } },
    ]);
    expect(await onCard()).toMatchObject([{ by: 'acc-ops-1', action: 'snooze', minutes: 90, state: 'done' }]);
    await run.executeUpdate('snooze', { args: [{ by: 'acc-ops-2', employeeId, minutes: 30 }] });
    expect(await onCard()).toHaveLength(2);
    expect(await run.result()).toEqual({ sent: 2, failed: 0 });
    const [first, second] = await messages();
    expect(first?.content).toContain('再次提醒');
    expect(second).toBeDefined();
  });
});

test.each(['acknowledge', 'snooze'])(
  '%s for somebody of whom no card is waited on is refused, silences nobody and records nothing',
  async (decision) => {
    await waitedFor(async ({ run, employeeId, audit, onCard, messages }) => {
      const wish = { by: 'acc-ops-1', employeeId: 'ou_nobody', minutes: 5 };
      await expect(run.executeUpdate(decision, { args: [wish] })).rejects.toMatchObject({
        cause: { type: 'Run.NotRunning', message: 'No card of this employee is waited on.' },
      });
      const { events = [] } = await run.fetchHistory();
      expect(events?.some((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toBe(false);
      expect(await audit()).toEqual([]);
      expect(await onCard()).toEqual([]);
      expect(await run.query('why')).toMatchObject({
        waitingFor: expect.stringContaining('repeat') as unknown,
      });
      expect((await messages())[0]?.updates).toEqual([]);
      await run.executeUpdate('acknowledge', { args: [{ by: 'acc-ops-1', employeeId }] });
      await run.result();
    });
  },
);

test('a decision without an account is refused, and changes and records nothing', async () => {
  await waitedFor(async ({ run, employeeId, audit }) => {
    for (const wish of [undefined, {}, { employeeId }, { by: '', employeeId }, { by: 'acc-ops-1' }]) {
      await expect(run.executeUpdate('acknowledge', { args: [wish] })).rejects.toThrow();
      await expect(run.executeUpdate('snooze', { args: [{ minutes: 5, ...wish }] })).rejects.toThrow();
    }
    expect(await audit()).toEqual([]);
    expect(await run.query('why')).toMatchObject({
      waitingFor: expect.stringContaining('repeat') as unknown,
    });
    await run.executeUpdate('acknowledge', { args: [{ by: 'acc-ops-1', employeeId }] });
    await run.result();
  });
});

test('an event that comes while a decision is being recorded is told', async () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((done) => (open = done));
  const sent: string[] = [];
  const activities = {
    deliverAtOnce: async (_docking: string, ids: string[]) => {
      sent.push(...ids);
      if (ids[0] === 'c2') open();
      const followUp = { deliveryId: 'c1', employeeId: 'ou_1', role: 'assignee', repeatEveryMinutes: DAY };
      return ids[0] === 'c1' ? { followUps: [followUp] } : {};
    },
    recordDecision: async () => {
      await opened;
      return { clickIds: [] };
    },
  };
  await withWorkers(environment, activities, async () => {
    const run: WorkflowHandle = await environment.client.workflow.signalWithStart('ticketNotification', {
      workflowId: ticketNotificationId('d1', 'recorded-slowly'),
      taskQueue: TASK_QUEUES.docking,
      args: [{ dockingId: 'd1', ticketId: 'recorded-slowly' }],
      signal: 'ticketChanged',
      signalArgs: [{ eventId: 'e1', deliveryIds: ['c1'] }],
    });
    await eventually('the card is out', () => Promise.resolve(sent.length === 1));
    const decided = run.executeUpdate('acknowledge', { args: [{ by: 'acc-ops-1', employeeId: 'ou_1' }] });
    await run.signal('ticketChanged', { eventId: 'e2', deliveryIds: ['c2'] });
    await decided;
    expect(await run.result()).toEqual({ sent: 2, failed: 0 });
  });
  expect([...new Set(sent)]).toEqual(['c1', 'c2']);
});
