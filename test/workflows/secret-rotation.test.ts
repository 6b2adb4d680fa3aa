import { setUpAtWork, type SetUp } from './set-up';

const NEW_SECRET = 'n'.repeat(32);

let setUp: SetUp;
setUpAtWork((ground) => ({ setUp } = ground));

const inUse = async (dockingId: string): Promise<string> =>
  (await setUp.company.store.dockings.secrets(dockingId)).appSecret;
const pending = (dockingId: string): Promise<string | null> =>
  setUp.company.store.dockings.pendingAppSecret(dockingId);
const rotate = async (dockingId: string, secret: string) => {
  await setUp.company.store.dockings.setPending(dockingId, secret);
  return setUp.client.rotateSecret({ dockingId, requestedBy: 'account-1' });
};

test('a new secret that the platform takes replaces the old one, and the checklist is read with it', async () => {
  const dockingId = await setUp.dock();
  await setUp.app({ appSecret: NEW_SECRET });
  expect(await rotate(dockingId, NEW_SECRET)).toEqual({ outcome: 'promoted', ready: true });
  expect(await inUse(dockingId)).toBe(NEW_SECRET);
  expect(await pending(dockingId)).toBeNull();
});

test('a wrong secret is refused and the old one stays, also right after a check was started', async () => {
  const dockingId = await setUp.dock();
  const before = await inUse(dockingId);
  await setUp.client.startValidation({ dockingId, reason: 'check-again', requestedBy: 'account-1' });
  expect(await rotate(dockingId, 'w'.repeat(32))).toEqual({ outcome: 'refused', ready: false });
  expect(await inUse(dockingId)).toBe(before);
  expect(await pending(dockingId)).toBeNull();
});

test('while the platform does not answer nothing is concluded: the old secret stays, the new one is forgotten', async () => {
  const dockingId = await setUp.dock();
  const before = await inUse(dockingId);
  await setUp.company.control('POST', '/faults', {
    method: 'POST',
    path: '/open-apis/auth/v3/tenant_access_token/internal',
    effect: 'html-502',
  });
  expect(await rotate(dockingId, NEW_SECRET)).toEqual({ outcome: 'unreachable', ready: false });
  expect(await inUse(dockingId)).toBe(before);
  expect(await pending(dockingId)).toBeNull();
});
