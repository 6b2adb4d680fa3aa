import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { TicketSystem } from '../types';
import type { TicketWorld } from '../world';
import { SobotError, textOf } from './errors';
import { languageOf } from './route';

/** The system a living token belongs to. The newest lives to its end, older ones for the switched grace. */
export function systemOfToken(world: TicketWorld, token: string): TicketSystem {
  const now = world.clock.now();
  for (const system of world.systems.values()) {
    const found = system.tokens.find((one) => one.token === token);
    if (found && found.expiresAt > now) return system;
  }
  throw new SobotError('900002');
}

/** `GET /api/get_token`: every call makes a new token and ends the older ones. */
export function tokenRoute(server: FastifyInstance, world: TicketWorld): void {
  server.get('/api/get_token', async (request) => {
    const language = languageOf(request);
    const query = request.query as Record<string, string | undefined>;
    const system = [...world.systems.values()].find(
      (one) => one.kind === 'sobot' && one.appid === query.appid,
    );
    const refused = refusal(world, system, query);
    if (refused !== undefined || system === undefined) {
      const code = refused ?? '900004';
      request.answerCode = code;
      return { ret_code: code, ret_msg: textOf(code, language) };
    }
    if (request.call) request.call.appId = system.appid;
    request.answerCode = '000000';
    const { tokenLifetimeSeconds, oldTokenGraceSeconds, answerTypes } = world.switches;
    const now = world.clock.now();
    system.tokens = system.tokens
      .map((old) => ({ ...old, expiresAt: Math.min(old.expiresAt, now + oldTokenGraceSeconds * 1000) }))
      .filter((old) => old.expiresAt > now);
    const token = { token: world.secret(), expiresAt: now + tokenLifetimeSeconds * 1000 };
    system.tokens.push(token);
    return {
      item: {
        token: token.token,
        expires_in: answerTypes === 'drifting' ? tokenLifetimeSeconds : String(tokenLifetimeSeconds),
      },
      ret_code: '000000',
      ret_msg: textOf('000000', language),
    };
  });
}

function refusal(
  world: TicketWorld,
  system: TicketSystem | undefined,
  query: Record<string, string | undefined>,
): string | undefined {
  const { appid = '', create_time: createTime = '', sign = '' } = query;
  if (appid === '' || createTime === '' || sign === '') return '400004';
  if (!system) return '900004';
  if (
    createHash('md5')
      .update(appid + createTime + system.appKey)
      .digest('hex') !== sign
  )
    return '900003';
  const skew = Math.abs(world.clock.now() / 1000 - Number(createTime));
  const limit = world.switches.clockSkewSeconds;
  if (limit > 0 && !(skew <= limit)) return '900003';
  return world.switches.editionWithoutApi ? '700046' : undefined;
}
