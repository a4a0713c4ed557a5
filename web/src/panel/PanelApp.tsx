import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { useLanguage } from '../i18n/language';
import { isLoaded, loadLanguage } from '../i18n/t';
import { theme } from '../theme';
import { ConfirmEmailPage } from './login/ConfirmEmailPage';
import { ForgotPasswordPage } from './login/ForgotPasswordPage';
import { LoginPage } from './login/LoginPage';
import { SetPasswordPage } from './login/SetPasswordPage';
import { PanelFailure } from './PanelFailure';
import { panelPages } from './panel-pages';
import { PanelShell } from './PanelShell';

const createRouter = (): ReturnType<typeof createBrowserRouter> =>
  createBrowserRouter(
    [
      {
        errorElement: <PanelFailure />,
        children: [
          { path: '/login', element: <LoginPage /> },
          { path: '/forgot-password', element: <ForgotPasswordPage /> },
          { path: '/set-password', element: <SetPasswordPage /> },
          { path: '/confirm-email', element: <ConfirmEmailPage /> },
          {
            element: <PanelShell />,
            children: panelPages.map(({ path, component: Page }) => ({ path, element: <Page /> })),
          },
          { path: '*', element: <PanelFailure /> },
        ],
      },
    ],
    { basename: '/panel' },
  );

export function PanelApp({ queries }: { readonly queries: QueryClient }) {
  const shown = useShownLanguage();
  const [router] = useState(createRouter);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <Notifications position="bottom-center" limit={4} containerWidth={420} />
        {/* Another language draws everything again: texts are plain calls of t(). */}
        <RouterProvider key={shown} router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** The language whose words have arrived. */
function useShownLanguage(): string {
  const wanted = useLanguage();
  const [shown, setShown] = useState<string>(wanted);
  useEffect(() => {
    let current = true;
    void loadLanguage().then(() => {
      if (!current || !isLoaded()) return;
      document.documentElement.lang = wanted === 'qps' ? 'en' : wanted;
      setShown(wanted);
    });
    return () => {
      current = false;
    };
  }, [wanted]);
  return shown;
}
