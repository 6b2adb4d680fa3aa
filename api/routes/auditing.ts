import type { Caller } from '../auth';
import type { ApiPorts } from '../ports';

/** Writes who did what, from where, into the audit trail. */
export const auditing =
  ({ store, now }: Pick<ApiPorts, 'store' | 'now'>) =>
  (
    caller: Pick<Caller, 'actor'>,
    dockingId: string,
    action: string,
    detail: Record<string, unknown>,
    from: string,
  ): Promise<unknown> =>
    store.audit.append({ dockingId, at: now(), actor: caller.actor, action, detail, from });
