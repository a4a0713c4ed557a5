import type { Operation } from '../../../contract/operation.js';
import { createKeyOperation } from './create-key.js';
import { listKeysOperation, readKeyOperation } from './list-keys.js';
import { revokeKeyOperation } from './revoke-key.js';

export const keyOperations: readonly Operation[] = [
  listKeysOperation,
  createKeyOperation,
  readKeyOperation,
  revokeKeyOperation,
];
