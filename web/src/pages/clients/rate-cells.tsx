import { Anchor, Group } from '@mantine/core';
import { IconPhoneIncoming, IconPhoneOutgoing } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { ToneBadge } from '../../ui/badges/ToneBadge';

type Client = Pick<
  components['schemas']['ClientListItem'],
  'originationRateTableId' | 'originationRateTableName' | 'terminationRateTableId' | 'terminationRateTableName'
>;

/** Icons of origination and termination: colored, and a link to the rates, where the client has a rate table for it. */
export function ClientRates({ client }: { readonly client: Client }): ReactNode {
  const ways = [
    {
      way: 'origination',
      icon: IconPhoneIncoming,
      id: client.originationRateTableId,
      name: client.originationRateTableName,
    },
    {
      way: 'termination',
      icon: IconPhoneOutgoing,
      id: client.terminationRateTableId,
      name: client.terminationRateTableName,
    },
  ] as const;
  return (
    <Group gap={6} wrap="nowrap">
      {ways.map(({ way, icon, id, name }) => {
        const title = `${t(`clients.${way}RateTableId`)}: ${name ?? t('clients.rates.none')}`;
        const badge = (
          <ToneBadge tone={id === null ? 'gray' : 'blue'} icon={icon}>
            {t(`clients.rates.${way}`)}
          </ToneBadge>
        );
        return id === null ? (
          <span key={way} title={title}>
            {badge}
          </span>
        ) : (
          <Anchor key={way} component={Link} to={`/rate-tables/${id}`} title={title} aria-label={title}>
            {badge}
          </Anchor>
        );
      })}
    </Group>
  );
}
