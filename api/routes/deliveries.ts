import { z } from 'zod';
import { authorize } from '../auth';
import { replayOne } from '../../intake';
import type { ApiPorts } from '../ports';
import { refused } from '../problems';
import { reactionsTo } from '../reactions';
import { deliveryShape, provenDelivery } from '../shapes';
import { dockingParams, given, pageQuery, type Routes } from './route';

const deliveryParams = z.object({ id: z.string().min(1).max(100), deliveryId: z.string().min(1).max(100) });
const BULK = 200;
const bulkReplay = z.strictObject({
  state: z.enum(['failed', 'needs-attention', 'unknown']),
  ticket: z.string().max(200).optional(),
  employee: z.string().max(200).optional(),
});
const DELIVERY = ':deliveryId(^[\\w-]+$)';

export function registerDeliveries(app: Routes, { store, client, now }: ApiPorts): void {
  app.get(
    '/v1/dockings/:id/deliveries',
    {
      schema: {
        params: dockingParams,
        querystring: pageQuery.extend({
          state: z.enum(['planned', 'sending', 'sent', 'failed', 'unknown', 'needs-attention']).optional(),
          agent: z.string().max(200).optional(),
          ticket: z.string().max(200).optional(),
          employee: z.string().max(200).optional(),
        }),
      },
    },
    async (request) => {
      const { id } = request.params;
      authorize(request, 'read', id);
      await store.dockings.require(id);
      const { agent, ticket, employee, ...query } = request.query;
      const page = await store.deliveries.list(
        id,
        given({ ...query, agentId: agent, ticketId: ticket, employeeId: employee }),
      );
      return { items: page.items.map(deliveryShape), nextCursor: page.nextCursor };
    },
  );

  app.get(
    `/v1/dockings/:id/deliveries/${DELIVERY}`,
    { schema: { params: deliveryParams } },
    async (request) => {
      const { id, deliveryId } = request.params;
      authorize(request, 'read', id);
      const delivery = await require(id, deliveryId);
      return provenDelivery(delivery, await reactionsTo(store, id, delivery.ticketId, [delivery]));
    },
  );

  /** Sends a failed or parked card again, under the same idempotency key; one of a digest with all that it carried. */
  app.post(
    `/v1/dockings/:id/deliveries/${DELIVERY}::replay`,
    { schema: { params: deliveryParams } },
    async (request, reply) => {
      const { id, deliveryId } = request.params;
      const caller = authorize(request, 'operate', id);
      const delivery = await require(id, deliveryId);
      if (!(await replayOne(store, client, delivery))) {
        throw refused('Delivery.NotReplayable', { state: delivery.state });
      }
      await store.audit.append({
        dockingId: id,
        at: now(),
        actor: caller.actor,
        action: 'delivery.replayed',
        detail: { deliveryId },
        from: request.ip,
      });
      return reply.code(202).send(deliveryShape(await require(id, deliveryId)));
    },
  );

  /** The dead-letter list as a whole, oldest first, at most 200 a call: `more` says whether to call again. */
  app.post(
    '/v1/dockings/:id/deliveries::replay',
    { schema: { params: dockingParams, body: bulkReplay } },
    async (request, reply) => {
      const { id } = request.params;
      const caller = authorize(request, 'operate', id);
      await store.dockings.require(id);
      const { state, ticket, employee } = request.body;
      const page = await store.deliveries.list(
        id,
        given({ state, ticketId: ticket, employeeId: employee, limit: BULK }),
      );
      const replayed: string[] = [];
      for (const delivery of page.items.toReversed()) {
        if (await replayOne(store, client, delivery)) replayed.push(delivery.id);
      }
      await store.audit.append({
        dockingId: id,
        at: now(),
        actor: caller.actor,
        action: 'deliveries.replayed',
        detail: { state, count: replayed.length },
        from: request.ip,
      });
      return reply.code(202).send({ replayed, more: page.nextCursor !== null });
    },
  );

  async function require(dockingId: string, deliveryId: string) {
    const delivery = await store.deliveries.get(deliveryId);
    if (!delivery || delivery.dockingId !== dockingId) {
      throw refused('Resource.NotFound', { what: 'delivery' });
    }
    return delivery;
  }
}
