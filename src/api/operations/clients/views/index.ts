import type { Operation } from '../../../contract/operation.js';
import { updateViewOperation } from './update-view.js';
import { deleteViewOperation } from './delete-view.js';
import { createViewOperation } from './create-view.js';
import { listViewsOperation } from './list-views.js';

export const viewOperations: readonly Operation[] = [
  listViewsOperation,
  createViewOperation,
  updateViewOperation,
  deleteViewOperation,
];
