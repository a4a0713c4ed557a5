import { List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { components } from '../api/schema';
import { t } from '../i18n/t';
import { Money } from '../ui/text/Money';

export type NotificationImpact = components['schemas']['NotificationImpact'];

const shownClients = 5;

/** How many clients a change newly notifies, with the first of them. */
export function ImpactSummary({ impact }: { readonly impact: NotificationImpact }): ReactNode {
  const { count, data } = impact.newlyNotified;
  return (
    <Stack gap="xs" role="alert">
      <Text size="sm" fw={500}>
        {t('form.notify.effect', { n: count })}
      </Text>
      <List size="sm" spacing={2}>
        {data.slice(0, shownClients).map(({ clientId, name, available, currency }) => (
          <List.Item key={clientId}>
            {name} <Money value={available === null ? null : { amount: available, currency }} />
          </List.Item>
        ))}
      </List>
      {count > shownClients && (
        <Text size="xs" c="dimmed">
          {t('form.notify.more', { n: count - shownClients })}
        </Text>
      )}
    </Stack>
  );
}
