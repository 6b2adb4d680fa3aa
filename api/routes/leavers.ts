import { authorize } from '../auth';
import { viewsOf } from '../binding-views';
import type { ApiPorts } from '../ports';
import { dockingParams, given, pageQuery, type Routes } from './route';

/** Bound people who left or came back: what is still on their desk, and what can be done. */
export function registerLeavers(app: Routes, { store }: ApiPorts): void {
  app.get(
    '/v1/dockings/:id/leavers',
    { schema: { params: dockingParams, querystring: pageQuery } },
    async (request) => {
      const { id } = request.params;
      authorize(request, 'read', id);
      await store.dockings.require(id);
      const page = await store.leavers.list(id, given(request.query));
      const views = await viewsOf(
        store,
        id,
        page.items.map(({ binding }) => binding),
      );
      const tickets = await Promise.all(
        page.items.map(({ openTicketIds }) =>
          Promise.all(openTicketIds.slice(0, SHOWN_TICKETS).map((ticketId) => ticket(id, ticketId))),
        ),
      );
      return {
        items: page.items.map(({ state, openTicketIds, binding }, index) => ({
          state,
          binding: views[index]?.shape,
          openTickets: openTicketIds.length,
          openTicketIds,
          tickets: tickets[index],
          nextStep:
            state === 'left'
              ? 'Give the open tickets a new owner, then unbind or rebind the agent.'
              : `Resume the binding with POST /v1/dockings/${id}/bindings/${binding.id}:resume, or unbind it.`,
        })),
        nextCursor: page.nextCursor,
      };
    },
  );

  async function ticket(dockingId: string, ticketId: string): Promise<object> {
    const snapshot = (await store.tickets.get(dockingId, ticketId))?.snapshot as
      Partial<Record<'code' | 'title' | 'url' | 'priority' | 'statusType', string>> | undefined;
    const { code = null, title = null, url = null, priority = null, statusType = null } = snapshot ?? {};
    return { ticketId, code, title, url, priority, statusType };
  }
}

/** Tickets of one person that are shown with their titles; the others by id. */
const SHOWN_TICKETS = 50;
