import { DomainError } from '../../../domain/errors.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import { lockAccount, readAccount, type AccountRow } from '../../../storage/ledger/balance-read.js';
import { setCreditLimit as set } from '../../../storage/credit/credit-limit.js';
import { ok } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { currencyText, idText, money, moneyText, reason, timeOrNull, timeString } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireAccount } from '../ledger/shared.js';
import { creditParams } from './shared.js';

const creditLimitSchema = z
  .strictObject({
    clientId: idText,
    currency: currencyText,
    creditLimit: moneyText.openapi({ description: 'The permanent limit' }),
    temporaryCredit: moneyText.openapi({ description: 'What is lent beside it now' }),
    temporaryUntil: timeString.nullable(),
    unlimited: z.boolean().openapi({ description: '"No Limit": the limit does not matter' }),
    version: z.int().openapi({ description: 'Of the client' }),
  })
  .openapi('CreditLimit');

function creditLimitJson(account: AccountRow): z.input<typeof creditLimitSchema> {
  return {
    clientId: account.clientId,
    currency: account.currency,
    creditLimit: formatMoney(moneyOf(account.creditLimit)),
    temporaryCredit: formatMoney(moneyOf(account.temporaryCredit)),
    temporaryUntil: timeOrNull(account.temporaryUntil),
    unlimited: account.balanceModel === 'unlimited',
    version: account.version,
  };
}

export const readCreditLimitOperation = defineOperation({
  id: 'readCreditLimit',
  method: 'get',
  path: '/v1/clients/{id}/credit-limit',
  area: 'credit',
  summary: 'Read a client’s credit limit',
  scope: 'credit:read',
  request: { params: creditParams },
  responses: { 200: { description: 'The limit', schema: creditLimitSchema } },
  async handler({ params, caller, context, now }) {
    const account = await requireAccount(context, caller, params.id, now);
    return ok(creditLimitJson(account), { version: account.version });
  },
});

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
      await set(tx, {
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
