import { createPaymentTerms } from '../../../../services/invoicing/setup/payment-terms.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { paymentTermsBody, paymentTermsExample, writtenJson, writtenSchema } from './schema.js';

export const createPaymentTermsOperation = defineOperation({
  id: 'createPaymentTerms',
  method: 'post',
  path: '/v1/payment-terms',
  area: 'payment-terms',
  summary: 'Create payment terms',
  description: 'Day 29, 30, or 31 becomes 28, which every month has; `warnings` says so.',
  scope: 'profiles:write',
  request: { body: paymentTermsBody },
  example: paymentTermsExample,
  responses: { 201: { description: 'The payment terms', schema: writtenSchema } },
  problems: ['not_found', 'conflict', 'already_exists'],
  async handler({ body, requester }) {
    const { reason = null, resellerId = requester.scope.resellerId, ...fields } = body;
    const row = await createPaymentTerms(requester, { ...fields, resellerId }, reason);
    return created(`/v1/payment-terms/${row.id}`, writtenJson(row, body.day), { version: row.version });
  },
});
