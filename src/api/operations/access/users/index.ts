import type { Operation } from '../../../contract/operation.js';
import { createUserOperation } from './create-user.js';
import { inviteUserOperation } from './invite-user.js';
import { listUsersOperation } from './list-users.js';
import { readUserOperation } from './read-user.js';
import { deleteUserOperation } from './delete-user.js';
import { listRolesOperation } from './list-roles.js';
import { readLoginSettingsOperation } from './read-login-settings.js';
import { replaceLoginSettingsOperation } from './replace-login-settings.js';
import { resetSecondFactorOperation } from './reset-second-factor.js';
import { setUserPasswordOperation } from './set-user-password.js';
import { updateUserOperation } from './update-user.js';

export const userOperations: readonly Operation[] = [
  listUsersOperation,
  createUserOperation,
  readUserOperation,
  updateUserOperation,
  deleteUserOperation,
  setUserPasswordOperation,
  inviteUserOperation,
  resetSecondFactorOperation,
  listRolesOperation,
  readLoginSettingsOperation,
  replaceLoginSettingsOperation,
];
