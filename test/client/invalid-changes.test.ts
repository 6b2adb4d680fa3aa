/** What a ticket system tells through the typed client and cannot be read: said to it, instead of dropped behind its back. */
import { createDockingClient, InvalidChange, signallingClient } from '../../client';

// Nobody listens there: nothing is sent.
const { client, close } = signallingClient({ address: '127.0.0.1:1' }, 'default');
afterAll(close);

const reference = { type: 'ticket.created', occurredAt: '2026-07-20T10:00:00Z', actor: { type: 'system' } };

test.each([
  ['dockingId', '', 't1', { eventId: 'e1', reference }],
  ['ticketId', 'd1', '', { eventId: 'e1', reference }],
  ['ticketId', 'd1', 'x'.repeat(401), { eventId: 'e1', reference }],
  ['eventId', 'd1', 't1', { reference }],
  ['eventId', 'd1', 't1', { eventId: 4711, reference }],
  ['reference', 'd1', 't1', { eventId: 'e1' }],
  ['reference', 'd1', 't1', { eventId: 'e1', reference: 'ticket.created' }],
])('%s is named', async (field, dockingId, ticketId, change) => {
  const told = createDockingClient(client).ticketChanged(dockingId, ticketId, change as never);
  await expect(told).rejects.toBeInstanceOf(InvalidChange);
  await expect(told).rejects.toMatchObject({ field, type: 'Request.Invalid' });
});
