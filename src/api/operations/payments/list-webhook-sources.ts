import { webhookSourceList } from '../../../storage/payments/webhook-sources.js';
import { defineList } from '../../contract/define-list.js';
import { line } from '../../contract/schemas.js';
import { sourceJson, sourceSchema } from './shared.js';

export const listWebhookSourcesOperation = defineList({
  id: 'listWebhookSources',
  path: '/v1/webhook-sources',
  area: 'webhooks',
  summary: 'List webhook sources',
  scope: 'webhooks:read',
  filters: { name: line(63).optional().openapi({ description: 'The whole name' }) },
  sorts: ['name', 'createdAt'],
  order: 'name',
  page: 'A page of sources',
  item: sourceSchema,
  rows: (q, { caller, filter }) => webhookSourceList(q, caller.resellerId, filter.name),
  toJson: (source, { context, now }) => sourceJson(context, source, now),
  csv: {
    id: 'exportWebhookSources',
    name: 'webhook-sources',
    what: 'webhook sources',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      resellerId: { header: 'Reseller ID', value: ({ resellerId }) => ({ number: resellerId }) },
      active: { header: 'Active', value: ({ active }) => active },
      url: { header: 'URL', value: ({ url }) => url },
      lastUsedAt: { header: 'Last used', value: ({ lastUsedAt }) => lastUsedAt },
      previousSecretUntil: {
        header: 'Previous secret until',
        value: ({ previousSecretUntil }) => previousSecretUntil,
      },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
    },
  },
});
