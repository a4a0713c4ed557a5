import { Alert, Anchor, Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconMailX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../api/client';
import { keys } from '../api/keys';
import type { components } from '../api/schema';
import { t } from '../i18n/t';
import { ActionButton } from '../session/ActionButton';
import { useCan } from '../session/rights';
import { ClearAddress } from './ClearAddress';

type BouncedAddress = components['schemas']['BouncedAddress'];

interface BouncedAddressesProps {
  /** addresses that are shown near it; those of them that bounced are named */
  readonly addresses: readonly (string | null)[];
}

/** So many addresses one request may name. */
const maxAsked = 50;

/** Names addresses from which emails came back, where they are used, and clears those that work again; else nothing. */
export function BouncedAddresses({ addresses }: BouncedAddressesProps): ReactNode {
  const [asked, setAsked] = useState<BouncedAddress | null>(null);
  const used = [...new Set(addresses.map((address) => address?.trim().toLowerCase() ?? ''))]
    .filter((address) => address.includes('@') && !address.includes(','))
    .sort()
    .slice(0, maxAsked)
    .join(',');
  // Not for each letter that is typed.
  const [address] = useDebouncedValue(used, 400);
  const { data } = useQuery({
    queryKey: keys.one('bouncedAddresses', 'used', address),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/bounced-addresses', { params: { query: { address, limit: maxAsked } }, signal })),
    enabled: useCan()('listBouncedAddresses') && address !== '',
    staleTime: 60_000,
  });
  const bounced = address === '' ? [] : (data?.data ?? []);
  if (bounced.length === 0) return null;
  return (
    <Alert variant="light" color="orange" icon={<IconMailX aria-hidden />} p="xs">
      {bounced.map((one) => (
        <Group key={one.id} gap="xs" justify="space-between">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t('ui.bounced', { addresses: one.address })}
          </Text>
          <ActionButton
            operation="clearBouncedAddress"
            isInRow
            variant="default"
            size="compact-xs"
            aria-label={t('ui.bounced.clear', { address: one.address })}
            onClick={() => setAsked(one)}
          >
            {t('ui.bounced.clearShort')}
          </ActionButton>
        </Group>
      ))}
      <Anchor component={Link} to="/bounced-addresses" size="sm" underline="always">
        {t('ui.bounced.open')}
      </Anchor>
      <ClearAddress asked={asked} onClose={() => setAsked(null)} />
    </Alert>
  );
}
