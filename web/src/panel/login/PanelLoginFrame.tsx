import { Center, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { t } from '../../i18n/t';

interface PanelLoginFrameProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** What the pages before the panel's login have in common. */
export function PanelLoginFrame({ title, children }: PanelLoginFrameProps): ReactNode {
  useEffect(() => {
    document.title = `${title} · ${t('panel.title')}`;
  }, [title]);
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={420} gap="lg">
        <Stack gap={4}>
          <Text fw={650} size="xl">
            {t('panel.title')}
          </Text>
          <Text size="sm" c="dimmed">
            {t('panel.lead')}
          </Text>
        </Stack>
        <Paper withBorder p="lg" radius="md">
          <Stack gap="md">
            <Title order={1} size="h4" id="panel-login-title">
              {title}
            </Title>
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Center>
  );
}
