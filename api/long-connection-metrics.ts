import { Counter, Gauge, register } from 'prom-client';
import type { LongConnectionState } from '../feishu';

const CONNECTIONS = 'docking_long_connections';
const EVENTS = 'docking_long_connection_events_total';
const STATES = ['connecting', 'connected', 'waiting'] as const;

/** How many of this process are in which state. */
export function countConnections(states: readonly LongConnectionState['state'][]): void {
  const gauge =
    (register.getSingleMetric(CONNECTIONS) as Gauge<'state'> | undefined) ??
    new Gauge({
      name: CONNECTIONS,
      help: 'Long connections to the platform that this process holds, by state.',
      labelNames: ['state'],
    });
  for (const state of STATES) gauge.set({ state }, states.filter((one) => one === state).length);
}

export function countEvent(outcome: 'taken' | 'failed'): void {
  const counter =
    (register.getSingleMetric(EVENTS) as Counter<'outcome'> | undefined) ??
    new Counter({
      name: EVENTS,
      help: 'Events and clicks that came over a long connection of this process.',
      labelNames: ['outcome'],
    });
  counter.inc({ outcome });
}
