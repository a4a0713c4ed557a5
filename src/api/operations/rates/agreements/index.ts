import type { Operation } from '../../../contract/operation.js';
import { createAgreementOperation } from './create-agreement.js';
import { deleteAgreementOperation } from './delete-agreement.js';
import { listAgreementsOperation } from './list-agreements.js';
import { readAgreementOperation } from './read-agreement.js';
import { updateAgreementOperation } from './update-agreement.js';

export const agreementOperations: readonly Operation[] = [
  listAgreementsOperation,
  createAgreementOperation,
  readAgreementOperation,
  updateAgreementOperation,
  deleteAgreementOperation,
];
