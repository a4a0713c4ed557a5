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
  summary: 'Read a client’s credit limit',
  scope: 'credit:read',
  request: { params: creditParams },
  responses: { 200: { description: 'The limit', schema: creditLimitSchema } },
  async handler({ params, scope, now }) {
    const account = await requireAccount({ scope, now }, params.id);
    return ok(creditLimitJson(account), { version: account.version });
  },
});
