import { randomBytes } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import type { CallLog } from '../calls';
import type { FaultBook } from '../faults';
import { observeTraffic } from '../traffic';
import type { Brand } from '../world/types';
import type { World } from '../world/world';
import { answerOfFault } from './fault-answers';
import { Platform } from './gates';

const PREFIX = /^\/(feishu|lark)(?=\/)/;

/** Digits and hex, as the platform writes them: the time to the second, then a random part. */
function logId(): string {
  return (
    new Date().toISOString().replace(/\D/g, '').slice(0, 14) + randomBytes(9).toString('hex').toUpperCase()
  );
}

function isProduct(path: string): boolean {
  return path.startsWith('/open-apis/') || path.startsWith('/callback/');
}

/**
 * A Fastify server that speaks like the platform: any body is taken as bytes (GET included), unknown routes answer
 * 99991201, every answer has `X-Tt-Logid`. The prefixes `/feishu` and `/lark` choose the brand.
 */
export function createPlatform(world: World, traffic: { calls: CallLog; faults: FaultBook }): Platform {
  const prefixes = new WeakMap<object, Brand>();
  const server: FastifyInstance = fastify({
    logger: false,
    genReqId: logId,
    bodyLimit: 12 * 1024 * 1024,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    rewriteUrl(request) {
      const url = request.url ?? '/';
      const prefix = PREFIX.exec(url);
      if (!prefix) return url;
      prefixes.set(request, prefix[1] as Brand);
      return url.slice(prefix[0].length);
    },
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.addHook('onRequest', async (request, reply) => {
    const prefix = prefixes.get(request.raw);
    if (prefix) request.prefixBrand = prefix;
    // In this very case: the official Python SDK reads it from a case-sensitive dictionary.
    reply.raw.setHeader('X-Tt-Logid', request.id);
  });
  observeTraffic(server, {
    ...traffic,
    isProduct,
    render: answerOfFault,
  });
  const paths: { method: string; pattern: RegExp }[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    const pattern = new RegExp(`^${url.replace(/:[^/]+/g, '[^/]+')}/?$`);
    for (const one of Array.isArray(method) ? method : [method]) paths.push({ method: one, pattern });
  });
  server.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (!isProduct(path)) return reply.code(404).send({ error: { field: 'path', message: 'no such route' } });
    const otherMethod = paths.some((route) => route.pattern.test(path));
    const code = otherMethod ? 99991301 : 99991201;
    request.answerCode = code;
    return reply.code(otherMethod ? 405 : 404).send({
      code,
      msg: otherMethod ? 'method not allowed' : '404 page not found',
      error: { log_id: request.id },
    });
  });
  server.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) process.stderr.write(`simulator: ${error.stack ?? error.message}\n`);
    request.answerCode = status >= 500 ? 2200 : 9499;
    return reply
      .code(status)
      .send({ code: request.answerCode, msg: status >= 500 ? 'Internal Error' : 'Bad Request' });
  });
  return new Platform(server, world);
}
