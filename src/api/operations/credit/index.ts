import type { Operation } from '../../contract/operation.js';
import { cancelTemporaryCredit } from './cancel-grant.js';
import { changeTemporaryCredit } from './change-grant.js';
import { listCreditLimitChanges } from './credit-limit-changes.js';
import { listCreditLimitHistory } from './credit-limit-history.js';
import { readCreditLimit, setCreditLimit } from './credit-limit.js';
import { readGrantLimits } from './grant-limits.js';
import { grantTemporaryCredit } from './grant.js';
import { listTemporaryCredits } from './list-grants.js';
import { readTemporaryCredit } from './read-grant.js';

export const creditOperations: readonly Operation[] = [
  readCreditLimit,
  setCreditLimit,
  listCreditLimitHistory,
  listCreditLimitChanges,
  readGrantLimits,
  grantTemporaryCredit,
  listTemporaryCredits,
  readTemporaryCredit,
  changeTemporaryCredit,
  cancelTemporaryCredit,
];
