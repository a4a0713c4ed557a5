import { listRates as list, neededRates as needed, ratesInForce } from '../../../storage/rates/exchange-rates.js';
import { ok } from '../../contract/answers.js';
import { listed, listQuery, pageOf, pageRequest } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
import { instant, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { neededRateJson, neededRateSchema, pairQuery, rateJson, rateSchema } from './schema.js';

export const listRatesOperation = defineOperation({
  id: 'listExchangeRates',
  method: 'get',
  path: '/v1/exchange-rates',
  area: 'rates',
  summary: 'List exchange rates, past and future ones too',
  scope: 'rates:read',
  request: { query: listQuery(['at'], '-at').extend(pairQuery) },
  responses: { 200: { description: 'A page of rates', schema: pageOf(rateSchema) } },
  async handler(input) {
    const { query, context } = input;
    const filter = { from: query.from ?? null, to: query.to ?? null };
    return listed(input, await list(context.sql, filter, pageRequest(query)), rateJson);
  },
});

export const currentRatesOperation = defineOperation({
  id: 'currentExchangeRates',
  method: 'get',
  path: '/v1/exchange-rates/current',
  area: 'rates',
  summary: 'Tell the rate of each pair that is in force',
  scope: 'rates:read',
  request: {
    query: z.strictObject({
      ...pairQuery,
      at: instant.optional().openapi({ description: 'In force then; default: now' }),
    }),
  },
  responses: {
    200: {
      description: 'One rate a pair, by currency',
      schema: z.strictObject({ data: z.array(rateSchema), at: timeString }),
    },
  },
  async handler({ query, context, now }) {
    const at = query.at ?? new Date(now);
    const rows = await ratesInForce(context.sql, { from: query.from ?? null, to: query.to ?? null }, at.getTime());
    return ok({ data: rows.map(rateJson), at: timeText(at) });
  },
});

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
  async handler({ caller, context, now }) {
    const rows = await needed(context.sql, caller.resellerId, now);
    return ok({ data: rows.map(neededRateJson), at: timeText(new Date(now)) });
  },
});
