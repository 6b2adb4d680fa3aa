import { z } from 'zod';
import { ticketEventSchema } from './event';

/** What a sender may write, for readers of the OpenAPI document; what is refused is decided by `parseTicketEvent`. */
export function ticketEventJsonSchema(): Record<string, unknown> {
  const { $schema: _draft, ...schema } = z.toJSONSchema(ticketEventSchema, {
    io: 'input',
    unrepresentable: 'any',
  });
  return schema;
}
