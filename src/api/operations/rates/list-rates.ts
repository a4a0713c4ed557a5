import { listRates } from '../../../storage/rates/exchange-rates.js';
import { listed, listQuery, pageOf, pageRequest } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
import { pairQuery, rateJson, rateSchema } from './schema.js';

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
    return listed(input, await listRates(context.sql, filter, pageRequest(query)), rateJson);
  },
});
