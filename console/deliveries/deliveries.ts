/** Cards and events of one docking, a page at a time, and cards sent again. */
import { useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dockingKey, pathOf } from '../dockings/docking';
import { useAct } from '../http/act';
import { usePages, type Pages } from '../http/pages';
import { request, type ApiProblem } from '../http/request';
import type { Page } from '../http/shapes';
import type { Delivery, DeliveryState, EventState, StuckState, TicketEvent, WhyForAgent } from './shapes';

type Wanted = Record<string, string | undefined>;

const useList = <T>(dockingId: string, list: string, wanted: Wanted): Pages<Page<T>> =>
  usePages([...dockingKey(dockingId), list, wanted], `${pathOf(dockingId)}/${list}`, {
    ...wanted,
    limit: 50,
  });

export interface EventsWanted extends Wanted {
  ticket: string | undefined;
  type: string | undefined;
  state: EventState | undefined;
}
export const useEvents = (dockingId: string, wanted: EventsWanted): Pages<Page<TicketEvent>> =>
  useList(dockingId, 'ticket-events', wanted);

export interface DeliveriesWanted extends Wanted {
  state?: DeliveryState | undefined;
  agent?: string | undefined;
  ticket?: string | undefined;
}
export const useDeliveries = (dockingId: string, wanted: DeliveriesWanted): Pages<Page<Delivery>> =>
  useList(dockingId, 'deliveries', wanted);

/** One event with its whole "why". */
export const useEvent = (dockingId: string, eventId: string): UseQueryResult<TicketEvent, ApiProblem> =>
  useQuery({
    queryKey: [...dockingKey(dockingId), 'ticket-event', eventId],
    queryFn: ({ signal }) =>
      request<TicketEvent>('GET', `${pathOf(dockingId)}/ticket-events/${encodeURIComponent(eventId)}`, {
        signal,
      }),
  });

export const useWhy = (
  dockingId: string,
  ticket: string | undefined,
  agent: string | undefined,
): UseQueryResult<WhyForAgent, ApiProblem> =>
  useQuery({
    queryKey: [...dockingKey(dockingId), 'why', ticket, agent],
    enabled: ticket !== undefined && agent !== undefined,
    queryFn: ({ signal }) =>
      request<WhyForAgent>('GET', `${pathOf(dockingId)}/why`, {
        query: { ticket, agent, limit: 100 },
        signal,
      }),
  });

/** One after the other; the first that is refused ends it. */
export const useReplay = (dockingId: string): UseMutationResult<number, ApiProblem, readonly string[]> => {
  const { t } = useTranslation('deliveries');
  return useAct<readonly string[], number>({
    async run(ids) {
      for (const id of ids) {
        await request('POST', `${pathOf(dockingId)}/deliveries/${encodeURIComponent(id)}:replay`);
      }
      return ids.length;
    },
    done: (number) => t('replayed', { number }),
    changes: [[...dockingKey(dockingId), 'deliveries']],
  });
};

interface ReplayedAll {
  replayed: string[];
  /** The API takes so many at once. */
  more: boolean;
}

/** All that are in this state, oldest first. */
export const useReplayAll = (dockingId: string): UseMutationResult<ReplayedAll, ApiProblem, StuckState> => {
  const { t } = useTranslation('deliveries');
  return useAct<StuckState, ReplayedAll>({
    run: (state) => request('POST', `${pathOf(dockingId)}/deliveries:replay`, { body: { state } }),
    done: ({ replayed, more }) => t(more ? 'replayedMore' : 'replayed', { number: replayed.length }),
    changes: [[...dockingKey(dockingId), 'deliveries']],
  });
};
