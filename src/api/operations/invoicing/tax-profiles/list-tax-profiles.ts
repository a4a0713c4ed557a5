import { archivedIs, taxProfileTable } from '../../../../storage/invoicing/tax-profiles.js';
import { sharedList, sharedSorts } from '../../../../storage/resellers/shared-records.js';
import { defineList } from '../../../contract/define-list.js';
import { flag } from '../../../contract/lists.js';
import { sharedFilters } from '../../resellers/shared-records.js';
import { taxProfileJson, taxProfileSchema } from './schema.js';

export const listTaxProfilesOperation = defineList({
  id: 'listTaxProfiles',
  path: '/v1/tax-profiles',
  area: 'tax-profiles',
  summary: 'List tax profiles',
  scope: 'profiles:read',
  filters: {
    ...sharedFilters,
    archived: flag.optional().openapi({ description: 'Default: both' }),
  },
  sorts: sharedSorts,
  order: 'name',
  page: 'A page of tax profiles',
  item: taxProfileSchema,
  rows: (q, { filter, caller }) =>
    sharedList(
      q,
      taxProfileTable,
      caller.resellerId,
      filter,
      filter.archived === null ? undefined : archivedIs(q, filter.archived),
    ),
  toJson: (row) => taxProfileJson(row),
  csv: {
    id: 'exportTaxProfiles',
    name: 'tax-profiles',
    what: 'tax profiles',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      ratePercent: { header: 'Rate (%)', value: ({ ratePercent }) => ({ number: ratePercent }) },
      mode: { header: 'Mode', value: ({ mode }) => mode },
      label: { header: 'Label', value: ({ label }) => label },
      note: { header: 'Note', value: ({ note }) => note },
      sureTax: { header: 'SureTax', value: ({ sureTax }) => sureTax },
      archived: { header: 'Archived', value: ({ archived }) => archived },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      clients: { header: 'Clients', value: ({ clients }) => ({ number: clients }) },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
      updatedAt: { header: 'Changed', value: ({ updatedAt }) => updatedAt },
    },
  },
});
