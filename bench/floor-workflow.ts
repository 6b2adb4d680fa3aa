/** The least that a durable notification can be: one signal, one workflow task, one sending activity. */
import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

export interface FloorEvent {
  app: number;
  receiver: string;
  uuid: string;
  title: string;
}

const { send } = proxyActivities<{ send(event: FloorEvent): Promise<string> }>({
  startToCloseTimeout: '30s',
});

export async function floorNotification(): Promise<void> {
  const events: FloorEvent[] = [];
  setHandler(defineSignal<[FloorEvent]>('happened'), (event) => void events.push(event));
  await condition(() => events.length > 0);
  for (let event = events.shift(); event; event = events.shift()) await send(event);
}
