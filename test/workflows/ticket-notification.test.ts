import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { ApplicationFailure } from '@temporalio/common';
import type { TriedAtOnce } from '../../activities';
import type { TicketDecision } from '../../activities/notification/messages';
import type { CardClicked, TicketChange } from '../../workflows/messages';
import { ticketNotificationId, TASK_QUEUES } from '../../workflows/names';
import { timeSkipping, withWorkers } from './crew';
import { result, tellTicket } from './ticket-run';

let environment: TestWorkflowEnvironment;
timeSkipping((started) => (environment = started));

type Sent = TriedAtOnce;

interface FollowedUp {
  over: boolean;
  deliveryIds: string[];
  quietUntil?: number;
}

/** The platform's and the database's side of a ticket: says what it is told to, and writes down what it was asked. */
function world(answers: {
  atOnce?: (ids: string[]) => Sent;
  deliver?: (id: string) => unknown;
  followUp?: (id: string, kind: string, round: number) => FollowedUp;
  click?: (id: string) => 'done' | 'noted' | 'refused' | 'unknown';
}) {
  const calls: string[] = [];
  return {
    calls,
    activities: {
      deliverAtOnce: async (_docking: string, ids: string[]): Promise<TriedAtOnce> => {
        calls.push(`send ${ids.join(' ')}`);
        return answers.atOnce?.(ids) ?? {};
      },
      deliver: async (_docking: string, id: string) => {
        calls.push(`patiently ${id}`);
        return answers.deliver?.(id) ?? { outcome: 'sent' };
      },
      parkDelivery: async (id: string) => void calls.push(`park ${id}`),
      planFollowUp: async (id: string, kind: string, round: number) => {
        calls.push(`${kind} ${round} of ${id}`);
        return (
          answers.followUp?.(id, kind, round) ?? { over: false, deliveryIds: [`${id}-${kind}-${round}`] }
        );
      },
      carryOutClick: async (id: string) => {
        calls.push(`click ${id}`);
        return answers.click?.(id) ?? 'done';
      },
      parkClick: async (id: string) => void calls.push(`park ${id}`),
      refreshCards: async (_docking: string, ids: string[]) => void calls.push(`refresh ${ids.join(' ')}`),
      recordDecision: async ({ kind, by, deliveryIds }: TicketDecision) => {
        calls.push(`${kind} by ${by} of ${deliveryIds.join(' ')}`);
        return { clickIds: deliveryIds.map((id) => `${id}:${kind}:1`) };
      },
    },
  };
}

let tickets = 0;
const tell = (...changes: TicketChange[]) => tellTicket(environment, `t${(tickets += 1)}`, changes);
const card = { employeeId: 'ou_1', role: 'assignee' };
const followed =
  (plan: object) =>
  (ids: string[]): Sent =>
    ids[0] === 'c1' ? { followUps: [{ ...card, deliveryId: 'c1', ...plan }] } : {};
/** Until the workflow has done so much. */
async function reached(calls: string[], count: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (calls.length < count && Date.now() < deadline) await new Promise((done) => setTimeout(done, 20));
  expect(calls.length).toBeGreaterThanOrEqual(count);
}
const click = (action: CardClicked['action'], more: Partial<CardClicked> = {}): CardClicked => ({
  clickId: `c1:${action}`,
  deliveryId: 'c1',
  employeeId: 'ou_1',
  action,
  ...more,
});

test('a due card is sent once, and the run ends within eight history events', async () => {
  const { activities, calls } = world({});
  await withWorkers(environment, activities, async () => {
    const run = await tell({ eventId: 'e1', deliveryIds: ['c1'] });
    expect(await result(run)).toEqual({ sent: 1, failed: 0 });
    expect((await run.fetchHistory()).events?.length).toBeLessThanOrEqual(8);
  });
  expect(calls).toEqual(['send c1']);
});

test('an event that is told twice is worked on once', async () => {
  const { activities, calls } = world({ atOnce: followed({ repeatEveryMinutes: 60 * 24 }) });
  await withWorkers(environment, activities, async () => {
    const change = { eventId: 'e1', deliveryIds: ['c1'] };
    const run = await tell(change);
    await reached(calls, 1);
    await run.signal('ticketChanged', change);
    await run.signal('ticketChanged', { eventId: 'e2', deliveryIds: ['c2'] });
    await reached(calls, 2);
    await run.executeUpdate('acknowledge', { args: [{ by: 'op', employeeId: 'ou_1' }] });
    await result(run);
  });
  expect(calls.filter((call) => call.startsWith('send'))).toEqual(['send c1', 'send c2']);
});

test('what could not be sent at once goes the patient way; what gives up is parked beside the others', async () => {
  const { activities, calls } = world({
    atOnce: (ids) => ({ later: ids }),
    deliver: (id) => {
      if (id === 'c2') throw ApplicationFailure.nonRetryable('no', 'Feishu.parameters');
      return { outcome: 'sent' };
    },
  });
  await withWorkers(environment, activities, async () => {
    expect(await result(await tell({ eventId: 'e1', deliveryIds: ['c1', 'c2'] }))).toMatchObject({
      sent: 1,
      failed: 1,
    });
  });
  expect(calls.slice(1).sort()).toEqual(['park c2', 'patiently c1', 'patiently c2']);
});

test('a card that nobody reacts to is repeated as often as the rule says, then it is over', async () => {
  const { activities, calls } = world({ atOnce: followed({ repeatEveryMinutes: 30, repeatAtMost: 2 }) });
  await withWorkers(environment, activities, async () => {
    const began = await environment.currentTimeMs();
    await result(await tell({ eventId: 'e1', deliveryIds: ['c1'] }));
    expect((await environment.currentTimeMs()) - began).toBeGreaterThanOrEqual(60 * 60_000);
  });
  expect(calls).toEqual([
    'send c1',
    'repeat 1 of c1',
    'send c1-repeat-1',
    'repeat 2 of c1',
    'send c1-repeat-2',
  ]);
});

test('an unread card and one that nobody acknowledged go to the next people, each in its own time', async () => {
  const { activities, calls } = world({
    atOnce: followed({ unreadAfterMinutes: 10, escalateAfterMinutes: 60 }),
  });
  await withWorkers(environment, activities, async () => {
    await result(await tell({ eventId: 'e1', deliveryIds: ['c1'] }));
  });
  expect(calls).toEqual([
    'send c1',
    'unread 1 of c1',
    'send c1-unread-1',
    'escalate 1 of c1',
    'send c1-escalate-1',
  ]);
});

test('a follow-up of a ticket that moved on sends nothing and waits for nothing more', async () => {
  const { activities, calls } = world({
    atOnce: followed({ repeatEveryMinutes: 30, repeatAtMost: 5, escalateAfterMinutes: 60 }),
    followUp: () => ({ over: true, deliveryIds: [] }),
  });
  await withWorkers(environment, activities, async () => {
    await result(await tell({ eventId: 'e1', deliveryIds: ['c1'] }));
  });
  expect(calls).toEqual(['send c1', 'repeat 1 of c1']);
});

test.each([
  ['closed', []],
  ['reassigned', []],
] as const)('a ticket that was %s ends what is followed up', async (settles, deliveryIds) => {
  const { activities, calls } = world({ atOnce: followed({ repeatEveryMinutes: 60 * 24 }) });
  await withWorkers(environment, activities, async () => {
    const run = await tell({ eventId: 'e1', deliveryIds: ['c1'] });
    await reached(calls, 1);
    await run.signal('ticketChanged', { eventId: 'e2', deliveryIds: [...deliveryIds], settles });
    expect(await result(run)).toMatchObject({ failed: 0 });
  });
  expect(calls).toEqual(['send c1']);
});

test('an acknowledgement by update stops the repeating, and the query tells what is waited for before', async () => {
  const { activities, calls } = world({ atOnce: followed({ repeatEveryMinutes: 60 * 24 }) });
  await withWorkers(environment, activities, async () => {
    const run = await tell({ eventId: 'e1', deliveryIds: ['c1'] });
    await reached(calls, 1);
    expect(await run.query('why')).toMatchObject({ sent: 1 });
    expect(
      await run.executeUpdate('acknowledge', { args: [{ by: 'op', employeeId: 'ou_1' }] }),
    ).toMatchObject({
      nextAt: null,
    });
    await result(run);
  });
  // On record first; then its card shows it, as after a click.
  expect(calls).toEqual(['send c1', 'acknowledge by op of c1', 'click c1:acknowledge:1']);
});

test('a snooze is refused for somebody without a card and moves the next reminder for somebody with one', async () => {
  const { activities, calls } = world({ atOnce: followed({ repeatEveryMinutes: 10, repeatAtMost: 1 }) });
  await withWorkers(environment, activities, async () => {
    const began = await environment.currentTimeMs();
    const run = await tell({ eventId: 'e1', deliveryIds: ['c1'] });
    await reached(calls, 1);
    const stranger = run.executeUpdate('snooze', { args: [{ by: 'op', employeeId: 'ou_9', minutes: 90 }] });
    await expect(stranger).rejects.toThrow();
    await run.executeUpdate('snooze', { args: [{ by: 'op', employeeId: 'ou_1', minutes: 90 }] });
    await result(run);
    expect((await environment.currentTimeMs()) - began).toBeGreaterThanOrEqual(90 * 60_000);
  });
  const recorded = ['snooze by op of c1', 'click c1:snooze:1'];
  expect(calls).toEqual(['send c1', ...recorded, 'repeat 1 of c1', 'send c1-repeat-1', 'refresh c1']);
});

describe('a click on a card', () => {
  test.each(['acknowledge', 'claim', 'close'] as const)(
    '%s is carried out and ends the repeating',
    async (action) => {
      const { activities, calls } = world({ atOnce: followed({ repeatEveryMinutes: 60 * 24 }) });
      await withWorkers(environment, activities, async () => {
        const run = await tell({ eventId: 'e1', deliveryIds: ['c1'] });
        await reached(calls, 1);
        await run.signal('cardClicked', click(action));
        await result(run);
      });
      expect(calls).toEqual(['send c1', `click c1:${action}`]);
    },
  );

  test.each([
    ['claim', 'refused'],
    ['reply', 'noted'],
  ] as const)('%s that is %s leaves the reminders as they were', async (action, outcome) => {
    const { activities, calls } = world({
      atOnce: followed({ repeatEveryMinutes: 30, repeatAtMost: 1 }),
      click: () => outcome,
    });
    await withWorkers(environment, activities, async () => {
      const run = await tell({ eventId: 'e1', deliveryIds: ['c1'] });
      await reached(calls, 1);
      await run.signal('cardClicked', click(action));
      await result(run);
    });
    expect(calls).toEqual(['send c1', `click c1:${action}`, 'repeat 1 of c1', 'send c1-repeat-1']);
  });

  test('wakes a ticket whose run has ended, and a snooze reminds once', async () => {
    const { activities, calls } = world({});
    await withWorkers(environment, activities, async () => {
      const run = await environment.client.workflow.signalWithStart('ticketNotification', {
        workflowId: ticketNotificationId('d1', 'asleep'),
        taskQueue: TASK_QUEUES.docking,
        args: [{ dockingId: 'd1', ticketId: 'asleep' }],
        signal: 'cardClicked',
        signalArgs: [click('snooze', { minutes: 45 })],
      });
      await result(run);
    });
    expect(calls).toEqual(['click c1:snooze', 'repeat 1 of c1', 'send c1-repeat-1', 'refresh c1']);
  });
});

test('a card held back for quiet hours is sent when they end, even though the ticket was reassigned', async () => {
  let opened = false;
  const { activities, calls } = world({
    atOnce: (ids) => {
      if (opened || ids[0] !== 'c1') return {};
      opened = true;
      return { held: [{ ...card, deliveryId: 'c1', at: Date.now() + 365 * 24 * 3_600_000 }] };
    },
  });
  await withWorkers(environment, activities, async () => {
    const run = await tell({ eventId: 'e1', deliveryIds: ['c1'] });
    await reached(calls, 1);
    await run.signal('ticketChanged', { eventId: 'e2', deliveryIds: ['c2'], settles: 'reassigned' });
    expect(await result(run)).toMatchObject({ sent: 2 });
  });
  expect(calls).toEqual(['send c1', 'send c2', 'send c1']);
});

test('a repetition that meets quiet hours is said once at their end', async () => {
  let quietUntil = 0;
  const { activities, calls } = world({
    atOnce: followed({ repeatEveryMinutes: 30, repeatAtMost: 1 }),
    followUp: (id) =>
      calls.filter((call) => call.startsWith('repeat')).length === 1
        ? { over: false, deliveryIds: [], quietUntil }
        : { over: false, deliveryIds: [`${id}-again`] },
  });
  await withWorkers(environment, activities, async () => {
    quietUntil = (await environment.currentTimeMs()) + 9 * 3600_000;
    const run = await tell({ eventId: 'e1', deliveryIds: ['c1'] });
    await reached(calls, 1);
    expect(await result(run)).toEqual({ sent: 2, failed: 0 });
    expect(await environment.currentTimeMs()).toBeGreaterThanOrEqual(quietUntil);
  });
  expect(calls).toEqual(['send c1', 'repeat 1 of c1', 'repeat 1 of c1', 'send c1-again']);
});
