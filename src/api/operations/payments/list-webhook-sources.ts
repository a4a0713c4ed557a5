import { listWebhookSources } from '../../../storage/payments/webhook-sources.js';
import { listed, listQuery, pageOf, pageRequest } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
import { sourceJson, sourceSchema } from './shared.js';

export const listWebhookSourcesOperation = defineOperation({
  id: 'listWebhookSources',
  method: 'get',
  path: '/v1/webhook-sources',
  area: 'webhooks',
  summary: 'List the payment systems that may post',
  scope: 'webhooks:read',
  request: { query: listQuery(['name', 'createdAt'], 'name') },
  responses: { 200: { description: 'A page of sources', schema: pageOf(sourceSchema) } },
  async handler({ query, caller, context, now, url }) {
    const page = await listWebhookSources(context.sql, caller.resellerId, pageRequest(query));
    return listed({ url, now }, page, (source) => sourceJson(context, source, now));
  },
});
