/** Who is signed in. The cookie is the API's; this is what it says of it. */
import {
  useQuery,
  useQueryClient,
  type Query,
  type QueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiProblem, request } from '../http/request';

export interface Session {
  actor: string;
  role: 'admin' | 'operator' | 'ticket-system';
  dockingIds: string[] | '*';
  /** RFC 3339. */
  endsAt: string | null;
}

const SESSION = ['session'] as const;

/** Null: nobody. Opens one with `token` where there is one. */
export const useSession = (token: string | null): UseQueryResult<Session | null, ApiProblem> =>
  useQuery({
    queryKey: SESSION,
    staleTime: Infinity,
    queryFn: async () => {
      try {
        return await (token ? signIn(token) : request<Session>('GET', '/v1/session'));
      } catch (problem) {
        if (problem instanceof ApiProblem && problem.status === 401) return null;
        throw problem;
      }
    },
  });

export const signIn = (token: string): Promise<Session> =>
  request('POST', '/v1/session', { headers: { authorization: `Bearer ${token}` } });

export const signOut = (): Promise<void> => request('DELETE', '/v1/session');

/** Somebody else is before the page, or nobody: what the last one saw is forgotten. */
export function become(queries: QueryClient, session: Session | null): void {
  queries.setQueryData(SESSION, session);
  queries.removeQueries({ predicate: isNotSession });
}

/** All that is shown is asked for once more: the API's own sentences come in the language of now. */
export const askAnew = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ predicate: isNotSession });

const isNotSession = ({ queryKey }: Pick<Query, 'queryKey'>): boolean => queryKey[0] !== SESSION[0];

/** A session that has ended, or whose token was revoked, leads back to signing in. */
export function useEndOfSession(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const ended = (error: unknown): void => {
      const isOver = error instanceof ApiProblem && error.status === 401;
      if (isOver && queries.getQueryData(SESSION)) become(queries, null);
    };
    const stops = [
      queries.getQueryCache().subscribe(({ query }) => ended(query.state.error)),
      queries.getMutationCache().subscribe(({ mutation }) => ended(mutation?.state.error)),
    ];
    return () => stops.forEach((stop) => stop());
  }, [queries]);
}
