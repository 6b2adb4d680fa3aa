export default async function globalTeardown(): Promise<void> {
  await (globalThis as { stopSharedServers?: () => Promise<void> }).stopSharedServers?.();
}
