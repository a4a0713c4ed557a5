import type { Operation } from '../../../../contract/operation.js';
import { beginEnrollmentOperation } from './begin-enrollment.js';
import { confirmEnrollmentOperation } from './confirm-enrollment.js';
import { disableSecondFactorOperation } from './disable-second-factor.js';
import { readSecondFactorOperation } from './read-second-factor.js';
import { renewRecoveryCodesOperation } from './renew-recovery-codes.js';

export const secondFactorOperations: readonly Operation[] = [
  readSecondFactorOperation,
  beginEnrollmentOperation,
  confirmEnrollmentOperation,
  disableSecondFactorOperation,
  renewRecoveryCodesOperation,
];
