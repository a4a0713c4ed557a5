import type { Operation } from '../../../contract/operation.js';
import { deleteViewOperation, updateViewOperation } from './update-view.js';
import { createViewOperation } from './create-view.js';
import { listViewsOperation } from './list-views.js';

export const viewOperations: readonly Operation[] = [
  listViewsOperation,
  createViewOperation,
  updateViewOperation,
  deleteViewOperation,
];
