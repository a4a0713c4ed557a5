import { paymentTermsKind } from '../../../../services/invoicing/setup/payment-terms.js';
import { existingShared } from '../../../../services/shared-record.js';
import { findShared } from '../../../../storage/resellers/shared-records.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { paymentTermsJson, paymentTermsParams, paymentTermsSchema } from './schema.js';

export const readPaymentTermsOperation = defineOperation({
  id: 'readPaymentTerms',
  method: 'get',
  path: '/v1/payment-terms/{id}',
  area: 'payment-terms',
  summary: 'Get payment terms',
  scope: 'profiles:read',
  request: { params: paymentTermsParams },
  responses: { 200: { description: 'The payment terms', schema: paymentTermsSchema } },
  async handler({ params, caller, scope }) {
    const found = await scope.read((q) => findShared(q, paymentTermsKind.stored, caller.resellerId, params.id));
    const row = existingShared(paymentTermsKind, found, params.id);
    return ok(paymentTermsJson(row), { version: row.version });
  },
});
