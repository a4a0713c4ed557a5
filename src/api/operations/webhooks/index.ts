import type { Operation } from '../../contract/operation.js';
import { changeWebhookSource } from './change-source.js';
import { createWebhookSource } from './create-source.js';
import { deleteWebhookSource } from './delete-source.js';
import { listWebhookSources } from './list-sources.js';
import { readWebhookSource } from './read-source.js';
import { receiveWebhook } from './receive.js';
import { rotateWebhookSecret } from './rotate-secret.js';

export const webhookOperations: readonly Operation[] = [
  receiveWebhook,
  listWebhookSources,
  createWebhookSource,
  readWebhookSource,
  changeWebhookSource,
  rotateWebhookSecret,
  deleteWebhookSource,
];
