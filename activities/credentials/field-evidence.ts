import { FeishuError, type FeishuClient, type FeishuUser } from '../../feishu';
import type { Store } from '../../store';
import type { FieldEvidence } from './judge-permissions';

/** Fewer people prove nothing: somebody may just have no mailbox. */
const FEWEST = 3;
const SAMPLE = 50;

/** Scope → whether a person came with what it opens. Feishu leaves a field out, silently, while its scope is not in force. */
const CAME: Readonly<Record<string, (user: FeishuUser) => boolean>> = {
  'contact:user.base:readonly': (user) => user.name !== undefined,
  'contact:user.department:readonly': (user) => user.departmentIds !== undefined,
  'contact:user.email:readonly': (user) => user.email !== undefined,
  'contact:user.employee:readonly': (user) => user.status !== undefined || user.jobTitle !== undefined,
  'contact:user.employee_id:readonly': (user) => user.userId !== undefined,
  'contact:user.phone:readonly': (user) => user.mobile !== undefined,
};

/** Reads a few mirrored employees again and looks which fields never come. No mirror yet, or no right to read: no evidence. */
export async function fieldEvidence(
  store: Store,
  client: FeishuClient,
  dockingId: string,
): Promise<FieldEvidence> {
  const nothing: FieldEvidence = { people: 0, without: new Set() };
  const { items } = await store.employees.search(dockingId, { limit: SAMPLE });
  const known = items.flatMap(({ employeeId, state }) => (state === 'left' ? [] : [employeeId]));
  if (known.length < FEWEST) return nothing;
  try {
    const people = await client.contact.users(known);
    if (people.length < FEWEST) return nothing;
    const without = Object.keys(CAME).filter((scope) => !people.some((user) => CAME[scope]?.(user)));
    return { people: people.length, without: new Set(without) };
  } catch (error) {
    if (error instanceof FeishuError && error.retry === 'never') return nothing;
    throw error;
  }
}
