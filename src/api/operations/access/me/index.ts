import type { Operation } from '../../../contract/operation.js';
import { changePassword } from './change-password.js';
import { readMeOperation } from './read.js';
import { secondFactorOperations } from './second-factor/index.js';
import { endMySession, listMySessions } from './sessions.js';
import { updateMeOperation } from './update.js';

/** @param operations all operations, from which these list those that the caller may call */
export function meOperations(operations: () => readonly Operation[]): readonly Operation[] {
  return [
    readMeOperation(operations),
    updateMeOperation(operations),
    changePassword,
    listMySessions,
    endMySession,
    ...secondFactorOperations,
  ];
}
