import { updatePaymentTerms } from '../../../../services/invoicing/setup/payment-terms.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireVersion } from '../../../http/if-match.js';
import { paymentTermsJson, paymentTermsParams, paymentTermsPatch, writtenJson, writtenSchema } from './schema.js';

export const updatePaymentTermsOperation = defineOperation({
  id: 'updatePaymentTerms',
  method: 'patch',
  path: '/v1/payment-terms/{id}',
  area: 'payment-terms',
  summary: 'Change payment terms',
  description:
    'They apply to the next invoices of all clients that use them; issued invoices keep their due dates. Another ' +
    '`mode` drops the number of the one before.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: paymentTermsParams, body: paymentTermsPatch },
  example: { graceDays: 14 },
  responses: { 200: { description: 'The payment terms', schema: writtenSchema } },
  problems: ['already_exists'],
  async handler({ params, body, requester, ifMatch }) {
    const { reason = null, ...patch } = body;
    const row = await updatePaymentTerms(requester, params.id, { patch, reason }, (before) =>
      requireVersion(ifMatch, before.version, paymentTermsJson(before)),
    );
    return ok(writtenJson(row, body.day), { version: row.version });
  },
});
