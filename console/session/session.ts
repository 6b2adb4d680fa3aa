/** Who is signed in. The cookie is the API's; this is what it says of it. */
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiProblem, request } from '../http/request';

export interface Session {
  actor: string;
  role: 'admin' | 'operator' | 'ticket-system';
  dockingIds: string[] | '*';
  /** RFC 3339. */
  endsAt: string | null;
}

export const SESSION = ['session'] as const;

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

/** A session that has ended, or whose token was revoked, leads back to signing in. */
export function useEndOfSession(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const ended = (error: unknown): void => {
      if (error instanceof ApiProblem && error.status === 401) queries.setQueryData(SESSION, null);
    };
    const stops = [
      queries.getQueryCache().subscribe(({ query }) => ended(query.state.error)),
      queries.getMutationCache().subscribe(({ mutation }) => ended(mutation?.state.error)),
    ];
    return () => stops.forEach((stop) => stop());
  }, [queries]);
}
