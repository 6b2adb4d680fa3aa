/**
 * Who is calling, and may they? Bearer tokens, hashed at rest, with a role and the dockings they open; the console holds
 * a session that was opened with one.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Role } from '../store';
import { SESSION_COOKIE } from './console-session';
import type { ApiPorts } from './ports';
import { refused } from './problems';

export interface Caller {
  /** Account id for the audit; never a person's name. */
  actor: string;
  role: Role;
  dockingIds: string[] | '*';
  /** SHA-256 of the token that stands behind the call, in hex. */
  tokenHash: string;
  /** When the session ends; null for a token. */
  sessionEndsAt: Date | null;
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

/** The admin token of the settings is the installation's own; it opens everything. */
export function createAuthenticator({ store, settings, now }: ApiPorts): Authenticator {
  const bootstrap = settings.adminToken ? hashOf(settings.adminToken) : null;
  const ownHost = new URL(settings.publicUrl).host;

  async function behind(tokenHash: string, sessionEndsAt: Date | null): Promise<Caller | null> {
    if (bootstrap && timingSafeEqual(Buffer.from(tokenHash, 'hex'), Buffer.from(bootstrap, 'hex'))) {
      return { actor: 'admin', role: 'admin', dockingIds: '*', tokenHash, sessionEndsAt };
    }
    const token = await store.tokens.findByHash(tokenHash);
    if (!token || token.revokedAt) return null;
    const { id, role, dockingIds } = token;
    return { actor: `token:${id}`, role, dockingIds, tokenHash, sessionEndsAt };
  }

  return {
    async identify(request) {
      const [scheme, secret] = (request.headers.authorization ?? '').split(' ');
      if (scheme?.toLowerCase() === 'bearer' && secret) return behind(hashOf(secret), null);
      const cookie = request.cookies[SESSION_COOKIE];
      if (!cookie) return null;
      const session = await store.consoleSessions.find(cookie, now());
      if (!session) return null;
      refuseOtherSites(request, ownHost);
      return behind(session.tokenHash, session.expiresAt);
    },
  };
}

/**
 * A browser sends the cookie whoever asks it to; only the console's own pages may change something with it. A proxy may
 * have put its own name in the place of the host that people see.
 */
function refuseOtherSites({ method, headers }: FastifyRequest, ownHost: string): void {
  if (method === 'GET' || method === 'HEAD') return;
  const origin = headers.origin && URL.canParse(headers.origin) ? new URL(headers.origin).host : null;
  if (origin !== null && (origin === headers.host || origin === ownHost)) return;
  throw refused('Auth.OtherSite');
}

/** Who calls; 401 when nobody known does. */
export function knownCaller({ caller }: FastifyRequest): Caller {
  if (caller) return caller;
  throw refused('Auth.Required');
}

/** The caller, when it holds the right on the docking; otherwise 401, 403 or – not to tell what exists – 404. */
export function authorize(request: FastifyRequest, right: Right, dockingId?: string): Caller {
  const caller = knownCaller(request);
  if (caller.role !== 'admin' && !RIGHTS[caller.role].includes(right)) {
    throw refused('Auth.Forbidden', { role: caller.role });
  }
  if (dockingId !== undefined && caller.dockingIds !== '*' && !caller.dockingIds.includes(dockingId)) {
    throw refused('Resource.NotFound', { what: 'docking' });
  }
  return caller;
}

/** As `authorize`, for what makes a docking: whoever opens some only could not open the new one. */
export function authorizeNewDocking(request: FastifyRequest): Caller {
  const caller = authorize(request, 'administer');
  if (caller.dockingIds !== '*') throw refused('Auth.OutOfReach', { wanted: 'docking' });
  return caller;
}

/** Does the caller open all that a token for these dockings opens? It must not reach further by way of other tokens. */
export const reaches = ({ dockingIds: own }: Caller, dockingIds: string[] | '*'): boolean =>
  own === '*' || (dockingIds !== '*' && dockingIds.every((id) => own.includes(id)));

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
