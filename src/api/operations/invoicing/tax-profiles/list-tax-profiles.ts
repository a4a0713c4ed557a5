import { archivedIs } from '../../../../storage/invoicing/tax-profiles.js';
import { sharedList } from '../../../../storage/resellers/shared-records.js';
import { defineList } from '../../../contract/define-list.js';
import { flag } from '../../../contract/lists.js';
import { sharedFileOf, sharedListOf } from '../../resellers/shared-lists.js';
import { sharedFilters } from '../../resellers/shared-records.js';
import { taxProfileApi } from './schema.js';

export const listTaxProfilesOperation = defineList({
  ...sharedListOf(taxProfileApi),
  id: 'listTaxProfiles',
  filters: { ...sharedFilters, archived: flag.optional().openapi({ description: 'Default: both' }) },
  rows: (q, { filter, caller }) => {
    const archived = filter.archived === null ? undefined : archivedIs(q, filter.archived);
    return sharedList(q, taxProfileApi.kind.stored, caller.resellerId, filter, archived);
  },
  csv: sharedFileOf(taxProfileApi, 'exportTaxProfiles', {
    ratePercent: { header: 'Rate (%)', value: ({ ratePercent }) => ({ number: ratePercent }) },
    mode: { header: 'Mode', value: ({ mode }) => mode },
    label: { header: 'Label', value: ({ label }) => label },
    note: { header: 'Note', value: ({ note }) => note },
    sureTax: { header: 'SureTax', value: ({ sureTax }) => sureTax },
    archived: { header: 'Archived', value: ({ archived }) => archived },
  }),
});
