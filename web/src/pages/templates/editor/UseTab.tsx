import { Anchor, List, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { templateUseQuery, type MailTemplate } from '../queries';

/** Whose emails use a template. */
export function UseTab({ template }: { readonly template: MailTemplate }): ReactNode {
  const { data, error, refetch } = useQuery(templateUseQuery(template.id));
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={120} />;
  if (data.clients === 0) return <Text size="sm">{t('emails.notUsed')}</Text>;
  return (
    <Stack gap="sm">
      <Text size="sm">{t('emails.usedBy', { n: data.clients })}</Text>
      <List size="sm">
        {data.resellers.map(({ id, name, clients }) => (
          <List.Item key={id}>
            <Anchor component={Link} to={`/clients?resellerId=${id}`} size="sm">
              {name}
            </Anchor>
            {`: ${clients}`}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
