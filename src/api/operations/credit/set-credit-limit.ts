import { creditLimitDigits } from '../../../domain/credit/limit-digits.js';
import { limitMaximum } from '../../../services/credit/require-limit-allowed.js';
import { setCreditLimit } from '../../../services/credit/set-credit-limit.js';
import { ok } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { money, reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireAccount } from '../ledger/shared.js';
import { creditParams } from './shared.js';
import { creditLimitJson, creditLimitSchema } from './credit-limit-schema.js';

export const setCreditLimitOperation = defineOperation({
  id: 'setCreditLimit',
  method: 'put',
  path: '/v1/clients/{id}/credit-limit',
  area: 'credit',
  summary: 'Set a client’s permanent credit limit',
  description:
    'Recorded in the client’s credit limit history. The monitor evaluates immediately: counters can reset, and low ' +
    'rules with trigger `change` can notify. A negative limit reserves that amount of the balance.',
  scope: 'credit:write',
  needsIfMatch: true,
  request: {
    params: creditParams,
    body: z.strictObject({ creditLimit: money({ digits: creditLimitDigits }), reason }),
  },
  example: { creditLimit: '1000.00', reason: 'new contract' },
  responses: { 200: { description: 'Credit limit set', schema: creditLimitSchema } },
  problems: ['client_deleted', 'client_unlimited', 'credit_above_maximum', 'no_rate'],
  async handler({ params, body, caller, requester, scope, ifMatch, now }) {
    const { currency } = await requireAccount({ scope, now }, params.id);
    const maximum = await scope.read((q) => limitMaximum(q, caller.limitCap, currency, now));
    const wish = { limit: body.creditLimit, reason: body.reason };
    const account = await setCreditLimit(requester, params.id, wish, (before) =>
      requireVersion(ifMatch, before.version, creditLimitJson(before, maximum)),
    );
    return ok(creditLimitJson(account, maximum), { version: account.version });
  },
});
