import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { rich } from '../../../i18n/rich';
import { Money } from '../../../ui/text/Money';
import { creditLimitQuery, type Client } from './queries';

/** The highest credit limit that the caller may set for this client; nothing where there is none. */
export function LimitMaximum({ client }: { readonly client: Client }) {
  const { data } = useQuery(creditLimitQuery(client.id));
  if (!data?.maximum) return null;
  return (
    <Text size="sm" c="dimmed">
      {rich('client.limit.maximum', { maximum: <Money value={data.maximum} /> })}
    </Text>
  );
}
