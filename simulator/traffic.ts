import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Call, CallLog } from './calls';
import type { Fault, FaultBook } from './faults';

declare module 'fastify' {
  interface FastifyRequest {
    /** The entry of this call in the log; undefined on control and page routes. */
    call?: Call;
    /** A fault that the platform itself has to act out (`partial-page`, `clock-skew`, `expire-page-token`). */
    fault?: Fault;
    /** What the answer carries in its code field, for the log. */
    answerCode?: number | string;
  }
}

/** An answer that a fault puts in place of the real one. */
export interface FaultAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** For the log. */
  readonly code: number | string;
  readonly body: unknown;
}

export interface Traffic {
  readonly calls: CallLog;
  readonly faults: FaultBook;
  /** Which paths count as calls of the simulated product; others are never spoiled and never logged. */
  readonly isProduct: (path: string) => boolean;
  /**
   * The answer to `code` and `rate-limit` faults in the words of the simulated product; undefined = the product acts
   * it out itself.
   */
  readonly render: (fault: Fault, path: string, requestId: string) => FaultAnswer | undefined;
}

const HTML_502 =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n';

/** Writes every product call into the log and lets the faults loose on it. */
export function observeTraffic(server: FastifyInstance, traffic: Traffic): void {
  server.addHook('onRequest', async (request, reply) => {
    const question = request.url.indexOf('?');
    const path = question < 0 ? request.url : request.url.slice(0, question);
    reply.header('x-simulator', 'true');
    if (!traffic.isProduct(path)) return;
    request.call = traffic.calls.arrived(request.method, request.routeOptions.url ?? path, path);
    const query = new URLSearchParams(question < 0 ? '' : request.url.slice(question));
    const fault = traffic.faults.strike(request.method, path, query);
    if (!fault) return;
    request.call.fault = fault.effect;
    await spoil(fault, traffic, request, reply, path);
  });

  server.addHook('onSend', async (request, reply, payload) => {
    const call = request.call;
    if (!call) return payload;
    const dropped = request.fault?.effect === 'drop-answer';
    call.status = dropped ? 0 : reply.statusCode;
    call.code = request.answerCode ?? null;
    traffic.calls.answered(call);
    if (request.fault?.effect === 'clock-skew') {
      reply.header('date', new Date(Date.now() + request.fault.skewSeconds * 1000).toUTCString());
    }
    if (dropped) request.raw.socket.destroy();
    return payload;
  });
}

/** Acts out what needs no knowledge of the product; the rest is left on the request. */
async function spoil(
  fault: Fault,
  traffic: Traffic,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
): Promise<void> {
  switch (fault.effect) {
    case 'delay':
      await sleep(fault.delayMs, undefined, { ref: false });
      return;
    case 'reset':
      reply.hijack();
      request.raw.socket.destroy();
      return;
    case 'html-502':
      await reply.code(502).type('text/html').send(HTML_502);
      return;
    case 'status': {
      const raw = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? {});
      await reply
        .code(fault.status ?? 500)
        .type('application/json; charset=utf-8')
        .send(raw);
      return;
    }
    case 'code':
    case 'rate-limit': {
      const answer = traffic.render(fault, path, request.id);
      if (!answer) {
        request.fault = fault;
        return;
      }
      request.answerCode = answer.code;
      reply.code(answer.status).headers(answer.headers);
      if (typeof answer.body === 'string') reply.type('application/json; charset=utf-8');
      await reply.send(answer.body);
      return;
    }
    case 'drop-answer':
    case 'partial-page':
    case 'expire-page-token':
    case 'clock-skew':
      request.fault = fault;
  }
}
