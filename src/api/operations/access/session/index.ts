import type { Operation } from '../../../contract/operation.js';
import { logInOperation } from './log-in.js';
import { logOutOperation } from './log-out.js';
import { readSessionOperation } from './read.js';

/** @param operations all operations, of which these tell which ones the user may call */
export function sessionOperations(operations: () => readonly Operation[]): readonly Operation[] {
  return [logInOperation(operations), readSessionOperation(operations), logOutOperation];
}
