import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { readList } from '../../../api/lists';
import { resellerSource } from '../../../form/sources';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { EmptyCell } from '../../../ui/cells/EmptyCell';
import { Money } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';
import type { Template } from './template-values';

export const templatesList: ListDefinition<Template> = {
  kind: 'clientTemplates',
  name: 'client-templates',
  title: 'app.list.clientTemplates',
  load: (query, signal) => readList('/v1/client-templates', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  sort: 'name',
  search: { parameter: 'q', placeholder: 'templates.search' },
  columns: [
    { id: 'name', label: 'common.name', sort: 'name', isName: true, render: ({ name }) => name },
    { id: 'currency', label: 'templates.currency', render: ({ currency }) => currency ?? <EmptyCell /> },
    {
      ...{ id: 'creditLimit', label: 'clients.creditLimit', align: 'right' },
      render: ({ currency, values: { creditLimit } }) =>
        typeof creditLimit === 'string' && currency !== null ? (
          <Money value={{ amount: creditLimit, currency }} />
        ) : (
          <EmptyCell />
        ),
    },
    {
      ...{ id: 'originationCapacity', label: 'clients.originationCapacity', align: 'right' },
      render: ({ values }) => capacityCell(values.originationCapacity),
    },
    {
      ...{ id: 'terminationCapacity', label: 'clients.terminationCapacity', align: 'right', optional: true },
      render: ({ values }) => capacityCell(values.terminationCapacity),
    },
    { id: 'tags', label: 'clients.tags', render: ({ tags }) => (tags.length === 0 ? <EmptyCell /> : tags.join(', ')) },
    {
      ...{ id: 'clients', label: 'templates.clients', sort: 'clients', align: 'right' },
      render: ({ id, clients }) => <ClientCount id={id} n={clients} />,
    },
    {
      ...{ id: 'resellerName', label: 'clients.reseller', sort: 'resellerName' },
      render: ({ resellerName }) => resellerName,
    },
    {
      ...{ id: 'updatedAt', label: 'templates.updated', sort: 'updatedAt', optional: true },
      render: ({ updatedAt }) => <Time at={updatedAt} />,
    },
    {
      ...{ id: 'createdAt', label: 'templates.created', sort: 'createdAt', optional: true },
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
    { id: 'id', label: 'templates.id', sort: 'id', align: 'right', optional: true, render: ({ id }) => id },
  ],
  filters: [{ kind: 'reference', label: 'clients.reseller', parameter: 'resellerId', ...resellerSource }],
};

function capacityCell(value: unknown): ReactNode {
  if (value === undefined) return <EmptyCell />;
  return value === 'unlimited' ? t('common.unlimited') : String(value);
}

function ClientCount({ id, n }: { readonly id: string; readonly n: number }): ReactNode {
  if (n === 0) return n;
  return (
    <Anchor component={Link} to={`/clients?clientTemplateId=${id}&status=active,stop`} size="sm">
      {n}
    </Anchor>
  );
}
