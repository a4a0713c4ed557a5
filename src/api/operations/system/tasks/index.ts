import type { Operation } from '../../../contract/operation.js';
import { listTasksOperation } from './list-tasks.js';
import { runTaskOperation } from './run-task.js';
import { updateTaskOperation } from './update-task.js';

export const taskOperations: readonly Operation[] = [listTasksOperation, updateTaskOperation, runTaskOperation];
