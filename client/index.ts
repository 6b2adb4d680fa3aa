/** The door for Node ticket systems and for our own API: start workflows, decide, ask. */
export { createDockingClient, type DockingClient, type DockingClientOptions } from './docking-client';
export { createDockingSchedules, type DockingSchedules } from './schedules';
export { AlreadyRunning, DecisionRefused, InvalidChange, NotRunning } from './errors';
export { connectTemporal, signallingClient } from './connection';
export type * from '../workflows/messages';
export { workflowSubject, SEARCH_ATTRIBUTES, TASK_QUEUES } from '../workflows/names';
