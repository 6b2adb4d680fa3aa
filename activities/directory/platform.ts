import type { CallOptions, ContactCalls, FeishuClient } from '../../feishu';
import type { ActivityPorts } from '../ports';

/** One docking's platform client that counts its calls for the run that makes them. */
export interface CountedPlatform {
  /** One call to the platform; `options` carries the cancellation. */
  contact<T>(call: (contact: ContactCalls, options: CallOptions) => Promise<T>): Promise<T>;
  application<T>(
    call: (application: FeishuClient['application'], options: CallOptions) => Promise<T>,
  ): Promise<T>;
}

/**
 * Lets `body` call the platform for a run and adds the number of calls to the run, also when `body` fails: a call that
 * failed was counted by the platform too.
 */
export async function callingPlatform<T>(
  ports: ActivityPorts,
  { dockingId, runId }: { dockingId: string; runId: string | null },
  signal: AbortSignal,
  body: (platform: CountedPlatform) => Promise<T>,
): Promise<T> {
  const [docking, secrets] = await Promise.all([
    ports.store.dockings.require(dockingId),
    ports.store.dockings.secrets(dockingId),
  ]);
  const client = ports.feishu.for({
    appId: docking.appId,
    appSecret: secrets.appSecret,
    baseUrl: docking.platformUrl,
  });
  const calls = new Map<string, number>();
  const options: CallOptions = {
    signal,
    priority: 'routine',
    onExchange: (route) => calls.set(route, (calls.get(route) ?? 0) + 1),
  };
  try {
    return await body({
      contact: (call) => call(client.contact, options),
      application: (call) => call(client.application, options),
    });
  } finally {
    if (runId !== null && calls.size > 0) await ports.store.syncRuns.addCalls(runId, calls);
  }
}
