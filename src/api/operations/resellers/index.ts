import type { Operation } from '../../contract/operation.js';
import { createReseller } from './create.js';
import { listResellers, resellerTree } from './list.js';
import { readReseller } from './read.js';
import { updateReseller } from './update.js';

export const resellerOperations: readonly Operation[] = [
  listResellers,
  // before the one whose {id} would take its place
  resellerTree,
  createReseller,
  readReseller,
  updateReseller,
];
