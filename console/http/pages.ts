/** Lists that the API gives a page at a time. */
import {
  keepPreviousData,
  useInfiniteQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import { request, type ApiProblem, type RequestOptions } from './request';
import type { Page } from './shapes';

export type Pages<OnePage> = UseInfiniteQueryResult<InfiniteData<OnePage>, ApiProblem>;

/** While another list is on its way, because somebody chose other filters, the one before stays in sight. */
export const usePages = <OnePage extends Pick<Page<unknown>, 'nextCursor'>>(
  queryKey: readonly unknown[],
  path: string,
  query: NonNullable<RequestOptions['query']>,
): Pages<OnePage> =>
  useInfiniteQuery({
    queryKey,
    initialPageParam: '',
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      request<OnePage>('GET', path, { query: { ...query, cursor: pageParam }, signal }),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
