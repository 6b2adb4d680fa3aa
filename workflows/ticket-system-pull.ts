import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { pullDue, pushesStored, refreshAgents, type TicketSystemPullInput } from './messages';
import { following, pulling, reading } from './proxies';

/**
 * Turns what happened in the ticket system into events: stored pushes by reading the tickets back, and – when told
 * that it is time – changes that no push told. Refreshes the list of agents on demand. Ends when there is nothing left
 * to read; one run at a time, so that no two looks at a ticket overtake each other.
 */
export async function ticketSystemPull({ dockingId }: TicketSystemPullInput): Promise<{ events: number }> {
  let pushes = true;
  let changes = false;
  let events = 0;

  setHandler(pushesStored, () => {
    pushes = true;
  });
  setHandler(pullDue, () => {
    changes = true;
  });
  setHandler(
    refreshAgents,
    () => reading.refreshAgents.executeWithOptions({ summary: 'Read the agents' }, [dockingId]),
    { description: 'Read the list of agents from the ticket system now' },
  );

  while (pushes || changes) {
    if (pushes) {
      pushes = false;
      const read = await following.readStoredPushes.executeWithOptions(
        { summary: 'Turn pushes into events' },
        [dockingId],
      );
      events += read.events;
      pushes ||= read.more;
    }
    if (changes) {
      changes = false;
      const pulled = await pulling.pullChanges.executeWithOptions(
        { summary: 'Look for changes that no push told' },
        [dockingId],
      );
      events += pulled.events;
    }
    setCurrentDetails(`${events} events so far in this run.`);
    await condition(allHandlersFinished);
    // Pushes still stored are found again by the next run, which begins with them.
    if (workflowInfo().continueAsNewSuggested && !changes) {
      await continueAsNew<typeof ticketSystemPull>({ dockingId });
    }
  }
  return { events };
}
