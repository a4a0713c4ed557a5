import { ratesInForce } from '../../../storage/rates/exchange-rates.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { instant, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { pairQuery, rateJson, rateSchema } from './schema.js';

export const currentRatesOperation = defineOperation({
  id: 'currentExchangeRates',
  method: 'get',
  path: '/v1/exchange-rates/current',
  area: 'rates',
  summary: 'List current exchange rates',
  scope: 'rates:read',
  request: {
    query: z.strictObject({
      ...pairQuery,
      at: instant.optional().openapi({ description: 'Rates that are current at this time; default: now' }),
    }),
  },
  responses: {
    200: {
      description: 'One rate per pair, by currency',
      schema: z.strictObject({ data: z.array(rateSchema), at: timeString }),
    },
  },
  async handler({ query, scope, now }) {
    const at = query.at ?? new Date(now);
    const pair = { from: query.from ?? null, to: query.to ?? null };
    const rows = await scope.read((q) => ratesInForce(q, pair, at.getTime()));
    return ok({ data: rows.map(rateJson), at: timeText(at) });
  },
});
