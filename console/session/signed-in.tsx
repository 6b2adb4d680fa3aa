import { Flex, Spin } from 'antd';
import { createContext, useContext, type ReactNode } from 'react';
import { ProblemAlert } from '../http/problem';
import type { AdminLink } from './link';
import { useEndOfSession, useVisitor, type Session } from './session';
import { SignInPage } from './sign-in-page';

const Current = createContext<Session | null>(null);

/** Of the person whose page this is. */
export function useCurrentSession(): Session {
  const session = useContext(Current);
  if (!session) throw new Error('only pages behind the sign-in ask for the session');
  return session;
}

/** What the signed-in person may do; the API has the last word. `create`: dockings, for which a token must be for all. */
export function useMay(): { operate: boolean; administer: boolean; create: boolean } {
  const { role, dockingIds } = useCurrentSession();
  const administer = role === 'admin';
  return { operate: role !== 'ticket-system', administer, create: administer && dockingIds === '*' };
}

/** Shows its children to whoever is signed in, and the sign-in page to everybody else. */
export function SignedIn({ link, children }: { link: AdminLink; children: ReactNode }): ReactNode {
  const { data, error, isPending, refetch } = useVisitor(link);
  useEndOfSession();
  if (isPending) {
    return (
      <Flex justify="center" style={{ marginTop: '30vh' }}>
        <Spin size="large" />
      </Flex>
    );
  }
  if (error) return <ProblemAlert problem={error} retry={refetch} />;
  return 'role' in data ? <Current value={data}>{children}</Current> : <SignInPage nobody={data.nobody} />;
}
