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
  summary: 'Tell which pairs of currencies clients need, and whether they have a rate',
  description:
    'A client whose currency is not that of its profile needs one. Pairs without a rate in force come first, then by clients.',
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
