import { Stack, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { t } from '../i18n/t';

interface PanelPageProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A page of the panel under its title, which the window has too. */
export function PanelPage({ title, children }: PanelPageProps): ReactNode {
  useEffect(() => {
    document.title = `${title} · ${t('panel.title')}`;
  }, [title]);
  return (
    <Stack gap="md">
      <Title order={1} size="h3">
        {title}
      </Title>
      {children}
    </Stack>
  );
}
