import { moneyOf } from '../../../domain/money.js';
import { setCreditLimit } from '../../credit/set-credit-limit.js';
import type { RowService } from '../row-service.js';
import { requireCurrency } from './ask-monitor.js';

export const setCreditLimitRow: RowService<'set_credit_limit'> = {
  async inTransaction(_tx, { requester, clientId, parameters, reason }) {
    const { amount, currency } = parameters.creditLimit;
    let isUnchanged = false;
    await setCreditLimit(requester, clientId, { limit: amount, reason }, (before) => {
      requireCurrency(before, currency);
      isUnchanged = moneyOf(before.creditLimit) === moneyOf(amount);
    });
    return isUnchanged ? 'unchanged' : 'done';
  },
};
