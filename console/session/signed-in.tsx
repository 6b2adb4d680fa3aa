import { Flex, Spin } from 'antd';
import { createContext, useContext, type ReactNode } from 'react';
import { ProblemAlert } from '../http/problem';
import { useEndOfSession, useSession, type Session } from './session';
import { SignInPage } from './sign-in-page';

const Current = createContext<Session | null>(null);

/** Of the person whose page this is. */
export function useCurrentSession(): Session {
  const session = useContext(Current);
  if (!session) throw new Error('only pages behind the sign-in ask for the session');
  return session;
}

/** What the signed-in person may do; the API has the last word. */
export function useMay(): { operate: boolean; administer: boolean } {
  const { role } = useCurrentSession();
  return { operate: role !== 'ticket-system', administer: role === 'admin' };
}

/** Shows its children to whoever is signed in, and the sign-in page to everybody else. */
export function SignedIn({ token, children }: { token: string | null; children: ReactNode }): ReactNode {
  const { data, error, isPending, refetch } = useSession(token);
  useEndOfSession();
  if (isPending) {
    return (
      <Flex justify="center" style={{ marginTop: '30vh' }}>
        <Spin size="large" />
      </Flex>
    );
  }
  if (error) return <ProblemAlert problem={error} retry={refetch} />;
  return data ? <Current value={data}>{children}</Current> : <SignInPage />;
}
