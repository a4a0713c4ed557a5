import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { toneText } from '../../../ui/badges/ToneBadge';
import type { Effect } from './effects';

/** What saving would do, next to the form; it follows what is typed. */
export function EffectsPanel({ effects }: { readonly effects: readonly Effect[] }): ReactNode {
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5" mb="xs">
        {t('clients.effect.title')}
      </Title>
      <Stack gap="xs" aria-live="polite">
        {effects.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('clients.effect.none')}
          </Text>
        )}
        {effects.map(({ text, isWarning }) => {
          const EffectIcon = isWarning ? IconAlertTriangle : IconInfoCircle;
          return (
            <Group key={text} gap="xs" wrap="nowrap" align="flex-start">
              <span {...toneText(isWarning ? 'amber' : 'blue')} style={{ flex: 'none', lineHeight: 0, paddingTop: 2 }}>
                <EffectIcon size={16} aria-hidden />
              </span>
              <Text size="sm">{text}</Text>
            </Group>
          );
        })}
      </Stack>
    </Paper>
  );
}
