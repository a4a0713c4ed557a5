import { Group, Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface PanelProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the page under its own heading. */
export function Panel({ title, actions, children }: PanelProps) {
  return (
    <Paper component="section" withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs" mih={30}>
          <Title order={2} size="h6">
            {title}
          </Title>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}
