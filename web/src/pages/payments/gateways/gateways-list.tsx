import { IconCircleCheck, IconPlayerPause } from '@tabler/icons-react';
import { readList } from '../../../api/lists';
import type { components } from '../../../api/schema';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { ToneBadge } from '../../../ui/badges/ToneBadge';
import { Time } from '../../../ui/text/Time';

export type PaymentGateway = components['schemas']['PaymentGateway'];

export const gatewaysList: ListDefinition<PaymentGateway> = {
  kind: 'paymentGateways',
  name: 'payment-gateways',
  title: 'developers.tab.gateways',
  load: (query, signal) => readList('/v1/payment-gateways', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  sort: 'name',
  columns: [
    { id: 'name', label: 'common.name', sort: 'name', isName: true, render: ({ name }) => name },
    { id: 'kind', label: 'gateways.kind', render: ({ kind }) => t(`gateways.kind.${kind}`) },
    { id: 'active', label: 'common.status', render: ({ active }) => <GatewayStatus active={active} /> },
    { id: 'currency', label: 'gateways.currency', render: ({ currency }) => currency },
    { id: 'url', label: 'gateways.url', render: ({ url }) => <span translate="no">{url}</span> },
    {
      id: 'createdAt',
      label: 'developers.created',
      sort: 'createdAt',
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
  ],
  filters: [],
};

function GatewayStatus({ active }: Pick<PaymentGateway, 'active'>) {
  return active ? (
    <ToneBadge tone="green" icon={IconCircleCheck}>
      {t('gateways.status.active')}
    </ToneBadge>
  ) : (
    <ToneBadge tone="gray" icon={IconPlayerPause}>
      {t('gateways.status.off')}
    </ToneBadge>
  );
}
