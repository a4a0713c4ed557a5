import type { Operation } from '../../contract/operation.js';
import { assignProfile } from './assign.js';
import { createProfile } from './create.js';
import { listProfiles } from './list.js';
import { previewProfile } from './preview.js';
import { readProfile } from './read.js';
import { deleteProfile } from './remove.js';
import { replaceProfile, updateProfile } from './replace.js';

export const profileOperations: readonly Operation[] = [
  listProfiles,
  createProfile,
  previewProfile,
  readProfile,
  replaceProfile,
  updateProfile,
  deleteProfile,
  assignProfile,
];
