/** Whom a request to bind means: ids, or what an admin pastes – a mailbox or a mobile – when it leads to exactly one. */
import type { DockingClient } from '../client';
import { emailKey, mobileKey, type AgentRecord, type Employee, type Region, type Store } from '../store';
import type { Caller } from './auth';
import { badRequest } from './problems';

/** Our copy of the ticket system's agents may be this old before somebody unknown is looked for there again. */
const FRESH_FOR_MS = 60_000;

type Ports = { store: Store; client: DockingClient };

/** Fails with the field that names nobody who can be bound. An agent that is not known yet is looked for anew. */
export async function mustKnow(
  { store, client }: Ports,
  dockingId: string,
  { employeeId, agentId }: { employeeId: string; agentId: string },
  caller: Caller,
): Promise<void> {
  const employee = await store.employees.get(dockingId, employeeId);
  if (!employee) {
    throw badRequest([
      {
        field: 'employeeId',
        message: {
          en: 'is not in the mirrored directory; run a directory sync first',
          zh: '不在已同步的通讯录中，请先同步通讯录',
        },
      },
    ]);
  }
  if (employee.state === 'left')
    throw badRequest([{ field: 'employeeId', message: { en: 'has left the company', zh: '已离职' } }]);
  if ((await store.agents.get(dockingId, agentId)) !== null) return;
  await client.refreshAgents(dockingId, caller.actor);
  if ((await store.agents.get(dockingId, agentId)) === null) {
    throw badRequest([
      { field: 'agentId', message: { en: 'is not an agent of the ticket system', zh: '不是工单系统的客服' } },
    ]);
  }
}

export type Found<T> = { one: T } | { none: true } | { several: number };

export interface SubjectFinder {
  employee(text: string): Promise<Found<Employee>>;
  agent(text: string): Found<AgentRecord>;
}

/** Reads the agents once; numbers without a country are read as those of `region`. */
export async function createSubjectFinder(
  { store, client }: Ports,
  dockingId: string,
  caller: Caller,
  region: Region,
): Promise<SubjectFinder> {
  const refreshedAt = await store.agents.refreshedAt(dockingId);
  if (!refreshedAt || Date.now() - refreshedAt.getTime() > FRESH_FOR_MS) {
    await client.refreshAgents(dockingId, caller.actor);
  }
  const byId = new Map<string, AgentRecord>();
  const byKey = new Map<string, AgentRecord[]>();
  for await (const agent of store.agents.stream(dockingId)) {
    byId.set(agent.agentId, agent);
    for (const key of new Set([emailKey(agent.email), mobileKey(agent.mobile, region)])) {
      if (key !== null) byKey.set(key, [...(byKey.get(key) ?? []), agent]);
    }
  }
  return {
    async employee(text) {
      const exact = await store.employees.get(dockingId, text);
      if (exact) return { one: exact };
      const [email, mobile] = [emailKey(text), mobileKey(text, region)];
      const found = email
        ? await store.employees.findByEmail(dockingId, [email])
        : mobile
          ? await store.employees.findByMobile(dockingId, [mobile])
          : [];
      const present = found.filter(({ state }) => state !== 'left');
      return only(present.length > 0 ? present : found);
    },
    agent(text) {
      const exact = byId.get(text);
      if (exact) return { one: exact };
      return only(byKey.get(emailKey(text) ?? mobileKey(text, region) ?? '') ?? []);
    },
  };
}

function only<T>(found: readonly T[]): Found<T> {
  const [one] = found;
  if (one === undefined) return { none: true };
  return found.length === 1 ? { one } : { several: found.length };
}
