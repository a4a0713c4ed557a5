import { endpointList, endpointSorts } from '../../../../storage/events/webhooks/endpoints.js';
import { defineList } from '../../../contract/define-list.js';
import { flag } from '../../../contract/lists.js';
import { line, reference } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { endpointJson, endpointSchema } from './schema.js';

export const listWebhookEndpointsOperation = defineList({
  id: 'listWebhookEndpoints',
  path: '/v1/webhook-endpoints',
  area: 'webhooks',
  summary: 'List webhook endpoints',
  scope: 'webhooks:read',
  filters: {
    enabled: flag.optional(),
    lastOutcome: z.enum(['accepted', 'failed']).optional(),
    resellerId: reference.optional().openapi({ description: 'The owner, with its sub-resellers' }),
    q: line(200).optional().openapi({ description: 'Part of the name or URL, ignoring case' }),
  },
  sorts: endpointSorts,
  order: 'name',
  page: 'A page of endpoints',
  item: endpointSchema,
  rows: (q, { caller, filter }) => endpointList(q, caller.resellerId, filter),
  toJson: (row, { now }) => endpointJson(row, now),
  csv: {
    id: 'exportWebhookEndpoints',
    name: 'webhook-endpoints',
    what: 'webhook endpoints',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      url: { header: 'URL', value: ({ url }) => url },
      kinds: { header: 'Kinds', value: ({ kinds }) => (kinds === null ? 'all' : kinds.join(' ')) },
      enabled: { header: 'Enabled', value: ({ enabled }) => String(enabled) },
      disabledBy: { header: 'Disabled by', value: ({ disabledBy }) => disabledBy },
      lastOutcome: { header: 'Last outcome', value: ({ lastOutcome }) => lastOutcome },
      lastAt: { header: 'Last attempt', value: ({ lastAt }) => lastAt },
      failingSince: { header: 'Failing since', value: ({ failingSince }) => failingSince },
      pending: { header: 'Pending', value: ({ pending }) => ({ number: pending }) },
      failed: { header: 'Failed', value: ({ failed }) => ({ number: failed }) },
      skipped: { header: 'Skipped', value: ({ skipped }) => ({ number: skipped }) },
      resellerId: { header: 'Reseller ID', value: ({ resellerId }) => ({ number: resellerId }) },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
      previousSecretUntil: { header: 'Previous secret until', value: ({ previousSecretUntil }) => previousSecretUntil },
    },
  },
});
