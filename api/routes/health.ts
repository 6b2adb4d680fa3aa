import { register } from 'prom-client';
import type { ApiPorts } from '../ports';
import { refused } from '../problems';
import type { Routes } from './route';

export function registerHealth(app: Routes, { store }: ApiPorts): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ state: 'alive' }));
  app.get('/readyz', { schema: { hide: true } }, async () => {
    try {
      await store.ping();
    } catch (cause) {
      throw refused('NotReady', undefined, { members: { cause: (cause as Error).name } });
    }
    return { state: 'ready' };
  });
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(register.contentType).send(await register.metrics()),
  );
}
