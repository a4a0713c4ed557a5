import type { Operation } from '../../../contract/operation.js';
import { createWebhookEndpointOperation } from './create-webhook-endpoint.js';
import { deleteWebhookEndpointOperation } from './delete-webhook-endpoint.js';
import { listWebhookDeliveriesOperation } from './list-webhook-deliveries.js';
import { listWebhookEndpointsOperation } from './list-webhook-endpoints.js';
import { readWebhookDeliveryOperation } from './read-webhook-delivery.js';
import { readWebhookEndpointOperation } from './read-webhook-endpoint.js';
import { replayWebhookEndpointOperation } from './replay-webhook-endpoint.js';
import { retryWebhookDeliveryOperation } from './retry-webhook-delivery.js';
import { rotateEndpointSecretOperation } from './rotate-endpoint-secret.js';
import { testWebhookEndpointOperation } from './test-webhook-endpoint.js';
import { updateWebhookEndpointOperation } from './update-webhook-endpoint.js';

/** Outgoing webhooks. Those that come in: operations/payments. */
export const outgoingWebhookOperations: readonly Operation[] = [
  listWebhookEndpointsOperation,
  createWebhookEndpointOperation,
  readWebhookEndpointOperation,
  updateWebhookEndpointOperation,
  rotateEndpointSecretOperation,
  testWebhookEndpointOperation,
  replayWebhookEndpointOperation,
  deleteWebhookEndpointOperation,
  listWebhookDeliveriesOperation,
  readWebhookDeliveryOperation,
  retryWebhookDeliveryOperation,
];
