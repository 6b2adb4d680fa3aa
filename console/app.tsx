/** What surrounds every page: language, look, the cache of answers, and who is signed in. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as Messages, ConfigProvider, theme } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import { useState, useSyncExternalStore, type ReactNode } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router';
import { ApiProblem } from './http/request';
import { i18n } from './language';
import { openRouter } from './routes';
import type { AdminLink } from './session/link';
import { SignedIn } from './session/signed-in';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // Whatever is refused stays refused; whoever does not answer is asked again.
      retry: (failures, problem) =>
        failures < 2 && (!(problem instanceof ApiProblem) || problem.status === 0),
      staleTime: 2_000,
    },
  },
});

const darkness = window.matchMedia('(prefers-color-scheme: dark)');
const useDarkness = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      darkness.addEventListener('change', changed);
      return () => darkness.removeEventListener('change', changed);
    },
    () => darkness.matches,
  );

function Look({ children }: { children: ReactNode }): ReactNode {
  const { i18n: language } = useTranslation();
  const dark = useDarkness();
  return (
    <ConfigProvider
      locale={language.language === 'zh' ? zhCN : enGB}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: { colorPrimary: '#3370ff', borderRadius: 6 },
      }}
    >
      <Messages>{children}</Messages>
    </ConfigProvider>
  );
}

/** `link`: that the page was opened with. */
export function App({ link }: { link: AdminLink }): ReactNode {
  const [router] = useState(openRouter);
  return (
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <Look>
          <SignedIn link={link}>
            <RouterProvider router={router} />
          </SignedIn>
        </Look>
      </QueryClientProvider>
    </I18nextProvider>
  );
}
