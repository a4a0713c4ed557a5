import type { Operation } from '../../contract/operation.js';
import { createUser } from './create.js';
import { listUsers } from './list.js';
import { readUser } from './read.js';
import { deleteUser } from './remove.js';
import { listRoles } from './roles.js';
import { setUserPassword } from './set-password.js';
import { updateUser } from './update.js';

export const userOperations: readonly Operation[] = [
  listUsers,
  createUser,
  readUser,
  updateUser,
  deleteUser,
  setUserPassword,
  listRoles,
];
