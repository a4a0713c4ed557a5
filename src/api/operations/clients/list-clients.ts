import { clientList } from '../../../storage/clients/client-list.js';
import { readPage } from '../../../storage/system/paging.js';
import { readSpending } from '../../../storage/clients/runway.js';
import { listed, pageOf, pageRequest } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
import { clientJson } from './convert.js';
import { clientFilterOf, clientListQuery } from './filters.js';
import { runwayOf } from './runway.js';
import { clientListItem } from './schema.js';

export const listClientsOperation = defineOperation({
  id: 'listClients',
  method: 'get',
  path: '/v1/clients',
  area: 'clients',
  summary: 'List clients',
  description: 'Active ones unless `status` says otherwise (manual 4).',
  scope: 'clients:read',
  request: { query: clientListQuery },
  responses: { 200: { description: 'A page of clients', schema: pageOf(clientListItem) } },
  async handler(input) {
    const { query, caller, context, now } = input;
    const wanted = clientList(context.sql, caller.resellerId, clientFilterOf(query), now);
    const page = await readPage(context.sql, pageRequest(query), wanted);
    if (!query.include.includes('runway')) return listed(input, page, (row) => clientJson(row, now));
    const ids = page.rows.map(({ id }) => id);
    const spending = await readSpending(context.sql, ids, now);
    return listed(input, page, (row) => ({
      ...clientJson(row, now),
      runway: runwayOf(row, spending.get(row.id), now),
    }));
  },
});
