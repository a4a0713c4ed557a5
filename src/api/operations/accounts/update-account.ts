import { updateAccount } from '../../../services/accounts/update-account.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { requireVersion } from '../../http/if-match.js';
import { requireFieldRights } from '../clients/field-rights.js';
import { accountJson, accountParams, accountPatch, accountSchema } from './schema.js';

export const updateAccountOperation = defineOperation({
  id: 'updateAccount',
  method: 'patch',
  path: '/v1/accounts/{id}',
  area: 'accounts',
  summary: 'Change, block, or close an account under a client',
  description: 'An account is closed (`"status": "closed"`) instead of deleted, and only at a balance of zero.',
  scope: 'clients:write',
  needsIfMatch: true,
  request: { params: accountParams, body: accountPatch },
  example: { status: 'blocked' },
  responses: { 200: { description: 'The account', schema: accountSchema } },
  problems: [
    'client_deleted',
    'account_closed',
    'account_not_empty',
    'already_exists',
    'credit_above_maximum',
    'no_rate',
  ],
  async handler({ params, body, caller, requester, ifMatch }) {
    const { reason = null, ...patch } = body;
    const row = await updateAccount(requester, params.id, { patch, reason }, (before) => {
      requireVersion(ifMatch, before.version, accountJson(before));
      requireFieldRights(caller, { creditLimit: before.creditLimit }, { creditLimit: patch.creditLimit });
    });
    return ok(accountJson(row), { version: row.version });
  },
});
