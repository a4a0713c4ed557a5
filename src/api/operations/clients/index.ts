import type { Operation } from '../../contract/operation.js';
import { createClientOperation } from './create-client.js';
import { listClientsOperation } from './list-clients.js';
import { readClientOperation } from './read-client.js';
import { deleteClientOperation } from './delete-client.js';
import { readTimelineOperation } from './read-timeline.js';
import { fullDeleteClientOperation } from './lifecycle/full-delete-client.js';
import { restoreClientOperation } from './lifecycle/restore-client.js';
import { updateClientOperation } from './update-client.js';

export const clientOperations: readonly Operation[] = [
  listClientsOperation,
  createClientOperation,
  readClientOperation,
  readTimelineOperation,
  updateClientOperation,
  deleteClientOperation,
  restoreClientOperation,
  fullDeleteClientOperation,
];
