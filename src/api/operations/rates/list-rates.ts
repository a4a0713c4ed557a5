import { rateList } from '../../../storage/rates/exchange-rates.js';
import { defineList } from '../../contract/define-list.js';
import { pairQuery, rateJson, rateSchema } from './schema.js';

export const listRatesOperation = defineList({
  id: 'listExchangeRates',
  path: '/v1/exchange-rates',
  area: 'rates',
  summary: 'List exchange rates',
  scope: 'rates:read',
  filters: pairQuery,
  sorts: ['at'],
  order: '-at',
  page: 'A page of rates',
  item: rateSchema,
  rows: (q, { filter }) => rateList(q, filter),
  toJson: rateJson,
  csv: {
    id: 'exportExchangeRates',
    name: 'exchange-rates',
    what: 'exchange rates',
    columns: {
      from: { header: 'From', value: ({ from }) => from },
      to: { header: 'To', value: ({ to }) => to },
      rate: { header: 'Rate', value: ({ rate }) => ({ number: rate }) },
      at: { header: 'Effective from', value: ({ at }) => at },
      createdBy: { header: 'Added by', value: ({ createdBy }) => createdBy },
      createdAt: { header: 'Added', value: ({ createdAt }) => createdAt },
    },
  },
});
