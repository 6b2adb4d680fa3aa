import type { z } from 'zod';
import { createEventOpener } from '../event-keys';
import { takeFeishuEvent } from '../feishu-events';
import type { ApiPorts } from '../ports';
import { badRequest, refused } from '../problems';
import { dockingParams, type Routes } from './route';

/** Events and card clicks by webhook: verified on the raw bytes, answered within the platform's 3 seconds. */
export function registerFeishuCallbacks(app: Routes, ports: ApiPorts): void {
  const open = createEventOpener(ports);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    scope.post('/feishu/:id/events', { schema: { params: dockingParams } }, async (request, reply) => {
      const { id } = request.params as z.output<typeof dockingParams>;
      await ports.store.dockings.require(id);
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const opened = await open(id, body, request.headers);
      if (opened.kind === 'refused') {
        if (opened.reason === 'malformed')
          throw badRequest([{ field: '(body)', message: { en: opened.detail, zh: '无法解读该事件' } }]);
        throw refused('FeishuEvent.Refused', { said: opened.detail });
      }
      if (opened.kind === 'challenge') return reply.send({ challenge: opened.challenge });
      return reply.send(await takeFeishuEvent(ports, id, opened.event));
    });
  });
}
