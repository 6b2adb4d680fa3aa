import { openSharedServers, type SharedServers } from './shared-servers';

let shared: SharedServers | undefined;

/** Costs nothing until a test file asks for a shared server. */
export default async function globalSetup(): Promise<void> {
  shared = await openSharedServers();
  (globalThis as { stopSharedServers?: () => Promise<void> }).stopSharedServers = () => shared!.stop();
}
