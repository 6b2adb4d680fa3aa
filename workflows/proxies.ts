/**
 * One table of time-outs and retries for every activity. Start-to-close bounds one try, schedule-to-close the whole
 * effort; a permanent failure is never retried because `activities/failures.ts` marks it so.
 */
import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { TASK_QUEUES } from './names';

/** Platform and ticket-system calls that read; seconds each, retried for an hour of outage. */
export const reading = proxyActivities<Activities>({
  taskQueue: TASK_QUEUES.feishu,
  startToCloseTimeout: '60s',
  scheduleToCloseTimeout: '1h',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '2m' },
});

/** Tickets behind events that came by a signal: retried through an outage of a day, then the event is given up on record. */
export const judging = proxyActivities<Activities>({
  taskQueue: TASK_QUEUES.feishu,
  startToCloseTimeout: '60s',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '2m' },
});

/** Reads that somebody waits for at the other end: they heartbeat, so that a dead worker is noticed within 15 s. */
export const following = proxyActivities<Activities>({
  taskQueue: TASK_QUEUES.feishu,
  startToCloseTimeout: '5m',
  scheduleToCloseTimeout: '1h',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '2m' },
});

/** Checks answer a waiting admin: they give up early and say `unknown` instead. */
export const checking = proxyActivities<Activities>({
  taskQueue: TASK_QUEUES.feishu,
  startToCloseTimeout: '20s',
  scheduleToCloseTimeout: '45s',
  retry: { initialInterval: '1s', maximumInterval: '5s', maximumAttempts: 3 },
});

/** Long loops over pages: they heartbeat their cursor and resume from it. */
export const pulling = proxyActivities<Activities>({
  taskQueue: TASK_QUEUES.feishu,
  startToCloseTimeout: '30m',
  scheduleToCloseTimeout: '12h',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});

/** Sends that could not be made at once: retried through an outage of a day, then parked for a person. */
export const sending = proxyActivities<Activities>({
  taskQueue: TASK_QUEUES.feishu,
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '2m' },
});

/** Word to the docking's admins: late is better than never, but a day later it is history. */
export const alerting = proxyActivities<Activities>({
  taskQueue: TASK_QUEUES.feishu,
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '2h',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '10m' },
});

/** Reads and writes of our own database. */
export const storing = proxyActivities<Activities>({
  taskQueue: TASK_QUEUES.store,
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '12h',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** Long work on our own database: compares and applies change sets, heartbeats its position. */
export const storingLong = proxyActivities<Activities>({
  taskQueue: TASK_QUEUES.store,
  startToCloseTimeout: '30m',
  scheduleToCloseTimeout: '12h',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** One quick try inside the workflow task: no event of its own in the history beyond a marker. */
export const atOnce = proxyLocalActivities<Activities>({
  startToCloseTimeout: '15s',
  scheduleToCloseTimeout: '20s',
  retry: { maximumAttempts: 2, initialInterval: '200ms' },
});

/**
 * The first look at a ticket that somebody else answers for. Short, since signals to its run wait until a local activity is over; once,
 * since what fails is tried again at once in an activity that nothing waits for.
 */
export const briefly = proxyLocalActivities<Activities>({
  startToCloseTimeout: '2s',
  scheduleToCloseTimeout: '2s',
  retry: { maximumAttempts: 1 },
});
