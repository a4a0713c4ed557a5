import type { Operation } from '../../contract/operation.js';
import { createResellerOperation } from './create-reseller.js';
import { listResellersOperation } from './list-resellers.js';
import { resellerTreeOperation } from './read-reseller-tree.js';
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
