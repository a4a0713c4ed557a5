import type { Operation } from '../../contract/operation.js';
import { createResellerOperation } from './create-reseller.js';
import { listResellersOperation, resellerTreeOperation } from './list-resellers.js';
import { readResellerOperation } from './read-reseller.js';
import { updateResellerOperation } from './update-reseller.js';

export const resellerOperations: readonly Operation[] = [
  listResellersOperation,
  // before the one whose {id} would take its place
  resellerTreeOperation,
  createResellerOperation,
  readResellerOperation,
  updateResellerOperation,
];
