/** A ticket's run that is about to end takes no signal for a while; the server says so with the code of an overload. */
import { Server, ServerCredentials, status, type ServiceDefinition } from '@grpc/grpc-js';
import { createDockingClient, signallingClient } from '../../client';

const SIGNAL = 'SignalWithStartWorkflowExecution';
/** More than the ten tries of the SDK. */
const REFUSALS = 14;

/** A server that refuses the first signals, and tells how many it was sent. */
async function closingRun(): Promise<{ address: string; signals(): number; stop(): void }> {
  let signals = 0;
  const method = (name: string) => ({
    path: `/temporal.api.workflowservice.v1.WorkflowService/${name}`,
    requestStream: false,
    responseStream: false,
    requestSerialize: (message: Buffer) => message,
    requestDeserialize: (message: Buffer) => message,
    responseSerialize: (message: Buffer) => message,
    responseDeserialize: (message: Buffer) => message,
  });
  const service: ServiceDefinition = { system: method('GetSystemInfo'), signal: method(SIGNAL) };
  const server = new Server();
  server.addService(service, {
    system: (_call: unknown, answer: (error: null, message: Buffer) => void) => answer(null, Buffer.alloc(0)),
    signal: (_call: unknown, answer: (error: object | null, message?: Buffer) => void) => {
      signals += 1;
      if (signals > REFUSALS) answer(null, Buffer.alloc(0));
      else answer({ code: status.RESOURCE_EXHAUSTED, details: 'workflow is closing' });
    },
  });
  const port = await new Promise<number>((bound, failed) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, at) =>
      error ? failed(error) : bound(at),
    );
  });
  return { address: `127.0.0.1:${port}`, signals: () => signals, stop: () => server.forceShutdown() };
}

test('it is told again until it takes the signal, or another run does', async () => {
  const run = await closingRun();
  const { client, close } = signallingClient({ address: run.address }, 'default');
  try {
    await createDockingClient(client).ticketChanged('dk_1', '4711', {
      eventId: 'e1',
      deliveryIds: [],
      waiting: true,
    });
    expect(run.signals()).toBe(REFUSALS + 1);
  } finally {
    await close();
    run.stop();
  }
});
