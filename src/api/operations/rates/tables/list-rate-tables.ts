import { currencyIs, rateTableTable } from '../../../../storage/rates/tables/rate-tables.js';
import { sharedList, sharedSorts } from '../../../../storage/resellers/shared-records.js';
import { defineList } from '../../../contract/define-list.js';
import { currency } from '../../../contract/schemas.js';
import { sharedFilters } from '../../resellers/shared-records.js';
import { rateTableJson, rateTableSchema } from './schema.js';

export const listRateTablesOperation = defineList({
  id: 'listRateTables',
  path: '/v1/rate-tables',
  area: 'rate-tables',
  summary: 'List rate tables',
  scope: 'profiles:read',
  filters: { ...sharedFilters, currency: currency.optional() },
  sorts: sharedSorts,
  order: 'name',
  page: 'A page of rate tables',
  item: rateTableSchema,
  rows: (q, { filter, caller }) =>
    sharedList(
      q,
      rateTableTable,
      caller.resellerId,
      filter,
      filter.currency === null ? undefined : currencyIs(q, filter.currency),
    ),
  toJson: (row) => rateTableJson(row),
  csv: {
    id: 'exportRateTables',
    name: 'rate-tables',
    what: 'rate tables',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      currency: { header: 'Currency', value: (row) => row.currency },
      timezone: { header: 'Time zone', value: ({ timezone }) => timezone },
      agreementName: { header: 'Agreement', value: ({ agreementName }) => agreementName },
      clients: { header: 'Clients', value: ({ clients }) => ({ number: clients }) },
      lastExportedAt: { header: 'Last export', value: ({ lastExportedAt }) => lastExportedAt },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      notes: { header: 'Notes', value: ({ notes }) => notes },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
      updatedAt: { header: 'Changed', value: ({ updatedAt }) => updatedAt },
    },
  },
});
