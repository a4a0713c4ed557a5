import type { Operation } from '../../../contract/operation.js';
import { createTaxProfileOperation } from './create-tax-profile.js';
import { listTaxProfilesOperation } from './list-tax-profiles.js';
import { readTaxProfileOperation } from './read-tax-profile.js';
import { updateTaxProfileOperation } from './update-tax-profile.js';

export const taxProfileOperations: readonly Operation[] = [
  listTaxProfilesOperation,
  createTaxProfileOperation,
  readTaxProfileOperation,
  updateTaxProfileOperation,
];
