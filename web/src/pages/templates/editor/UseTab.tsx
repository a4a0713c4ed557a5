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
  const isOfCompanies = template.kind === 'company_balance';
  if (data.clients === 0 && data.companies === 0) {
    return <Text size="sm">{t(isOfCompanies ? 'emails.notUsedByCompanies' : 'emails.notUsed')}</Text>;
  }
  return (
    <Stack gap="sm">
      <Text size="sm">
        {isOfCompanies ? t('emails.usedByCompanies', { n: data.companies }) : t('emails.usedBy', { n: data.clients })}
      </Text>
      <List size="sm">
        {data.resellers.map(({ id, name, clients, companies }) => (
          <List.Item key={id}>
            <Anchor component={Link} to={`/${isOfCompanies ? 'companies' : 'clients'}?resellerId=${id}`} size="sm">
              {name}
            </Anchor>
            {`: ${isOfCompanies ? companies : clients}`}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
