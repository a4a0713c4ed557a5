import type { Operation } from '../../../contract/operation.js';
import { createUserOperation } from './create-user.js';
import { listUsersOperation } from './list-users.js';
import { readUserOperation } from './read-user.js';
import { deleteUserOperation } from './delete-user.js';
import { listRolesOperation } from './list-roles.js';
import { setUserPasswordOperation } from './set-user-password.js';
import { updateUserOperation } from './update-user.js';

export const userOperations: readonly Operation[] = [
  listUsersOperation,
  createUserOperation,
  readUserOperation,
  updateUserOperation,
  deleteUserOperation,
  setUserPasswordOperation,
  listRolesOperation,
];
