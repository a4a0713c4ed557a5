import type { Operation } from '../../contract/operation.js';
import { createClient } from './create.js';
import { listClients } from './list.js';
import { readClient } from './read.js';
import { deleteClient } from './remove.js';
import { readTimeline } from './timeline.js';
import { updateClient } from './update.js';

export const clientOperations: readonly Operation[] = [
  listClients,
  createClient,
  readClient,
  readTimeline,
  updateClient,
  deleteClient,
];
