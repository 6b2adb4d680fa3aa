/** What a ticket's workflow does with events that join a card which is out, and while a click takes long. */
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { TriedAtOnce } from '../../activities';
import type { CardClicked, TicketChange } from '../../workflows/messages';
import { timeSkipping, withWorkers } from './crew';
import { result, tellTicket } from './ticket-run';

let environment: TestWorkflowEnvironment;
timeSkipping((started) => (environment = started));

const MINUTE = 60_000;
const follows = { deliveryId: 'c1', employeeId: 'ou_1', role: 'assignee', repeatEveryMinutes: 60 };
const claim: CardClicked = {
  clickId: 'c1:claim',
  deliveryId: 'c1',
  employeeId: 'ou_1',
  action: 'claim',
};

/** Something that a test lets happen when it is time. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((done) => (open = done));
  return { opened, open: () => open() };
}

let tickets = 0;
const tell = (change: TicketChange) => tellTicket(environment, `joined-${(tickets += 1)}`, [change]);

test('an event that joins a card costs a signal and one look, and counts as no further card', async () => {
  const activities = { deliverAtOnce: async (): Promise<TriedAtOnce> => ({}) };
  await withWorkers(environment, activities, async () => {
    const run = await tell({ eventId: 'e1', deliveryIds: ['c1'] });
    await run.signal('ticketChanged', { eventId: 'e2', deliveryIds: ['c1'] });
    expect(await result(run)).toEqual({ sent: 1, failed: 0 });
    expect((await run.fetchHistory()).events?.length).toBeLessThanOrEqual(12);
  });
});

test('an event that joins a card does not put off its repetition', async () => {
  const calls: string[] = [];
  const activities = {
    deliverAtOnce: async (_docking: string, ids: string[]): Promise<TriedAtOnce> => {
      calls.push(ids.join());
      if (ids[0] !== 'c1') return {};
      return { followUps: [follows] };
    },
    planFollowUp: async () => ({ over: false, deliveryIds: ['c1-again'] }),
  };
  await withWorkers(environment, activities, async () => {
    const run = await tell({ eventId: 'e1', deliveryIds: ['c1'] });
    // Time only runs while somebody waits for it.
    await environment.sleep(40 * MINUTE);
    await run.signal('ticketChanged', { eventId: 'e2', deliveryIds: ['c1'] });
    expect(await result(run)).toEqual({ sent: 2, failed: 0 });
    const { events } = await run.fetchHistory();
    const minutes = (index: number) => Number(events?.at(index)?.eventTime?.seconds ?? 0) / 60;
    expect(Math.round(minutes(-1) - minutes(0))).toBe(60);
  });
  expect(calls).toEqual(['c1', 'c1', 'c1-again']);
});

test('while the ticket system keeps a click waiting, other cards of the ticket go out', async () => {
  const answered = gate();
  const asked = gate();
  const sent: string[] = [];
  const activities = {
    deliverAtOnce: async (_docking: string, ids: string[]) => {
      sent.push(...ids);
      if (ids[0] === 'c2') answered.open();
      return {};
    },
    carryOutClick: async () => {
      asked.open();
      await answered.opened;
      return 'done' as const;
    },
  };
  await withWorkers(environment, activities, async () => {
    const run = await tell({ eventId: 'e1', deliveryIds: ['c1'] });
    await run.signal('cardClicked', claim);
    await asked.opened;
    await run.signal('ticketChanged', { eventId: 'e2', deliveryIds: ['c2'] });
    expect(await result(run)).toEqual({ sent: 2, failed: 0 });
  });
  expect([...new Set(sent)]).toEqual(['c1', 'c2']);
});

test.each([
  ['ends the repeating when it was done all the same', 'done', ['c1']],
  ['leaves the reminders as they were when nothing was done', 'refused', ['c1', 'c1-again']],
] as const)('a click that is given up %s', async (_what, outcome, sent) => {
  const calls: string[] = [];
  const activities = {
    deliverAtOnce: async (_docking: string, ids: string[]): Promise<TriedAtOnce> => {
      calls.push(...ids);
      return ids[0] === 'c1' ? { followUps: [follows] } : {};
    },
    carryOutClick: async () => {
      throw ApplicationFailure.nonRetryable('the card could not be shown', 'Feishu.server');
    },
    parkClick: async () => outcome,
    planFollowUp: async () => ({ over: false, deliveryIds: ['c1-again'] }),
  };
  await withWorkers(environment, activities, async () => {
    const run = await tell({ eventId: 'e1', deliveryIds: ['c1'] });
    await run.signal('cardClicked', claim);
    await result(run);
  });
  expect(calls).toEqual(sent);
});
