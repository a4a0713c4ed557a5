import { MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { RouterProvider } from 'react-router';
import { useLanguage } from '../i18n/language';
import { isLoaded, loadLanguage, t } from '../i18n/t';
import { theme } from '../theme';
import { createRouter } from './routes';

/** The frame of every page. */
export function App({ queries }: { readonly queries: QueryClient }) {
  const shown = useShownLanguage();
  const [router] = useState(createRouter);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <DatesProvider settings={{ locale: shown === 'uk' ? 'uk' : 'en', firstDayOfWeek: 1 }}>
          {/* Another language draws everything again: texts are plain calls of t(). */}
          <ModalsProvider key={shown} modalProps={{ closeButtonProps: { 'aria-label': t('common.close') } }}>
            {/* Where neither drawers nor the pager have their buttons. */}
            <Notifications position="bottom-center" limit={4} containerWidth={420} />
            <RouterProvider router={router} />
          </ModalsProvider>
        </DatesProvider>
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
