import fastify, { type FastifyInstance } from 'fastify';
import type { Worker } from '@temporalio/worker';
import { register } from 'prom-client';
import type { Store } from '../store';

/** `/healthz` = the process lives; `/readyz` = every worker polls and the database answers; `/metrics`. */
export async function serveHealth(
  port: number,
  workers: readonly Worker[],
  store: Store,
): Promise<FastifyInstance> {
  const app = fastify({ logger: false });
  app.get('/healthz', async () => ({ state: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    const states = workers.map((worker) => worker.getState());
    const polling = states.every((state) => state === 'RUNNING');
    const database = await store.ping().then(
      () => true,
      () => false,
    );
    return reply.code(polling && database ? 200 : 503).send({ workers: states, database });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(register.contentType).send(await register.metrics()),
  );
  await app.listen({ port, host: '127.0.0.1' });
  return app;
}
