import type { ReactNode } from 'react';
import { readList } from '../../api/lists';
import { t } from '../../i18n/t';
import type { ListDefinition } from '../../list/definition';
import { EmptyCell } from '../../ui/cells/EmptyCell';
import { Money } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import type { Reseller } from './queries';

const kinds = ['operator', 'reseller', 'manager'] as const;
const statuses = ['active', 'deleted'] as const;

/** A manager has no balance; a reseller without a currency has none yet. */
export function balanceCell({ currency }: Reseller, amount: string): ReactNode {
  return currency === null ? <EmptyCell /> : <Money value={{ amount, currency }} />;
}

export const resellersList: ListDefinition<Reseller> = {
  kind: 'resellers',
  name: 'resellers',
  title: 'app.nav.resellers',
  load: (query, signal) => readList('/v1/resellers', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  sort: 'name',
  search: { parameter: 'name', placeholder: 'resellers.search' },
  columns: [
    { id: 'name', label: 'common.name', sort: 'name', isName: true, render: ({ name }) => name },
    { id: 'kind', label: 'resellers.kind', render: ({ kind }) => t(`resellers.kind.${kind}`) },
    { id: 'email', label: 'resellers.email', render: ({ email }) => email ?? <EmptyCell /> },
    { id: 'clients', label: 'resellers.clients', align: 'right', render: ({ clients }) => clients },
    {
      id: 'live',
      label: 'resellers.live',
      align: 'right',
      exportedWith: ['currency'],
      render: (row) => balanceCell(row, row.live),
    },
    {
      id: 'credit',
      label: 'resellers.credit',
      exportedWith: ['currency'],
      align: 'right',
      optional: true,
      render: (row) => balanceCell(row, row.credit),
    },
    {
      id: 'available',
      label: 'resellers.available',
      exportedWith: ['currency'],
      align: 'right',
      render: (row) => balanceCell(row, row.available),
    },
    { id: 'timezone', label: 'resellers.timezone', optional: true, render: ({ timezone }) => timezone },
    {
      ...{ id: 'createdAt', label: 'resellers.created', sort: 'createdAt', optional: true },
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
    { id: 'id', label: 'resellers.id', sort: 'id', align: 'right', optional: true, render: ({ id }) => id },
  ],
  filters: [
    {
      ...{ kind: 'choice', label: 'resellers.kind', parameter: 'kind' },
      options: () => kinds.map((value) => ({ value, label: t(`resellers.kind.${value}`) })),
    },
    {
      ...{ kind: 'choice', label: 'resellers.status', parameter: 'status' },
      options: () => statuses.map((value) => ({ value, label: t(`resellers.status.${value}`) })),
    },
  ],
};
