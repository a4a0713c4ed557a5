import { Center, Group, Paper, Stack, Text } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { t } from '../../i18n/t';

interface LoginFrameProps {
  /** of the window */
  readonly title: string;
  /** below the box */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** What pages before the login have in common. */
export function LoginFrame({ title, footer, children }: LoginFrameProps): ReactNode {
  useEffect(() => {
    document.title = `${title} · Lowwater`;
  }, [title]);
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={420} gap="lg">
        <Stack gap={4}>
          <Group gap="xs">
            <img src="/favicon.svg" alt="" width={30} height={30} />
            <Text fw={650} size="xl">
              Lowwater
            </Text>
          </Group>
          <Text size="sm" c="dimmed">
            {t('session.lead')}
          </Text>
        </Stack>
        <Paper withBorder p="lg" radius="md">
          {children}
        </Paper>
        {footer && (
          <Text size="sm" c="dimmed" component="div">
            {footer}
          </Text>
        )}
      </Stack>
    </Center>
  );
}
