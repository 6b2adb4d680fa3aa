import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Deadline, Judged } from '../../activities';
import { timeSkipping, withWorkers } from './crew';
import { result, tellTicket } from './ticket-run';

let environment: TestWorkflowEnvironment;
timeSkipping((started) => (environment = started));

const MINUTE = 60_000;

function world(meet: (deadline: Deadline) => Judged = ({ kind }) => ({ deliveryIds: [`card of ${kind}`] })) {
  const calls: string[] = [];
  return {
    calls,
    activities: {
      deliverAtOnce: async (_docking: string, ids: string[]) => {
        calls.push(...ids);
        return {};
      },
      meetDeadline: async (_docking: string, _ticket: string, deadline: Deadline) => {
        calls.push(`met ${deadline.kind}`);
        return meet(deadline);
      },
      judgeEvent: async () => {
        throw new Error('the ticket system is away');
      },
      keepUnread: async () => undefined,
      giveUpEvent: async () => undefined,
    },
  };
}

let tickets = 0;
const tell = (change: unknown) => tellTicket(environment, `deadline-${(tickets += 1)}`, [change]);
const overdue = (at: number): Deadline => ({ kind: 'ticket.overdue', at });

test('a deadline becomes cards when it comes, not before', async () => {
  const { activities, calls } = world();
  await withWorkers(environment, activities, async () => {
    const began = await environment.currentTimeMs();
    const run = await tell({ eventId: 'e1', deliveryIds: [], deadlines: [overdue(began + 90 * MINUTE)] });
    expect(await result(run)).toEqual({ sent: 1, failed: 0 });
    expect((await environment.currentTimeMs()) - began).toBeGreaterThanOrEqual(90 * MINUTE);
  });
  expect(calls).toEqual(['met ticket.overdue', 'card of ticket.overdue']);
});

test('deadlines that are over when they are told of are met at once, before those ahead', async () => {
  const { activities, calls } = world();
  await withWorkers(environment, activities, async () => {
    const began = await environment.currentTimeMs();
    const breached: Deadline = { kind: 'ticket.sla_breached', metric: 'solution', at: began - 30 * MINUTE };
    const warning: Deadline = { kind: 'ticket.sla_warning', metric: 'first_response', at: began - MINUTE };
    const run = await tell({
      eventId: 'e1',
      deliveryIds: ['c1'],
      deadlines: [overdue(began + 60 * MINUTE), warning, breached],
    });
    expect(await result(run)).toEqual({ sent: 4, failed: 0 });
  });
  expect(calls).toEqual([
    'c1',
    ...['ticket.sla_breached', 'ticket.sla_warning', 'ticket.overdue'].flatMap((kind) => [
      `met ${kind}`,
      `card of ${kind}`,
    ]),
  ]);
});

test('a ticket whose due time moved is met at the new time only', async () => {
  const { activities, calls } = world();
  await withWorkers(environment, activities, async () => {
    const began = await environment.currentTimeMs();
    const run = await tell({ eventId: 'e1', deliveryIds: [], deadlines: [overdue(began + 60 * MINUTE)] });
    await run.signal('ticketChanged', {
      eventId: 'e2',
      deliveryIds: [],
      deadlines: [overdue(began + 600 * MINUTE)],
    });
    await result(run);
    expect((await environment.currentTimeMs()) - began).toBeGreaterThanOrEqual(600 * MINUTE);
  });
  expect(calls).toEqual(['met ticket.overdue', 'card of ticket.overdue']);
});

test('a closed ticket has nothing ahead any more, rules that wait included', async () => {
  const { activities, calls } = world();
  await withWorkers(environment, activities, async () => {
    const at = (await environment.currentTimeMs()) + 365 * 24 * 60 * MINUTE;
    const run = await tell({
      eventId: 'e1',
      deliveryIds: [],
      deadlines: [overdue(at)],
      rechecks: [{ kind: 'recheck', ruleId: 'r1', eventId: 'e1', at }],
    });
    await run.signal('ticketChanged', { eventId: 'e2', deliveryIds: [], settles: 'closed' });
    expect(await result(run)).toEqual({ sent: 0, failed: 0 });
  });
  expect(calls).toEqual([]);
});

test('a rule that waits keeps waiting when another event moves the ticket’s own deadlines', async () => {
  const { activities, calls } = world();
  await withWorkers(environment, activities, async () => {
    const began = await environment.currentTimeMs();
    const waits = { kind: 'recheck', ruleId: 'r1', eventId: 'e1', at: began + 10 * MINUTE };
    const run = await tell({ eventId: 'e1', deliveryIds: [], rechecks: [waits] });
    await run.signal('ticketChanged', {
      eventId: 'e2',
      deliveryIds: [],
      deadlines: [overdue(began + 20 * MINUTE)],
    });
    await result(run);
  });
  expect(calls).toEqual(['met recheck', 'card of recheck', 'met ticket.overdue', 'card of ticket.overdue']);
});

test('a deadline of a ticket that moved on sends nothing, and what it says lies ahead is waited for', async () => {
  let first = true;
  const later = { at: 0 };
  const { activities, calls } = world(() => {
    const answer: Judged = { deliveryIds: [], ...(first ? { deadlines: [overdue(later.at)] } : {}) };
    first = false;
    return answer;
  });
  await withWorkers(environment, activities, async () => {
    const began = await environment.currentTimeMs();
    later.at = began + 50 * MINUTE;
    const run = await tell({ eventId: 'e1', deliveryIds: [], deadlines: [overdue(began + 10 * MINUTE)] });
    expect(await result(run)).toEqual({ sent: 0, failed: 0 });
  });
  expect(calls).toEqual(['met ticket.overdue', 'met ticket.overdue']);
});

test.each([
  ['nothing', null],
  ['a text', 'ticketChanged'],
  ['a list', [1, 2]],
  ['an event without id', { deliveryIds: ['c1'] }],
  ['an id that is no text', { eventId: { $gt: '' }, deliveryIds: ['c1'] }],
  ['an endless id', { eventId: 'x'.repeat(100_000), deliveryIds: ['c1'] }],
  ['cards that are no ids', { eventId: 'e1', deliveryIds: [null, 7, {}, ''] }],
  [
    'deadlines that are none',
    {
      eventId: 'e1',
      deliveryIds: [],
      deadlines: [null, { kind: 'boom', at: 1 }, { kind: 'recheck', at: 'soon' }],
    },
  ],
])('a signal that brings %s stops nothing', async (_what, change) => {
  const { activities, calls } = world();
  await withWorkers(environment, activities, async () => {
    const run = await tell(change);
    await run.signal('cardClicked', change as never);
    await run.signal('ticketChanged', { eventId: 'good', deliveryIds: ['c9'] });
    expect(await result(run)).toMatchObject({ failed: 0 });
  });
  expect(calls).toContain('c9');
});

test('an event that can never be judged does not end the run of its ticket', async () => {
  const { activities, calls } = world();
  await withWorkers(environment, activities, async () => {
    const run = await tell({ eventId: 'e1', reference: { type: 'x' } });
    await run.signal('ticketChanged', { eventId: 'e2', deliveryIds: ['c2'] });
    expect(await result(run)).toEqual({ sent: 1, failed: 1 });
  });
  expect(calls).toEqual(['c2']);
});
