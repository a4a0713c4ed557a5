import { webhookSourceList } from '../../../storage/payments/webhook-sources.js';
import { defineList } from '../../contract/define-list.js';
import { sourceJson, sourceSchema } from './shared.js';

export const listWebhookSourcesOperation = defineList({
  id: 'listWebhookSources',
  path: '/v1/webhook-sources',
  area: 'webhooks',
  summary: 'List the payment systems that may post',
  scope: 'webhooks:read',
  filters: {},
  sorts: ['name', 'createdAt'],
  order: 'name',
  page: 'A page of sources',
  item: sourceSchema,
  rows: (q, { caller }) => webhookSourceList(q, caller.resellerId),
  toJson: (source, { context, now }) => sourceJson(context, source, now),
});
