import { postedEntry } from '../../../domain/ledger/ledger-entries.js';
import { entryList } from '../../../storage/ledger/ledger-read.js';
import { defineList } from '../../contract/define-list.js';
import { instant, pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { entryJson, entrySchema, requireAccount } from './shared.js';

export const listEntriesOperation = defineList({
  id: 'listEntries',
  path: '/v1/clients/{id}/entries',
  area: 'ledger',
  summary: 'List what moved a client’s balances',
  description: 'Newest first, by when it occurred.',
  scope: 'payments:read',
  params: z.strictObject({ id: pathId }),
  filters: {
    kind: z.enum(['payment', 'charge', 'adjustment', 'transfer', 'invoice']).optional(),
    from: instant.optional(),
    to: instant.optional(),
  },
  sorts: ['at'],
  order: '-at',
  page: 'A page of entries',
  item: entrySchema,
  require: (input) => requireAccount(input, input.params.id),
  rows: (q, { params, filter }) => entryList(q, params.id, filter),
  toJson: (row) => entryJson(postedEntry(row, false)),
});
