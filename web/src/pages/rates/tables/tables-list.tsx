import { readList } from '../../../api/lists';
import { currencySource, resellerSource } from '../../../form/sources';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { EmptyCell } from '../../../ui/cells/EmptyCell';
import { Time } from '../../../ui/text/Time';
import type { RateTable } from './queries';

export const tablesList: ListDefinition<RateTable> = {
  kind: 'rateTables',
  name: 'rate-tables',
  title: 'app.nav.rateTables',
  load: (query, signal) => readList('/v1/rate-tables', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  sort: 'name',
  search: { parameter: 'q', placeholder: 'rateTables.search' },
  columns: [
    { id: 'name', label: 'common.name', sort: 'name', isName: true, render: ({ name }) => name },
    { id: 'currency', label: 'rateTables.currency', render: ({ currency }) => currency },
    {
      ...{ id: 'clients', label: 'rateTables.clients', sort: 'clients', align: 'right' },
      render: ({ clients }) => clients,
    },
    {
      ...{ id: 'lastExportedAt', label: 'rateTables.lastExport' },
      render: ({ lastExportedAt }) =>
        lastExportedAt === null ? t('rateTables.neverExported') : <Time at={lastExportedAt} />,
    },
    {
      ...{ id: 'resellerName', label: 'clients.reseller', sort: 'resellerName' },
      render: ({ resellerName }) => resellerName,
    },
    {
      ...{ id: 'agreementName', label: 'rateTables.agreement', optional: true },
      render: ({ agreementName }) => agreementName ?? <EmptyCell />,
    },
    { id: 'timezone', label: 'rateTables.timezone', optional: true, render: ({ timezone }) => timezone },
    { id: 'notes', label: 'rateTables.notes', optional: true, render: ({ notes }) => notes ?? <EmptyCell /> },
    {
      ...{ id: 'updatedAt', label: 'rateTables.updated', sort: 'updatedAt', optional: true },
      render: ({ updatedAt }) => <Time at={updatedAt} />,
    },
    {
      ...{ id: 'createdAt', label: 'rateTables.created', sort: 'createdAt', optional: true },
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
    { id: 'id', label: 'rateTables.id', sort: 'id', align: 'right', optional: true, render: ({ id }) => id },
  ],
  filters: [
    { kind: 'reference', label: 'clients.reseller', parameter: 'resellerId', ...resellerSource },
    { kind: 'reference', label: 'rateTables.currency', parameter: 'currency', ...currencySource },
  ],
};
