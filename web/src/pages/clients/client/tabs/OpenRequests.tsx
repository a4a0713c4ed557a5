import { Alert, Anchor, Stack } from '@mantine/core';
import { IconClockPause } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../../../api/client';
import { keys } from '../../../../api/keys';
import { useChanges } from '../../../../api/use-changes';
import { rich } from '../../../../i18n/rich';
import { t } from '../../../../i18n/t';
import { Money } from '../../../../ui/text/Money';
import { Time } from '../../../../ui/text/Time';

/** Credit requests of a client that wait for a decision, or are being carried out. */
export function OpenRequests({ clientId }: { readonly clientId: string }): ReactNode {
  const { data, refetch } = useQuery({
    queryKey: keys.list('creditRequests', { clientId, status: 'open' }),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/v1/credit-requests', { params: { query: { clientId, status: ['pending', 'approved'] } }, signal }),
      ),
  });
  useChanges('creditRequests', refetch);
  if (!data || data.data.length === 0) return null;
  return (
    <Stack gap="xs">
      {data.data.map(({ id, kind, amount, currency, expiresAt }) => (
        <Alert key={id} variant="light" color="orange" icon={<IconClockPause aria-hidden />}>
          {rich(`credit.request.waits.${kind}`, {
            amount: <Money value={{ amount, currency }} />,
            expires: <Time at={expiresAt} show="relative" />,
          })}{' '}
          <Anchor component={Link} to={`/credit?tab=requests&request=${id}`} size="sm">
            {t('credit.request.open')}
          </Anchor>
        </Alert>
      ))}
    </Stack>
  );
}
