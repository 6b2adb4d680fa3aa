/** The cookie of a person at the console. */
import type { CookieSerializeOptions } from '@fastify/cookie';

export const SESSION_COOKIE = 'docking_session';
/** A working day; who comes back the next morning signs in again. */
export const SESSION_MS = 12 * 3_600_000;

/** Out of reach for scripts and other sites; over TLS alone wherever people reach us over TLS. */
export const cookieOptions = (publicUrl: string): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'strict',
  secure: publicUrl.startsWith('https:'),
});
