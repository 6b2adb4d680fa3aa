import { knownCaller, type Caller } from '../auth';
import { cookieOptions, SESSION_COOKIE, SESSION_MS } from '../console-session';
import type { ApiPorts } from '../ports';
import type { Routes } from './route';

/** Signing in at the console with a token: the browser then keeps a cookie that no script can read. */
export function registerConsoleSessions(app: Routes, { store, settings, now }: ApiPorts): void {
  app.post('/v1/session', async (request, reply) => {
    const caller = knownCaller(request);
    const createdAt = now();
    const expiresAt = new Date(createdAt.getTime() + SESSION_MS);
    const { secret } = await store.consoleSessions.open({
      tokenHash: caller.tokenHash,
      createdAt,
      expiresAt,
    });
    await store.audit.append({
      dockingId: null,
      at: createdAt,
      actor: caller.actor,
      action: 'session.opened',
      detail: { role: caller.role },
      from: request.ip,
    });
    return reply
      .code(201)
      .setCookie(SESSION_COOKIE, secret, { ...cookieOptions(settings.publicUrl), expires: expiresAt })
      .send(shapeOf({ ...caller, sessionEndsAt: expiresAt }));
  });

  app.get('/v1/session', async (request) => shapeOf(knownCaller(request)));

  app.delete('/v1/session', async (request, reply) => {
    const cookie = request.cookies[SESSION_COOKIE];
    if (cookie) await store.consoleSessions.close(cookie);
    return reply.code(204).clearCookie(SESSION_COOKIE, cookieOptions(settings.publicUrl)).send();
  });
}

const shapeOf = ({ actor, role, dockingIds, sessionEndsAt }: Caller): object => ({
  actor,
  role,
  dockingIds,
  endsAt: sessionEndsAt,
});
