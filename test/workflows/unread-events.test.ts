/** Events that a ticket system signals while its tickets cannot be read. */
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { EventToJudge, GivenUp, Judged } from '../../activities';
import { timeSkipping, withWorkers } from './crew';
import { result, tellTicket } from './ticket-run';

let environment: TestWorkflowEnvironment;
timeSkipping((started) => (environment = started));

const HOUR = 3600_000;

/** A ticket system that is away until `backAt`, and everything that is noted of it. */
function world({ backAt = Infinity, refused = [] as string[] } = {}) {
  const calls: string[] = [];
  return {
    calls,
    activities: {
      deliverAtOnce: async (_docking: string, ids: string[]) => {
        calls.push(...ids);
        return {};
      },
      judgeEvent: async ({ eventId }: EventToJudge): Promise<Judged> => {
        if (refused.includes(eventId)) {
          throw ApplicationFailure.nonRetryable('changes.0.field is missing', 'Event.Refused');
        }
        if ((await environment.currentTimeMs()) < backAt) throw new Error('the ticket system is away');
        return { deliveryIds: [`card of ${eventId}`] };
      },
      meetDeadline: async () => ({ deliveryIds: ['late'] }),
      keepUnread: async ({ eventId }: EventToJudge) => {
        calls.push(`kept ${eventId}`);
      },
      giveUpEvent: async ({ eventId }: EventToJudge, { code }: GivenUp) => {
        calls.push(`gave up ${eventId}: ${code}`);
      },
    },
  };
}

const reference = {
  type: 'ticket.created',
  occurredAt: '2026-01-01T00:00:00Z',
  actor: { type: 'system', id: 's' },
};

let tickets = 0;
const tell = (change: unknown) => tellTicket(environment, `unread-${(tickets += 1)}`, [change]);

test('events whose ticket cannot be read are on record at once, and told in their order when it can', async () => {
  const backAt = (await environment.currentTimeMs()) + 5 * HOUR;
  const { activities, calls } = world({ backAt });
  await withWorkers(environment, activities, async () => {
    const run = await tell({ eventId: 'e1', reference });
    await run.signal('ticketChanged', { eventId: 'e2', reference });
    expect(await result(run)).toEqual({ sent: 2, failed: 0 });
  });
  expect(calls).toEqual(['kept e1', 'kept e2', 'card of e1', 'card of e2']);
});

test('what else happens to the ticket does not wait for a ticket that cannot be read', async () => {
  const backAt = (await environment.currentTimeMs()) + 5 * HOUR;
  const { activities, calls } = world({ backAt });
  await withWorkers(environment, activities, async () => {
    const run = await tell({ eventId: 'e1', reference });
    await run.signal('ticketChanged', { eventId: 'e2', deliveryIds: ['c2'] });
    const deadline = { kind: 'ticket.overdue', at: backAt - 4 * HOUR };
    await run.signal('ticketChanged', { eventId: 'e3', deliveryIds: ['c3'], deadlines: [deadline] });
    expect(await result(run)).toMatchObject({ failed: 0 });
  });
  // Which of those that wait for nothing comes first is nobody's business.
  expect([...calls].sort()).toEqual(['c2', 'c3', 'card of e1', 'kept e1', 'late']);
  expect(calls.slice(-2)).toEqual(['late', 'card of e1']);
});

test('an event whose ticket cannot be read for a day is given up on record, and ends nothing else', async () => {
  const { activities, calls } = world();
  await withWorkers(environment, activities, async () => {
    const began = await environment.currentTimeMs();
    const run = await tell({ eventId: 'e1', reference });
    await run.signal('ticketChanged', { eventId: 'e2', deliveryIds: ['c2'] });
    expect(await result(run)).toEqual({ sent: 1, failed: 1 });
    expect((await environment.currentTimeMs()) - began).toBeGreaterThan(20 * HOUR);
  });
  expect(calls.slice(0, 2).sort()).toEqual(['c2', 'kept e1']);
  expect(calls.slice(2)).toEqual([expect.stringContaining('gave up e1')]);
});

test('an event that is not understood is given up at once, with the reason', async () => {
  const { activities, calls } = world({ refused: ['e1'] });
  await withWorkers(environment, activities, async () => {
    expect(await result(await tell({ eventId: 'e1', reference }))).toEqual({ sent: 0, failed: 1 });
  });
  expect(calls).toEqual(['gave up e1: Event.Refused']);
});

/** A ticket system that answers nobody before the card `c2` is out. */
function slowWorld() {
  const { calls, activities } = world({ backAt: 0 });
  let isOut: () => void = () => undefined;
  const out = new Promise<void>((done) => (isOut = done));
  let isAsked: () => void = () => undefined;
  const asked = new Promise<void>((done) => (isAsked = done));
  return {
    calls,
    asked,
    out,
    activities: {
      ...activities,
      deliverAtOnce: async (docking: string, ids: string[]) => {
        if (ids.includes('c2')) isOut();
        return activities.deliverAtOnce(docking, ids);
      },
      judgeEvent: async (event: EventToJudge): Promise<Judged> => {
        isAsked();
        await out;
        return activities.judgeEvent(event);
      },
    },
  };
}

test('a card that is due goes out while a signalled event has its first try', async () => {
  const { activities, calls } = slowWorld();
  // Before anybody works, so that one task of the run meets both.
  const run = await tell({ eventId: 'e1', reference });
  await run.signal('ticketChanged', { eventId: 'e3', reference });
  await run.signal('ticketChanged', { eventId: 'e2', deliveryIds: ['c2'] });
  await withWorkers(environment, activities, async () => {
    expect(await result(run)).toEqual({ sent: 3, failed: 0 });
  });
  expect(calls).toEqual(['c2', 'card of e1', 'card of e3']);
});

test('a ticket system that does not answer holds up what is signalled meanwhile for a moment only', async () => {
  const { activities, calls, asked, out } = slowWorld();
  await withWorkers(environment, activities, async () => {
    const run = await tell({ eventId: 'e1', reference });
    await run.signal('ticketChanged', { eventId: 'e3', reference });
    await asked;
    const began = Date.now();
    await run.signal('ticketChanged', { eventId: 'e2', deliveryIds: ['c2'] });
    await out;
    expect(Date.now() - began).toBeLessThan(12_000);
    expect(await result(run)).toEqual({ sent: 3, failed: 0 });
  });
  expect(calls.filter((call) => call.startsWith('card'))).toEqual(['card of e1', 'card of e3']);
});
