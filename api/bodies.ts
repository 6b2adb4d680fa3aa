/** Which bodies are read, and how: JSON in UTF-8, the only encoding it has between systems (RFC 8259, section 8.1). */
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import type { FastifyInstance } from 'fastify';
import { badRequest, refused } from './problems';

const NOT_UTF8 = { en: 'is not UTF-8', zh: '不是 UTF-8 编码' };
const NOT_JSON = { en: 'is not JSON', zh: '不是 JSON' };
const MUST_BE_JSON = { en: 'must be JSON', zh: '必须是 JSON' };

const fault = (message: { en: string; zh: string }): Error => badRequest([{ field: '(body)', message }]);

/** What cannot be read as it was meant is refused, never read as something else. Routes with bodies of their own say so themselves. */
export function readBodies(app: FastifyInstance): void {
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (charset && !/^(utf-?8|us-ascii)$/i.test(charset)) {
      done(
        refused('Request.Refused', {
          status: 415,
          said: `The body must be JSON in UTF-8, not in ${charset}.`,
        }),
      );
      return;
    }
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(body as Buffer);
    } catch {
      return done(fault(NOT_UTF8));
    }
    // Many clients announce JSON also when they send nothing.
    if (text === '') return done(null, null);
    try {
      done(null, JSON.parse(text));
    } catch {
      done(fault(NOT_JSON));
    }
  });
  // What some clients announce when they send nothing at all.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(body === '' ? null : fault(MUST_BE_JSON), null),
  );
  app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

/** Somebody who sends for longer than this learns from a closed connection that it was too much. */
const READ_ON_MS = 10_000;

/** Who is still sending when the connection closes gets an error of the socket instead of the answer; so what is too large is read and thrown away. */
export async function readToItsEnd(body: IncomingMessage): Promise<void> {
  body.resume();
  // However it ends: the answer goes out, or nobody is left to read it.
  await finished(body, { signal: AbortSignal.timeout(READ_ON_MS) }).catch(() => undefined);
}
