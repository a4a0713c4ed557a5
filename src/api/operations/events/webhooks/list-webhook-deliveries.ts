import {
  webhookDeliveryList,
  webhookDeliverySorts,
  webhookDeliveryStatuses,
} from '../../../../storage/events/webhooks/deliveries.js';
import { defineList } from '../../../contract/define-list.js';
import { oneOrMore } from '../../../contract/lists.js';
import { instant, reference } from '../../../contract/schemas.js';
import { deliveryJson, deliveryKinds, deliverySchema } from './schema.js';

export const listWebhookDeliveriesOperation = defineList({
  id: 'listWebhookDeliveries',
  path: '/v1/webhook-deliveries',
  area: 'webhooks',
  summary: 'List webhook deliveries',
  description:
    'What endpoints receive: one delivery for each event that is raised or resolved. Deliveries that have ended are kept for ' +
    '90 days.',
  scope: 'webhooks:read',
  filters: {
    endpointId: reference.optional(),
    status: oneOrMore(webhookDeliveryStatuses).optional(),
    kind: oneOrMore(deliveryKinds).optional(),
    clientId: reference.optional(),
    eventId: reference.optional(),
    from: instant.optional().openapi({ description: 'Queued then or later' }),
    to: instant.optional().openapi({ description: 'Queued before then' }),
  },
  sorts: webhookDeliverySorts,
  order: '-createdAt',
  page: 'A page of deliveries',
  item: deliverySchema,
  rows: (q, { caller, filter }) => webhookDeliveryList(q, caller.resellerId, filter),
  toJson: deliveryJson,
  csv: {
    id: 'exportWebhookDeliveries',
    name: 'webhook-deliveries',
    what: 'webhook deliveries',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      createdAt: { header: 'Queued', value: ({ createdAt }) => createdAt },
      endpointId: { header: 'Endpoint ID', value: ({ endpointId }) => ({ number: endpointId }) },
      endpointName: { header: 'Endpoint', value: ({ endpointName }) => endpointName },
      messageId: { header: 'Message ID', value: ({ messageId }) => messageId },
      eventId: { header: 'Event ID', value: ({ eventId }) => ({ number: eventId }) },
      kind: { header: 'Kind', value: ({ kind }) => kind },
      eventStatus: { header: 'Event status', value: ({ eventStatus }) => eventStatus },
      clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      subject: { header: 'Subject', value: ({ subject }) => subject },
      sequence: {
        header: 'Sequence',
        value: ({ sequence }) => ({ number: sequence === null ? null : String(sequence) }),
      },
      status: { header: 'Status', value: ({ status }) => status },
      attempts: { header: 'Attempts', value: ({ attempts }) => ({ number: attempts }) },
      nextAttemptAt: { header: 'Next attempt', value: ({ nextAttemptAt }) => nextAttemptAt },
      responseStatus: {
        header: 'Response status',
        value: ({ responseStatus }) => (responseStatus === null ? null : String(responseStatus)),
      },
      error: { header: 'Error', value: ({ error }) => error },
      endedAt: { header: 'Ended', value: ({ endedAt }) => endedAt },
    },
  },
});
