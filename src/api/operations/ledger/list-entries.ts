import { listEntries } from '../../../storage/ledger/ledger-read.js';
import { listQuery, listed, pageOf, pageRequest } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
import { instant, pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { entryJson, entrySchema, requireAccount } from './shared.js';

export const listEntriesOperation = defineOperation({
  id: 'listEntries',
  method: 'get',
  path: '/v1/clients/{id}/entries',
  area: 'ledger',
  summary: 'List what moved a client’s balances',
  description: 'Newest first, by when it occurred.',
  scope: 'payments:read',
  request: {
    params: z.strictObject({ id: pathId }),
    query: listQuery(['at'], '-at').extend({
      kind: z.enum(['payment', 'charge', 'adjustment', 'transfer', 'invoice']).optional(),
      from: instant.optional(),
      to: instant.optional(),
    }),
  },
  responses: { 200: { description: 'A page of entries', schema: pageOf(entrySchema) } },
  async handler({ params, query, context, scope, now, url }) {
    await requireAccount({ scope, now }, params.id);
    const filter = { kind: query.kind ?? null, from: query.from ?? null, to: query.to ?? null };
    const page = await listEntries(context.sql, params.id, filter, pageRequest(query));
    return listed({ url, now }, page, entryJson);
  },
});
