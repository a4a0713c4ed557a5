import { createRate } from '../../../services/rates/create-rate.js';
import { created, ok } from '../../contract/answers.js';
import { requireConfirmation } from '../../contract/confirm-notifications.js';
import { defineOperation } from '../../contract/operation.js';
import { rateBody, rateJson, rateSchema } from './schema.js';

export const createRateOperation = defineOperation({
  id: 'createExchangeRate',
  method: 'post',
  path: '/v1/exchange-rates',
  area: 'rates',
  summary: 'Add an exchange rate',
  description:
    '`1 from = rate to`, effective from `at` until the next rate of the pair. Available balances are converted from the ' +
    'client’s currency to its profile’s. Rates are never edited; the same rate again changes nothing. A rate that newly ' +
    'notifies more than 100 clients needs `confirmNotifications`.',
  scope: 'rates:write',
  operatorOnly: true,
  request: { body: rateBody },
  example: { from: 'EUR', to: 'USD', rate: '1.0825', at: '2026-03-01T00:00:00Z' },
  responses: {
    201: { description: 'The rate', schema: rateSchema },
    200: { description: 'The same rate already exists', schema: rateSchema },
  },
  problems: ['conflict', 'confirmation_required'],
  async handler({ body, requester, now }) {
    const { reason = null, confirmNotifications, at = new Date(now), ...pair } = body;
    const confirm = requireConfirmation(confirmNotifications, now);
    const { row, replayed } = await createRate(requester, { ...pair, at }, reason, confirm);
    if (replayed) return ok(rateJson(row));
    return created(`/v1/exchange-rates?from=${row.from}&to=${row.to}`, rateJson(row));
  },
});
