import { allHandlersFinished, condition, setCurrentDetails, setHandler } from '@temporalio/workflow';
import { pushesStored, refreshAgents, type TicketSystemPullInput } from './messages';
import { reading } from './proxies';

/**
 * Turns the ticket system's stored pushes into events by reading the tickets back, and refreshes the list of agents
 * on demand. Ends when there is nothing left to read.
 */
export async function ticketSystemPull({ dockingId }: TicketSystemPullInput): Promise<{ events: number }> {
  let asked: boolean;
  let events = 0;

  setHandler(pushesStored, () => {
    asked = true;
  });
  setHandler(
    refreshAgents,
    () => reading.refreshAgents.executeWithOptions({ summary: 'Read the agents' }, [dockingId]),
    { description: 'Read the list of agents from the ticket system now' },
  );

  do {
    asked = false;
    const done = await reading.readStoredPushes.executeWithOptions({ summary: 'Turn pushes into events' }, [
      dockingId,
    ]);
    events += done.events;
    asked ||= done.more;
    setCurrentDetails(`${events} events so far in this run.`);
    await condition(allHandlersFinished);
  } while (asked);
  return { events };
}
