/** What a ticket's workflow does with the card that says when it reminds again. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { eventually } from '../stack/eventually';
import { timeSkipping, withWorkers } from './crew';
import { result, tellTicket } from './ticket-run';

let environment: TestWorkflowEnvironment;
timeSkipping((started) => (environment = started));

/** Two cards of one person, which are repeated every day, and a snooze of the first; gives what was asked for, in order. */
async function snoozed(ticketId: string, { over }: { over: boolean }): Promise<string[]> {
  const calls: string[] = [];
  const followUp = { employeeId: 'ou_1', role: 'assignee', repeatEveryMinutes: 60 * 24 };
  const activities = {
    deliverAtOnce: async (_docking: string, ids: string[]) => {
      calls.push(`send ${ids.join(' ')}`);
      return ids[0] === 'c1' ? { followUps: ids.map((deliveryId) => ({ deliveryId, ...followUp })) } : {};
    },
    planFollowUp: async (id: string, kind: string, round: number) => {
      calls.push(`${kind} ${round} of ${id}`);
      return { over, deliveryIds: over ? [] : [`${id}-${kind}-${round}`] };
    },
    carryOutClick: async (id: string) => {
      calls.push(`click ${id}`);
      return 'done';
    },
    refreshCards: async (_docking: string, ids: string[]) => {
      calls.push(`refresh ${ids.join(' ')}`);
      return { changed: ids.length, left: 0 };
    },
  };
  await withWorkers(environment, activities, async () => {
    const run = await tellTicket(environment, ticketId, [{ eventId: 'e1', deliveryIds: ['c1', 'c2'] }]);
    await eventually('the cards are out', () => Promise.resolve(calls.length === 1));
    const click = {
      clickId: 'c1:snooze',
      deliveryId: 'c1',
      employeeId: 'ou_1',
      action: 'snooze',
      minutes: 45,
    };
    await run.signal('cardClicked', click);
    await result(run);
  });
  return calls;
}

describe('a click on a card', () => {
  test('that snoozes says on its own card alone, and until the reminder only, when it comes', async () => {
    expect(await snoozed('reminded', { over: false })).toEqual([
      ...['send c1 c2', 'click c1:snooze'],
      ...['repeat 1 of c1', 'send c1-repeat-1', 'refresh c1'],
      ...['repeat 1 of c2', 'send c2-repeat-1'],
    ]);
  });

  test('that snoozes loses its line also where nobody is reminded, because the ticket moved on', async () => {
    expect(await snoozed('moved-on', { over: true })).toEqual([
      ...['send c1 c2', 'click c1:snooze'],
      ...['repeat 1 of c1', 'refresh c1', 'repeat 1 of c2'],
    ]);
  });
});
