import { limitMaximum } from '../../../services/credit/require-limit-allowed.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { requireAccount } from '../ledger/shared.js';
import { creditParams } from './shared.js';
import { creditLimitJson, creditLimitSchema } from './credit-limit-schema.js';

export const readCreditLimitOperation = defineOperation({
  id: 'readCreditLimit',
  method: 'get',
  path: '/v1/clients/{id}/credit-limit',
  area: 'credit',
  summary: 'Get a client’s credit limit',
  scope: 'credit:read',
  request: { params: creditParams },
  responses: { 200: { description: 'The credit limit', schema: creditLimitSchema } },
  async handler({ params, caller, scope, now }) {
    const account = await requireAccount({ scope, now }, params.id);
    const maximum = await scope.read((q) => limitMaximum(q, caller.limitCap, account.currency, now));
    return ok(creditLimitJson(account, maximum), { version: account.version });
  },
});
