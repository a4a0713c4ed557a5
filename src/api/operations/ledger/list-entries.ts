import { entryKinds } from '../../../domain/ledger/entry-kinds.js';
import { postedEntry } from '../../../domain/ledger/entry.js';
import { entryList } from '../../../storage/ledger/ledger-read.js';
import { defineList } from '../../contract/define-list.js';
import { instant, pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { entryJson, entrySchema, requireAccount } from './shared.js';

export const entryFilters = {
  kind: z.enum(entryKinds).optional(),
  from: instant.optional(),
  to: instant.optional().openapi({ description: 'Exclusive' }),
};

export const listEntriesOperation = defineList({
  id: 'listEntries',
  path: '/v1/clients/{id}/entries',
  area: 'ledger',
  summary: 'List a client’s ledger entries',
  description: 'Newest first, by the time they occurred.',
  scope: 'payments:read',
  params: z.strictObject({ id: pathId }),
  filters: entryFilters,
  sorts: ['at'],
  order: '-at',
  page: 'A page of entries',
  item: entrySchema,
  require: (input) => requireAccount(input, input.params.id),
  rows: (q, { params, filter }) => entryList(q, params.id, filter),
  toJson: (row) => entryJson(postedEntry(row, false)),
  csv: {
    id: 'exportEntries',
    name: 'ledger-entries',
    what: 'the ledger entries of a client',
    params: { id: 'clientId' },
    columns: {
      at: { header: 'Time', value: ({ at }) => at },
      kind: { header: 'Type', value: ({ kind }) => kind },
      id: { header: 'Reference', value: ({ id }) => id },
      amount: { header: 'Amount', value: ({ amount }) => ({ number: amount }) },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      liveAfter: { header: 'Live balance after', value: ({ liveAfter }) => ({ number: liveAfter }) },
      source: { header: 'Recorded by', value: ({ source }) => source },
      recordedAt: { header: 'Recorded', value: ({ recordedAt }) => recordedAt },
      note: { header: 'Note', value: ({ note }) => note },
    },
  },
});
