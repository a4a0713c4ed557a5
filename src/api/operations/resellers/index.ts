import type { Operation } from '../../contract/operation.js';
import { createResellerOperation } from './create-reseller.js';
import { deleteResellerOperation } from './delete-reseller.js';
import { listResellersOperation } from './list-resellers.js';
import { moveResellerOperation } from './move-reseller.js';
import { previewResellerMoveOperation } from './preview-reseller-move.js';
import { resellerTreeOperation } from './read-reseller-tree.js';
import { readResellerUseOperation } from './read-reseller-use.js';
import { readResellerOperation } from './read-reseller.js';
import {
  listResellerEntriesOperation,
  postResellerAdjustmentOperation,
  postResellerPaymentOperation,
} from './reseller-entries.js';
import { restoreResellerOperation } from './restore-reseller.js';
import { updateResellerOperation } from './update-reseller.js';

export const resellerOperations: readonly Operation[] = [
  listResellersOperation,
  // before the one whose {id} would take its place
  resellerTreeOperation,
  createResellerOperation,
  readResellerOperation,
  updateResellerOperation,
  deleteResellerOperation,
  restoreResellerOperation,
  readResellerUseOperation,
  previewResellerMoveOperation,
  moveResellerOperation,
  listResellerEntriesOperation,
  postResellerPaymentOperation,
  postResellerAdjustmentOperation,
];
