import { Alert, Anchor, Text } from '@mantine/core';
import { IconMailX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../api/client';
import { keys } from '../api/keys';
import { t } from '../i18n/t';
import { useCan } from '../session/rights';

interface BouncedAddressesProps {
  /** addresses that are shown near it; those of them that bounced are named */
  readonly addresses: readonly (string | null)[];
}

const mostAsked = 200;

/** Names addresses from which emails came back, where they are used; nothing while none of them did. */
export function BouncedAddresses({ addresses }: BouncedAddressesProps): ReactNode {
  const { data } = useQuery({
    queryKey: keys.one('bouncedAddresses', 'current'),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/bounced-addresses', { params: { query: { limit: mostAsked } }, signal })),
    enabled: useCan()('listBouncedAddresses') && addresses.some((address) => address !== null),
    staleTime: 60_000,
  });
  const used = new Set(addresses.map((address) => address?.toLowerCase()));
  const bounced = (data?.data ?? []).filter(({ address }) => used.has(address.toLowerCase()));
  if (bounced.length === 0) return null;
  return (
    <Alert variant="light" color="orange" icon={<IconMailX aria-hidden />} p="xs">
      <Text size="sm">
        {t('ui.bounced', { addresses: [...new Set(bounced.map(({ address }) => address))].join(', ') })}{' '}
        <Anchor component={Link} to="/bounced-addresses" size="sm" underline="always">
          {t('ui.bounced.open')}
        </Anchor>
      </Text>
    </Alert>
  );
}
