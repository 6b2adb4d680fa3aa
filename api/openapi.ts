/** What the routes' own schemas do not say of the API: how it refuses, who needs no token, and what a ticket event is. */
import { ticketEventJsonSchema } from '../intake';
import { BATCH_LIMIT } from './routes/ticket-events';

interface Operation {
  security?: unknown[];
  requestBody?: object;
  responses?: Record<string, object>;
}
interface Described {
  components?: object;
  paths?: Record<string, Record<string, Operation>>;
}

const text = { type: 'string' };
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object): object => ({ 'application/json': { schema } });
const fault = { type: 'object', required: ['field', 'message'], properties: { field: text, message: text } };

const SCHEMAS = {
  Problem: {
    type: 'object',
    description: 'A refusal, or a failure of ours (RFC 9457). `type` is a code of docs/failures.md.',
    required: ['type', 'title', 'status', 'instance'],
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      instance: { ...text, description: 'The id of the request, as in `x-request-id` and in the log.' },
      nextStep: text,
      errors: { type: 'array', items: fault },
    },
  },
  TicketEvents: {
    description: `One event, or a batch of at most ${BATCH_LIMIT}.`,
    oneOf: [
      ref('TicketEvent'),
      {
        type: 'object',
        required: ['events'],
        properties: {
          events: { type: 'array', minItems: 1, maxItems: BATCH_LIMIT, items: ref('TicketEvent') },
        },
      },
    ],
  },
  TicketEventsTaken: {
    type: 'object',
    required: ['events'],
    properties: {
      events: {
        type: 'array',
        description: 'In the order in which they were sent.',
        items: {
          type: 'object',
          required: ['eventId', 'state'],
          properties: {
            eventId: { type: ['string', 'null'] },
            state: { enum: ['accepted', 'duplicate', 'refused'] },
            errors: { type: 'array', items: fault },
          },
        },
      },
    },
  },
};

const REFUSED = {
  description: 'Refused or failed; nothing is stored half.',
  content: { 'application/problem+json': { schema: ref('Problem') } },
};
const TAKEN = { description: 'Every accepted event is durable.', content: json(ref('TicketEventsTaken')) };

/** Changes the OpenAPI document in place and gives it back. */
export function completed<Document extends object>(document: Document): Document {
  const described: Described = document;
  described.components = {
    ...described.components,
    schemas: { ...SCHEMAS, TicketEvent: ticketEventJsonSchema() },
  };
  for (const [path, operations] of Object.entries(described.paths ?? {})) {
    for (const operation of Object.values(operations)) {
      operation.responses = { ...operation.responses, default: REFUSED };
      // Platform, ticket system and people at the sign-in prove themselves in ways of their own.
      if (!path.startsWith('/v1/')) operation.security = [];
    }
  }
  const events = described.paths?.['/v1/dockings/{id}/ticket-events']?.['post'];
  if (events) {
    events.requestBody = { required: true, content: json(ref('TicketEvents')) };
    events.responses = { 202: TAKEN, default: REFUSED };
  }
  return document;
}
