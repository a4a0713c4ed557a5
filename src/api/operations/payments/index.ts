import type { Operation } from '../../contract/operation.js';
import { changeWebhookSourceOperation } from './change-webhook-source.js';
import { createWebhookSourceOperation } from './create-webhook-source.js';
import { deleteWebhookSourceOperation } from './delete-webhook-source.js';
import { listWebhookSourcesOperation } from './list-webhook-sources.js';
import { readWebhookSourceOperation } from './read-webhook-source.js';
import { receiveWebhook } from './receive.js';
import { rotateWebhookSecretOperation } from './rotate-webhook-secret.js';

export const webhookOperations: readonly Operation[] = [
  receiveWebhook,
  listWebhookSourcesOperation,
  createWebhookSourceOperation,
  readWebhookSourceOperation,
  changeWebhookSourceOperation,
  rotateWebhookSecretOperation,
  deleteWebhookSourceOperation,
];
