import { paymentGatewayList } from '../../../../storage/payments/payment-gateways.js';
import { defineList } from '../../../contract/define-list.js';
import { gatewayJson, gatewaySchema } from './schema.js';

export const listPaymentGatewaysOperation = defineList({
  id: 'listPaymentGateways',
  path: '/v1/payment-gateways',
  area: 'payment-gateways',
  summary: 'List payment gateways',
  description:
    'Of your reseller and its sub-resellers, one each. A reseller without one uses that of the nearest above.',
  scope: 'webhooks:read',
  filters: {},
  sorts: ['name', 'createdAt'],
  order: 'name',
  page: 'A page of payment gateways',
  item: gatewaySchema,
  rows: (q, { caller }) => paymentGatewayList(q, caller.resellerId),
  toJson: (row, { context }) => gatewayJson(context, row),
  csv: {
    id: 'exportPaymentGateways',
    name: 'payment-gateways',
    what: 'payment gateways',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      resellerId: { header: 'Reseller ID', value: ({ resellerId }) => ({ number: resellerId }) },
      kind: { header: 'Kind', value: ({ kind }) => kind },
      url: { header: 'URL', value: ({ url }) => url },
      currency: { header: 'Currency', value: (gateway) => gateway.currency },
      active: { header: 'Active', value: ({ active }) => active },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
    },
  },
});
