import type { Operation } from '../../contract/operation.js';
import { listEventGroupsOperation } from './list-event-groups.js';
import { listEventsOperation } from './list-events.js';
import { readEventOperation } from './read-event.js';
import { resolveEventOperation } from './resolve-event.js';
import { resolveEventsOperation } from './resolve-events.js';
import { outgoingWebhookOperations } from './webhooks/index.js';

export const eventOperations: readonly Operation[] = [
  listEventsOperation,
  listEventGroupsOperation,
  readEventOperation,
  resolveEventOperation,
  resolveEventsOperation,
  ...outgoingWebhookOperations,
];
