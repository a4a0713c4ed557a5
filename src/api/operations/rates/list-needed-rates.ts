import { neededRates } from '../../../storage/rates/exchange-rates.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { neededRateJson, neededRateSchema } from './schema.js';

export const neededRatesOperation = defineOperation({
  id: 'neededExchangeRates',
  method: 'get',
  path: '/v1/exchange-rates/needed',
  area: 'rates',
  summary: 'List the currency pairs that clients and companies need',
  description:
    'A client needs a pair if its currency differs from that of its profile, a company if a threshold is in another currency than ' +
    'its balance, or a mutual balance has several. Pairs without a current rate come ' +
    'first, then the order is by number of clients.',
  scope: 'rates:read',
  responses: {
    200: {
      description: 'The pairs',
      schema: z.strictObject({ data: z.array(neededRateSchema), at: timeString }),
    },
  },
  async handler({ scope, now }) {
    const rows = await scope.read((q) => neededRates(q, scope.resellerId, now));
    return ok({ data: rows.map(neededRateJson), at: timeText(new Date(now)) });
  },
});
