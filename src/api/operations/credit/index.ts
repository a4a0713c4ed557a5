import type { Operation } from '../../contract/operation.js';
import { creditRequestOperations } from './requests/index.js';
import { cancelTemporaryCreditOperation } from './cancel-temporary-credit.js';
import { changeTemporaryCreditOperation } from './change-temporary-credit.js';
import { listCreditLimitChangesOperation } from './list-credit-limit-changes.js';
import { listCreditLimitHistoryOperation } from './list-credit-limit-history.js';
import { readCreditLimitOperation } from './read-credit-limit.js';
import { setCreditLimitOperation } from './set-credit-limit.js';
import { readGrantLimitsOperation } from './read-grant-limits.js';
import { grantTemporaryCreditOperation } from './grant-temporary-credit.js';
import { listTemporaryCreditsOperation } from './list-temporary-credits.js';
import { readTemporaryCreditOperation } from './read-temporary-credit.js';

export const creditOperations: readonly Operation[] = [
  readCreditLimitOperation,
  setCreditLimitOperation,
  listCreditLimitHistoryOperation,
  listCreditLimitChangesOperation,
  readGrantLimitsOperation,
  grantTemporaryCreditOperation,
  listTemporaryCreditsOperation,
  readTemporaryCreditOperation,
  changeTemporaryCreditOperation,
  cancelTemporaryCreditOperation,
  ...creditRequestOperations,
];
