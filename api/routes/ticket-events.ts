import { z } from 'zod';
import type { Delivery, EventRecord } from '../../store';
import { authorize } from '../auth';
import { admitEvents } from '../admission';
import { answerIn } from '../language';
import type { ApiPorts } from '../ports';
import { badRequest, refused } from '../problems';
import { reactionsTo } from '../reactions';
import { whyShape } from '../shapes';
import { explainForAgent } from '../why';
import { summaryForAgent } from '../why-summary';
import { dockingParams, given, pageQuery, type Routes } from './route';

/** Events of one request. */
export const BATCH_LIMIT = 100;
const whyQuery = z.object({
  ticket: z.string().min(1).max(200),
  agent: z.string().min(1).max(200),
  type: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
const eventParams = z.object({ id: z.string().min(1).max(100), eventId: z.string().min(1).max(400) });

export function registerTicketEvents(app: Routes, ports: ApiPorts): void {
  const { store } = ports;

  /** One event or `{events: []}` of at most 100; 202 once every accepted one is durable. */
  app.post(
    '/v1/dockings/:id/ticket-events',
    { schema: { params: dockingParams, body: z.unknown() } },
    async (request, reply) => {
      const { id } = request.params;
      authorize(request, 'send-events', id);
      const docking = (await store.dockings.atWork(id))?.docking ?? (await store.dockings.require(id));
      const batch = asBatch(request.body);
      const events = await admitEvents(ports, docking, batch, 'api');
      if (events.every((event) => event.state === 'refused')) {
        const errors = events.flatMap((event, index) =>
          (event.errors ?? []).map((error) => ({
            ...error,
            field: prefix(request.body, index, error.field),
            // For the programmer of the ticket system, as in the answer of an accepted batch.
            message: { en: error.message, zh: error.message },
          })),
        );
        throw refused('Event.Refused', undefined, { errors, members: { events } });
      }
      return reply.code(202).send({ events });
    },
  );

  app.get(
    '/v1/dockings/:id/ticket-events',
    {
      schema: {
        params: dockingParams,
        querystring: pageQuery.extend({
          ticket: z.string().max(200).optional(),
          type: z.string().max(100).optional(),
          state: z.enum(['planned', 'handed-over', 'silent', 'unread', 'given-up']).optional(),
        }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      authorize(request, 'read', id);
      await store.dockings.require(id);
      const language = answerIn(request, reply);
      const { ticket, ...query } = request.query;
      const page = await store.events.list(id, given({ ...query, ticketId: ticket }));
      const items = await Promise.all(
        page.items.map(async (event) => whyShape(event, await deliveriesOf(event), undefined, language)),
      );
      return { items, nextCursor: page.nextCursor };
    },
  );

  /** The "why" of one event. */
  app.get(
    '/v1/dockings/:id/ticket-events/:eventId',
    { schema: { params: eventParams } },
    async (request, reply) => {
      const { id, eventId } = request.params;
      authorize(request, 'read', id);
      const event = await store.events.get(id, eventId);
      if (!event) {
        throw refused('Resource.NotFound', { what: 'event', searchable: true });
      }
      const deliveries = await deliveriesOf(event);
      return whyShape(
        event,
        deliveries,
        await reactionsTo(store, id, event.ticketId, [...deliveries.values()]),
        answerIn(request, reply),
      );
    },
  );

  /** For somebody who misses a card: the latest events of a ticket, each with what this agent got or why nothing. */
  app.get(
    '/v1/dockings/:id/why',
    { schema: { params: dockingParams, querystring: whyQuery } },
    async (request, reply) => {
      const { id } = request.params;
      const { ticket: ticketId, agent: agentId, type, limit } = request.query;
      authorize(request, 'read', id);
      await store.dockings.require(id);
      const { items } = await store.events.list(id, given({ ticketId, type, limit }));
      const [binding] = await store.bindings.byAgent(id, [agentId]);
      const events = await Promise.all(
        items.map(async (event) => ({
          eventId: event.eventId,
          type: event.type,
          occurredAt: event.occurredAt,
          ...explainForAgent(event, agentId, await deliveriesOf(event)),
        })),
      );
      return {
        ticketId,
        agentId,
        bound: binding?.state ?? 'unbound',
        summary: summaryForAgent(events, answerIn(request, reply)),
        events,
      };
    },
  );

  async function deliveriesOf({ receivers, refreshes = [] }: EventRecord): Promise<Map<string, Delivery>> {
    const due = receivers.flatMap(({ deliveryId }) => deliveryId ?? []);
    const wanted = [...due, ...refreshes];
    const deliveries = wanted.length > 0 ? await store.deliveries.getMany(wanted) : [];
    return new Map(deliveries.map((delivery) => [delivery.id, delivery]));
  }
}

function asBatch(body: unknown): unknown[] {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw badRequest([
      {
        field: '(body)',
        message: {
          en: 'must be an event, or {"events": [event, …]}',
          zh: '必须是一个事件，或 {"events": [事件, …]}',
        },
      },
    ]);
  }
  const { events } = body as { events?: unknown };
  if (events === undefined) return [body];
  if (!Array.isArray(events) || events.length === 0 || events.length > BATCH_LIMIT) {
    throw badRequest([
      {
        field: 'events',
        message: {
          en: `must be a list of 1 to ${BATCH_LIMIT} events`,
          zh: `必须是 1 到 ${BATCH_LIMIT} 个事件的列表`,
        },
      },
    ]);
  }
  return events;
}

function prefix(body: unknown, index: number, field: string): string {
  if ((body as { events?: unknown }).events === undefined) return field;
  return field === '' ? `events[${index}]` : `events[${index}].${field}`;
}
