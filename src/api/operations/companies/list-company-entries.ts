import { ledgerSides } from '../../../domain/companies/company-balances.js';
import { companyEntryList } from '../../../storage/companies/company-entries.js';
import { defineList } from '../../contract/define-list.js';
import { instant } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { companyEntryJson, companyEntrySchema, entryKind } from './entry-schema.js';
import { requireCompany } from './require-company.js';
import { companyParams } from './schema.js';

export const listCompanyEntriesOperation = defineList({
  id: 'listCompanyEntries',
  path: '/v1/companies/{id}/entries',
  area: 'companies',
  summary: 'List a company’s ledger entries',
  description: 'Newest first, by the time they occurred.',
  scope: 'payments:read',
  params: companyParams,
  filters: {
    side: z.enum(ledgerSides).optional(),
    kind: entryKind.optional(),
    from: instant.optional(),
    to: instant.optional().openapi({ description: 'Exclusive' }),
  },
  sorts: ['at'],
  order: '-at',
  page: 'A page of entries',
  item: companyEntrySchema,
  require: (input) => requireCompany(input, input.params.id),
  rows: (q, { params, filter, caller }) => companyEntryList(q, caller.resellerId, params.id, filter),
  toJson: companyEntryJson,
  csv: {
    id: 'exportCompanyEntries',
    name: 'company-entries',
    what: 'the ledger entries of a company',
    params: { id: 'companyId' },
    columns: {
      at: { header: 'Time', value: ({ at }) => at },
      side: { header: 'Balance', value: ({ side }) => side },
      kind: { header: 'Type', value: ({ kind }) => kind },
      id: { header: 'Reference', value: ({ id }) => id },
      amount: { header: 'Amount', value: ({ amount }) => ({ number: amount }) },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      balanceAfter: { header: 'Balance after', value: ({ balanceAfter }) => ({ number: balanceAfter }) },
      source: { header: 'Source', value: ({ source }) => source },
      sourceName: { header: 'Recorded by', value: ({ source, sourceName }) => sourceName ?? source },
      recordedAt: { header: 'Recorded', value: ({ recordedAt }) => recordedAt },
      note: { header: 'Note', value: ({ note }) => note },
    },
  },
});
