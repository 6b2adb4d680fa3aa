/** Who is calling, and may they? Bearer tokens, hashed at rest, with a role and the dockings they open. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Role, Store } from '../store';
import { Problem } from './problems';

export interface Caller {
  /** Account id for the audit; never a person's name. */
  actor: string;
  role: Role;
  dockingIds: string[] | '*';
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** What each role may do; an admin may do everything. */
const RIGHTS: Record<Exclude<Role, 'admin'>, readonly Right[]> = {
  'ticket-system': ['read', 'send-events'],
  operator: ['read', 'operate'],
};
/** `operate` = check again, sync, replay; `administer` = change what is configured. */
export type Right = 'read' | 'send-events' | 'operate' | 'administer';

export interface Authenticator {
  identify(request: FastifyRequest): Promise<Caller | null>;
}

/** `bootstrapToken` is the admin token of the installation; it opens everything. */
export function createAuthenticator(store: Store, bootstrapToken: string | undefined): Authenticator {
  const bootstrap = bootstrapToken ? digest(bootstrapToken) : null;
  return {
    async identify(request) {
      const [scheme, secret] = (request.headers.authorization ?? '').split(' ');
      if (scheme?.toLowerCase() !== 'bearer' || !secret) return null;
      if (bootstrap && timingSafeEqual(digest(secret), bootstrap)) {
        return { actor: 'admin', role: 'admin', dockingIds: '*' };
      }
      const token = await store.tokens.findBySecret(secret);
      if (!token || token.revokedAt) return null;
      return { actor: `token:${token.id}`, role: token.role, dockingIds: token.dockingIds };
    },
  };
}

/** Who calls; 401 when nobody known does. */
export function knownCaller({ caller }: FastifyRequest): Caller {
  if (caller) return caller;
  throw new Problem(401, 'Auth.Required', 'This needs a bearer token.', {
    nextStep: 'Send "Authorization: Bearer <token>"; an admin creates tokens with POST /v1/tokens.',
  });
}

/** The caller, when it holds the right on the docking; otherwise 401, 403 or – not to tell what exists – 404. */
export function authorize(request: FastifyRequest, right: Right, dockingId?: string): Caller {
  const caller = knownCaller(request);
  if (caller.role !== 'admin' && !RIGHTS[caller.role].includes(right)) {
    throw new Problem(403, 'Auth.Forbidden', `A token of role ${caller.role} may not do this.`, {
      nextStep: 'Ask an admin of the ticket system.',
    });
  }
  if (dockingId !== undefined && caller.dockingIds !== '*' && !caller.dockingIds.includes(dockingId)) {
    throw new Problem(404, 'Resource.NotFound', 'There is no such docking for this token.');
  }
  return caller;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
