import { storing } from './proxies';

/** Finds events that were made durable but never reached their ticket workflow (a crash in between), and hands them over. */
export async function handoverSweep(): Promise<{ handedOver: number }> {
  return storing.sweepHandovers.executeWithOptions({ summary: 'Hand over what a crash left behind' }, []);
}
