import type { Operation } from '../../../contract/operation.js';
import { createKeyOperation } from './create-key.js';
import { listKeysOperation } from './list-keys.js';
import { readKeyOperation } from './read-key.js';
import { revokeKeyOperation } from './revoke-key.js';

export const keyOperations: readonly Operation[] = [
  listKeysOperation,
  createKeyOperation,
  readKeyOperation,
  revokeKeyOperation,
];
