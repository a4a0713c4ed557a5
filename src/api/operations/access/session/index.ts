import type { Operation } from '../../../contract/operation.js';
import { beginOpenIdLoginOperation } from '../openid/begin-openid-login.js';
import { completeOpenIdLoginOperation } from '../openid/complete-openid-login.js';
import { endOpenIdSessionsOperation } from '../openid/end-openid-sessions.js';
import { readLoginMethodsOperation } from '../openid/read-login-methods.js';
import { readOpenIdLogoutOperation } from '../openid/read-openid-logout.js';
import { beginLoginEnrollmentOperation } from './begin-login-enrollment.js';
import { completeLoginOperation } from './complete-login.js';
import { confirmLoginEnrollmentOperation } from './confirm-login-enrollment.js';
import { logInOperation } from './log-in.js';
import { logOutOperation } from './log-out.js';
import { readAccountLinkOperation } from './read-account-link.js';
import { readSessionOperation } from './read.js';
import { requestPasswordResetOperation } from './request-password-reset.js';
import { useAccountLinkOperation } from './use-account-link.js';

/** @param operations all operations, from which these list those that the user may call */
export function sessionOperations(operations: () => readonly Operation[]): readonly Operation[] {
  return [
    logInOperation(operations),
    completeLoginOperation(operations),
    beginLoginEnrollmentOperation,
    confirmLoginEnrollmentOperation(operations),
    readSessionOperation(operations),
    logOutOperation,
    requestPasswordResetOperation,
    readAccountLinkOperation,
    useAccountLinkOperation,
    readLoginMethodsOperation,
    beginOpenIdLoginOperation,
    completeOpenIdLoginOperation(operations),
    readOpenIdLogoutOperation,
    endOpenIdSessionsOperation,
  ];
}
