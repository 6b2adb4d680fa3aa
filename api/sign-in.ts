/**
 * Employees bind themselves: the platform's sign-in says who they are, and they are offered their own agent. Each step
 * hands the next one a key that works once.
 */
import { createHash, randomBytes } from 'node:crypto';
import { authorizeUrl, BRANDS, brandOf, FeishuError, type SignedInUser } from '../feishu';
import type { Docking, Employee } from '../store';
import { ownAgent } from './own-agent';
import type { ApiPorts } from './ports';
import { refused } from './problems';

/** As long as the platform's code lives, and then some to log in. */
const SIGN_IN_MS = 15 * 60_000;
const CONFIRM_MS = 10 * 60_000;
/** Our copy of the agents may be this old for an offer. */
const FRESH_FOR_MS = 10 * 60_000;

export interface Offer {
  employee: { employeeId: string; name: string | null };
  /** The agent they are bound to already. */
  bound: { agentId: string; name: string | null; state: 'active' | 'suspended' } | null;
  /** Their own agent, if exactly one leads to them and nobody else. */
  offer: { agentId: string; name: string | null } | null;
  /** Why there is neither. */
  reason: string | null;
  /** Confirms the offer, once, within ten minutes. */
  ticket: string | null;
}

export interface SignIn {
  /** Where the person is sent to say who they are. */
  begin(docking: Docking): Promise<string>;
  /** What came back from there. Fails with `SignIn.*`. */
  arrive(docking: Docking, answer: { code: string; state: string }): Promise<Offer>;
  /** Binds what was offered. */
  confirm(docking: Docking, ticket: string): Promise<{ employeeId: string; agentId: string }>;
}

export function createSignIn({ store, feishu, client, now, log }: ApiPorts): SignIn {
  return {
    async begin(docking) {
      const verifier = randomBytes(48).toString('base64url');
      const state = await store.signIns.begin(docking.id, 'authorize', { verifier }, SIGN_IN_MS);
      const brand = brandOf(docking.platformUrl);
      return authorizeUrl({
        accounts: brand ? BRANDS[brand].accounts : docking.platformUrl,
        appId: docking.appId,
        redirectUrl: docking.redirectUrl,
        state,
        codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
      });
    },
    async arrive(docking, { code, state }) {
      const begun = await store.signIns.take<{ verifier: string }>(docking.id, 'authorize', state);
      if (!begun) throw refused('SignIn.Expired');
      const user = await whoIs(docking, code, begun.verifier);
      const employee = await employeeOf(docking, user);
      return offer(docking, employee);
    },
    async confirm(docking, ticket) {
      const offered = await store.signIns.take<{ employeeId: string; agentId: string }>(
        docking.id,
        'confirm',
        ticket,
      );
      if (!offered) throw refused('SignIn.Expired');
      const { employeeId, agentId } = offered;
      const bound = await store.bindings.bind({
        dockingId: docking.id,
        employeeId,
        agentId,
        method: 'self',
        createdBy: `employee:${employeeId}`,
      });
      if (!bound.ok) {
        throw refused('Binding.AlreadyBound', { conflict: bound.conflict, meanwhile: true });
      }
      await store.audit.append({
        dockingId: docking.id,
        at: now(),
        actor: `employee:${employeeId}`,
        action: 'binding.created',
        detail: { bindingId: bound.binding.id, employeeId, agentId, method: 'self' },
        from: null,
      });
      await client.nudgeOnboarding(docking.id, {
        eventId: `binding:${bound.binding.id}`,
        type: 'agent-bound',
      });
      return { employeeId, agentId };
    },
  };

  async function whoIs(docking: Docking, code: string, codeVerifier: string): Promise<SignedInUser> {
    const { appSecret } = await store.dockings.secrets(docking.id);
    const { oauth } = feishu.for({ appId: docking.appId, appSecret, baseUrl: docking.platformUrl });
    try {
      const { accessToken } = await oauth.exchangeCode({
        code,
        redirectUrl: docking.redirectUrl,
        codeVerifier,
      });
      return await oauth.userInfo(accessToken);
    } catch (error) {
      if (!(error instanceof FeishuError)) throw error;
      log.warn({ code: error.code, dockingId: docking.id }, 'a sign-in was not accepted');
      throw refused('SignIn.Refused', { by: 'platform', code: String(error.code ?? 'no code') });
    }
  }

  /** Identity is the company and the open_id; a mailbox proves nothing. */
  async function employeeOf(docking: Docking, user: SignedInUser): Promise<Employee> {
    if (docking.tenantKey === undefined || user.tenantKey !== docking.tenantKey) {
      throw refused('SignIn.WrongCompany');
    }
    const employee = await store.employees.get(docking.id, user.openId);
    if (!employee || employee.state === 'left' || employee.state === 'frozen') {
      throw refused('SignIn.UnknownPerson');
    }
    return employee;
  }

  async function offer(docking: Docking, employee: Employee): Promise<Offer> {
    const { employeeId } = employee;
    const refreshedAt = await store.agents.refreshedAt(docking.id);
    if (!refreshedAt || now().getTime() - refreshedAt.getTime() > FRESH_FOR_MS) {
      await client.refreshAgents(docking.id, `employee:${employeeId}`);
    }
    const own = await ownAgent(store, docking.id, employee);
    const named = async (agentId: string) => ({
      agentId,
      name: (await store.agents.get(docking.id, agentId))?.name ?? null,
    });
    const answer: Offer = {
      employee: { employeeId, name: employee.name ?? null },
      bound: null,
      offer: null,
      reason: null,
      ticket: null,
    };
    if (own.state === 'none') return { ...answer, reason: own.reason };
    if (own.state === 'bound') {
      const { agentId, state } = own.binding;
      return { ...answer, bound: { ...(await named(agentId)), state } };
    }
    const { agentId } = own;
    const ticket = await store.signIns.begin(docking.id, 'confirm', { employeeId, agentId }, CONFIRM_MS);
    return { ...answer, offer: await named(agentId), ticket };
  }
}
