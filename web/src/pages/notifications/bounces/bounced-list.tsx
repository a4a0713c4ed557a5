import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { readList } from '../../../api/lists';
import type { components } from '../../../api/schema';
import { clientSource, resellerSource } from '../../../form/sources';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { Actor } from '../../../ui/audit/Actor';
import { EmptyCell } from '../../../ui/cells/EmptyCell';
import { Time } from '../../../ui/text/Time';

export type BouncedAddress = components['schemas']['BouncedAddress'];

export const bouncedList: ListDefinition<BouncedAddress> = {
  kind: 'bouncedAddresses',
  name: 'bounced-addresses',
  title: 'app.list.bounced',
  load: (query, signal) => readList('/v1/bounced-addresses', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ address }) => address,
  sort: '-lastAt',
  search: { parameter: 'q', placeholder: 'bounces.search' },
  columns: [
    { id: 'address', label: 'bounces.address', sort: 'address', isName: true, render: ({ address }) => address },
    {
      id: 'clientName',
      label: 'bounces.client',
      render: ({ clientId, clientName }) =>
        clientId === null ? (
          <EmptyCell />
        ) : (
          <Anchor component={Link} to={`/clients/${clientId}`} size="sm">
            {clientName}
          </Anchor>
        ),
    },
    { id: 'resellerName', label: 'bounces.reseller', render: ({ resellerName }) => resellerName },
    { id: 'code', label: 'bounces.code', render: ({ code }) => code ?? <EmptyCell /> },
    { id: 'detail', label: 'bounces.detail', grows: true, render: ({ detail }) => <span lang="en">{detail}</span> },
    { id: 'times', label: 'bounces.times', sort: 'times', align: 'right', render: ({ times }) => times },
    {
      id: 'lastAt',
      label: 'bounces.last',
      sort: 'lastAt',
      render: ({ lastAt }) => <Time at={lastAt} format="short" />,
    },
    { id: 'firstAt', label: 'bounces.first', optional: true, render: ({ firstAt }) => <Time at={firstAt} /> },
    {
      id: 'clearedBy',
      label: 'bounces.clearedBy',
      optional: true,
      render: ({ clearedBy, clearedByName }) =>
        clearedBy === null ? <EmptyCell /> : <Actor actor={clearedBy} name={clearedByName} />,
    },
    { id: 'id', label: 'bounces.id', optional: true, sort: 'id', align: 'right', render: ({ id }) => id },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'common.status',
      parameter: 'status',
      options: () =>
        (['bounced', 'cleared', 'all'] as const).map((value) => ({ value, label: t(`bounces.status.${value}`) })),
    },
    { kind: 'reference', label: 'bounces.reseller', parameter: 'resellerId', ...resellerSource },
    { kind: 'reference', label: 'bounces.client', parameter: 'clientId', ...clientSource },
  ],
};
