import { FeishuError, type FeishuClient } from '../../feishu';
import type { Store } from '../../store';
import type { BoundAgents } from './judge-ranges';

/** A check answers a waiting admin: more are left to the directory sync, which looks at everybody each night. */
const MOST = 1000;
const PER_AVAILABILITY_CHECK = 100;
const PER_READ = 50;

type Bound = BoundAgents['outside'][number];

/** Bound agents who get no message, because the app is not available to them. Null = not allowed to ask. */
export function outsideAvailability(
  store: Store,
  client: FeishuClient,
  dockingId: string,
): Promise<BoundAgents | null> {
  return asking(store, dockingId, PER_AVAILABILITY_CHECK, async (userIds) => {
    const { users } = await client.application.checkAvailability({ userIds });
    return users.flatMap(({ id, allowed, denied }) => (allowed === true && denied !== true ? [id] : []));
  });
}

/** Bound agents whom the contact calls do not show. Null = not allowed to ask. */
export function outsideContactRange(
  store: Store,
  client: FeishuClient,
  dockingId: string,
): Promise<BoundAgents | null> {
  return asking(store, dockingId, PER_READ, async (openIds) =>
    (await client.contact.users(openIds)).map(({ openId }) => openId),
  );
}

async function asking(
  store: Store,
  dockingId: string,
  size: number,
  inside: (employeeIds: string[]) => Promise<string[]>,
): Promise<BoundAgents | null> {
  const { bound, more } = await readBound(store, dockingId);
  const outside: Bound[] = [];
  try {
    for (let start = 0; start < bound.length; start += size) {
      const batch = bound.slice(start, start + size);
      const kept = new Set(await inside(batch.map(({ employeeId }) => employeeId)));
      outside.push(...batch.filter(({ employeeId }) => !kept.has(employeeId)));
    }
  } catch (error) {
    // The range itself was read; only who falls outside stays open.
    if (error instanceof FeishuError && error.retry === 'never') return null;
    throw error;
  }
  return { asked: bound.length, more, outside };
}

async function readBound(store: Store, dockingId: string): Promise<{ bound: Bound[]; more: boolean }> {
  const bound: Bound[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Store['bindings']['list']>> = await store.bindings.list(dockingId, {
      cursor,
      limit: 200,
      state: 'active',
    });
    bound.push(...page.items.map(({ agentId, employeeId }) => ({ agentId, employeeId })));
    cursor = page.nextCursor;
  } while (cursor !== null && bound.length < MOST);
  return { bound, more: cursor !== null };
}
