import type { Operation } from '../../contract/operation.js';
import { deleteView, updateView } from './change.js';
import { createView } from './create.js';
import { listViews } from './list.js';

export const viewOperations: readonly Operation[] = [listViews, createView, updateView, deleteView];
