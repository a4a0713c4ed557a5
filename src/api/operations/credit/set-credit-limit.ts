import { setCreditLimit } from '../../../services/credit/set-credit-limit.js';
import { ok } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { money, reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { creditParams } from './shared.js';
import { creditLimitJson, creditLimitSchema } from './credit-limit-schema.js';

export const setCreditLimitOperation = defineOperation({
  id: 'setCreditLimit',
  method: 'put',
  path: '/v1/clients/{id}/credit-limit',
  area: 'credit',
  summary: 'Set a client’s permanent credit limit',
  description:
    'Kept in the client’s credit limit history. The monitor looks at once, so rules are re-armed, or checked where the ' +
    'profile’s trigger says so. May be negative: then so much money always has to be left.',
  scope: 'credit:write',
  needsIfMatch: true,
  request: { params: creditParams, body: z.strictObject({ creditLimit: money(), reason }) },
  example: { creditLimit: '1000.00', reason: 'new contract' },
  responses: { 200: { description: 'Set', schema: creditLimitSchema } },
  problems: ['client_deleted', 'client_unlimited'],
  async handler({ params, body, requester, ifMatch }) {
    const wish = { limit: body.creditLimit, reason: body.reason };
    const account = await setCreditLimit(requester, params.id, wish, (before) =>
      requireVersion(ifMatch, before.version, creditLimitJson(before)),
    );
    return ok(creditLimitJson(account), { version: account.version });
  },
});
