import { batchOperation } from './batch.js';

export const postPaymentBatch = batchOperation({
  id: 'postPaymentBatch',
  path: '/v1/payments/batch',
  kind: 'payment',
  summary: 'Record many payments',
  example: '100.00',
});

export const postChargeBatch = batchOperation({
  id: 'postChargeBatch',
  path: '/v1/charges/batch',
  kind: 'charge',
  summary: 'Record many charges',
  example: '0.012500',
});

export const postAdjustmentBatch = batchOperation({
  id: 'postAdjustmentBatch',
  path: '/v1/adjustments/batch',
  kind: 'adjustment',
  summary: 'Record many adjustments',
  example: '-3.50',
});
