import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  type ConnectionOptions,
} from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

/** For Node ticket systems: connects with the standard `TEMPORAL_*` variables and profiles that the `temporal` CLI reads too. */
export async function connectTemporal(): Promise<{ client: Client; close: () => Promise<void> }> {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  const connection = await Connection.connect(impatient(connectionOptions));
  const client = new Client({ connection, ...(namespace ? { namespace } : {}) });
  return { client, close: () => connection.close() };
}

/** A client that signals, see `impatient`; it connects with its first call. */
export function signallingClient(
  options: ConnectionOptions | undefined,
  namespace: string,
): { client: Client; close: () => Promise<void> } {
  const connection = Connection.lazy(impatient(options));
  return { client: new Client({ connection, namespace }), close: () => connection.close() };
}

const USUAL = defaultGrpcRetryOptions();
/** Grows by half each time, up to a quarter of a second, for about ten seconds. */
const [FIRST_MS, LONGEST_MS, TRIES] = [20, 250, 45];
const isClosing = ({ details }: { details: string }): boolean => /workflow is closing/i.test(details);

/**
 * A run that wanted to end when a signal came takes no other until its next task is done, some milliseconds or a card later. The server
 * says so with the code of an overload, after which the SDK waits a second, and a NativeConnection knows no other pause (SDK 1.24): twenty
 * events of one ticket at once took eight seconds.
 */
function impatient(options: ConnectionOptions = {}): ConnectionOptions {
  const retry = makeGrpcRetryInterceptor({
    delayFunction: (attempt, status) =>
      isClosing(status)
        ? Math.min(FIRST_MS * 1.5 ** attempt, LONGEST_MS)
        : USUAL.delayFunction(attempt, status),
    retryableDecider: (attempt, status) =>
      isClosing(status) ? attempt < TRIES : USUAL.retryableDecider(attempt, status),
  });
  return { ...options, interceptors: [retry] };
}
