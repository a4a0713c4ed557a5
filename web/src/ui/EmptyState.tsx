import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/t';

interface EmptyStateProps {
  readonly icon?: Icon;
  readonly title: string;
  /** what would be here, and how it comes to be */
  readonly text?: ReactNode;
  readonly action?: ReactNode;
  /** a page of the documentation */
  readonly docs?: string;
}

/** Nothing is there yet, or nothing matches: what that means and what to do. */
export function EmptyState({ icon: StateIcon, title, text, action, docs }: EmptyStateProps): ReactNode {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      {StateIcon && <StateIcon size={32} stroke={1.5} color="var(--mantine-color-dimmed)" aria-hidden />}
      <Title order={2} size="h5">
        {title}
      </Title>
      {text && (
        <Text size="sm" c="dimmed" maw={480} component="div">
          {text}
        </Text>
      )}
      {(action || docs) && (
        <Group gap="md" justify="center" mt="xs">
          {action}
          {docs && (
            <Anchor size="sm" href={docs}>
              {t('common.docs')}
            </Anchor>
          )}
        </Group>
      )}
    </Stack>
  );
}
