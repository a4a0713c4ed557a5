import type { Operation } from '../../contract/operation.js';
import { createAccountOperation } from './create-account.js';
import { createTransferOperation } from './create-transfer.js';
import { listAccountsOperation } from './list-accounts.js';
import { listTransfersOperation } from './list-transfers.js';
import { readAccountOperation } from './read-account.js';
import { readTransferOperation } from './read-transfer.js';
import { undoTransferOperation } from './undo-transfer.js';
import { updateAccountOperation } from './update-account.js';

export const accountOperations: readonly Operation[] = [
  listAccountsOperation,
  createAccountOperation,
  readAccountOperation,
  updateAccountOperation,
  listTransfersOperation,
  createTransferOperation,
  readTransferOperation,
  undoTransferOperation,
];
