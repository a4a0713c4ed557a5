import { moneyOf } from '../../../domain/money.js';
import type { Patch } from '../../../domain/patch.js';
import type { ClientFields } from '../../../storage/clients/clients.js';
import { allows } from '../../access/scopes.js';
import type { Caller } from '../../context.js';
import { ApiProblem } from '../../http/problem.js';

type CreditFields = Pick<ClientFields, 'creditLimit' | 'balanceModel'>;

/** A new client where nothing was asked for. */
export const withoutCredit: CreditFields = { creditLimit: '0.00', balanceModel: 'prepaid' };

/** The scope that PUT /v1/clients/{id}/credit-limit needs: a field needs it wherever it is set. */
const creditScope = 'credit:write';

/**
 * Whoever changes the credit limit or the balance model needs the scope for credit beside that for clients.
 *
 * @throws ApiProblem `scope_missing` with each of the fields
 */
export function requireCreditRight(caller: Caller, before: CreditFields, after: Patch<CreditFields>): void {
  if (allows(caller.scopes, creditScope)) return;
  const fields = changedCreditFields(before, after);
  if (fields.length === 0) return;
  const whose = caller.kind === 'key' ? 'the key' : 'your role';
  const detail = `this needs the scope ${creditScope}, which ${whose} does not have`;
  throw new ApiProblem('scope_missing', detail, {
    errors: fields.map((field) => ({ pointer: `#/${field}`, code: 'scope_missing', detail })),
  });
}

function changedCreditFields(before: CreditFields, after: Patch<CreditFields>): (keyof CreditFields)[] {
  const { creditLimit, balanceModel } = after;
  const isLimitChanged = creditLimit !== undefined && moneyOf(creditLimit) !== moneyOf(before.creditLimit);
  const isModelChanged = balanceModel !== undefined && balanceModel !== before.balanceModel;
  return [...(isLimitChanged ? ['creditLimit' as const] : []), ...(isModelChanged ? ['balanceModel' as const] : [])];
}
