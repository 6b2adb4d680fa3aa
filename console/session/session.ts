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
import type { AdminLink } from './link';

export interface Session {
  actor: string;
  role: 'admin' | 'operator' | 'ticket-system';
  dockingIds: string[] | '*';
  /** RFC 3339. */
  endsAt: string | null;
}

/** Who is before the page; of nobody, what there is to say. */
export type Visitor = Session | { nobody: 'came' | 'left' | 'bad-link' | 'session-ended' };

const SESSION = ['session'] as const;

/** Opens a session with the link where there is one. */
export const useVisitor = (link: AdminLink): UseQueryResult<Visitor, ApiProblem> =>
  useQuery({
    queryKey: SESSION,
    staleTime: Infinity,
    queryFn: async (): Promise<Visitor> => {
      try {
        return await (isReadable(link) ? signIn(link.token) : request<Session>('GET', '/v1/session'));
      } catch (problem) {
        if (!isRefusal(problem)) throw problem;
        return { nobody: link === null ? 'came' : 'bad-link' };
      }
    },
  });

const isReadable = (link: AdminLink): link is { token: string } => typeof link === 'object' && link !== null;
const isRefusal = (problem: unknown): boolean => problem instanceof ApiProblem && problem.status === 401;

export const signIn = (token: string): Promise<Session> =>
  request('POST', '/v1/session', { headers: { authorization: `Bearer ${token}` } });

export const signOut = (): Promise<void> => request('DELETE', '/v1/session');

/** Somebody else is before the page, or nobody: what the last one saw is forgotten. */
export function become(queries: QueryClient, visitor: Visitor): void {
  queries.setQueryData(SESSION, visitor);
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
      const visitor = queries.getQueryData<Visitor>(SESSION);
      if (isRefusal(error) && visitor && 'role' in visitor) become(queries, { nobody: 'session-ended' });
    };
    const stops = [
      queries.getQueryCache().subscribe(({ query }) => ended(query.state.error)),
      queries.getMutationCache().subscribe(({ mutation }) => ended(mutation?.state.error)),
    ];
    return () => stops.forEach((stop) => stop());
  }, [queries]);
}
