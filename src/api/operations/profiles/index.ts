import type { Operation } from '../../contract/operation.js';
import { assignProfileOperation } from './assign-profile.js';
import { createProfileOperation } from './create-profile.js';
import { listProfilesOperation } from './list-profiles.js';
import { previewProfileOperation } from './preview-profile.js';
import { readProfileOperation } from './read-profile.js';
import { deleteProfileOperation } from './delete-profile.js';
import { replaceProfileOperation } from './replace-profile.js';
import { updateProfileOperation } from './update-profile.js';

export const profileOperations: readonly Operation[] = [
  listProfilesOperation,
  createProfileOperation,
  previewProfileOperation,
  readProfileOperation,
  replaceProfileOperation,
  updateProfileOperation,
  deleteProfileOperation,
  assignProfileOperation,
];
