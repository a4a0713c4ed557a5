import { rateList } from '../../../storage/rates/exchange-rates.js';
import { defineList } from '../../contract/define-list.js';
import { pairQuery, rateJson, rateSchema } from './schema.js';

export const listRatesOperation = defineList({
  id: 'listExchangeRates',
  path: '/v1/exchange-rates',
  area: 'rates',
  summary: 'List exchange rates, past and future ones too',
  scope: 'rates:read',
  filters: pairQuery,
  sorts: ['at'],
  order: '-at',
  page: 'A page of rates',
  item: rateSchema,
  rows: (q, { filter }) => rateList(q, filter),
  toJson: rateJson,
});
