/** Where this folder takes its time from, so that tests and rehearsals can turn it. */
export interface Clock {
  /** Epoch milliseconds, for what leaves the process or is shared between processes. */
  now(): number;
  /** Milliseconds that never jump when somebody sets the machine's clock, for ages and expiry. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
