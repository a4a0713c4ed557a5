import type { Operation } from '../../../contract/operation.js';
import { approveCreditRequestOperation } from './approve-credit-request.js';
import { createCreditRequestOperation } from './create-credit-request.js';
import { listCreditRequestsOperation } from './list-credit-requests.js';
import { readCreditRequestOperation } from './read-credit-request.js';
import { refuseCreditRequestOperation } from './refuse-credit-request.js';
import { withdrawCreditRequestOperation } from './withdraw-credit-request.js';

export const creditRequestOperations: readonly Operation[] = [
  createCreditRequestOperation,
  listCreditRequestsOperation,
  readCreditRequestOperation,
  approveCreditRequestOperation,
  refuseCreditRequestOperation,
  withdrawCreditRequestOperation,
];
