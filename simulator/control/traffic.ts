import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { CallLog } from '../calls';
import { faultSchema, type FaultBook } from '../faults';
import { controlRoute, ControlError } from './route';

/** Faults and the call log; the same routes serve the platform and the ticket system. */
export function registerTrafficControl(server: FastifyInstance, faults: FaultBook, calls: CallLog): void {
  controlRoute(server, {
    method: 'POST',
    path: '/_control/faults',
    status: 201,
    body: faultSchema,
    handler: ({ body }) => faults.add(body),
  });
  controlRoute(server, {
    method: 'GET',
    path: '/_control/faults',
    handler: () => ({ items: faults.list() }),
  });
  controlRoute(server, {
    method: 'DELETE',
    path: '/_control/faults',
    query: z.strictObject({ id: z.string().optional() }),
    handler: ({ query }) => ({ removed: faults.remove(query.id) }),
  });
  controlRoute(server, {
    method: 'DELETE',
    path: '/_control/faults/:id',
    handler({ params }) {
      const removed = faults.remove(params['id']);
      if (removed === 0) throw new ControlError('id', 'is not a fault', 404);
      return { removed };
    },
  });
  controlRoute(server, {
    method: 'GET',
    path: '/_control/calls',
    query: z.strictObject({
      since: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(0).max(10_000).default(1000),
    }),
    handler: ({ query }) => calls.summary(query.since, query.limit),
  });
  controlRoute(server, {
    method: 'DELETE',
    path: '/_control/calls',
    handler: () => calls.clear(),
  });
}
