import { DomainError } from '../../../domain/errors.js';
import { lockAccount, readAccount } from '../../../storage/ledger/balance-read.js';
import { setCreditLimit } from '../../../storage/credit/credit-limit.js';
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
  async handler({ params, body, caller, context, ifMatch, now }) {
    const account = await context.sql.begin(async (tx) => {
      const before = await lockAccount(tx, caller.resellerId, params.id, now);
      if (!before) throw new DomainError('not_found', `there is no client ${params.id}`, '/path/id');
      requireVersion(ifMatch, before.version, creditLimitJson(before));
      if (before.balanceModel === 'unlimited') {
        throw new DomainError(
          'client_unlimited',
          'the client has "No Limit": change its balance model first',
          '/creditLimit',
        );
      }
      await setCreditLimit(tx, {
        clientId: params.id,
        limit: body.creditLimit,
        actor: caller.actor,
        reason: body.reason,
        at: now,
      });
      return (await readAccount(tx, caller.resellerId, params.id, now)) ?? before;
    });
    return ok(creditLimitJson(account), { version: account.version });
  },
});
