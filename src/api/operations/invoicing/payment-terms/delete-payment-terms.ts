import { paymentTermsKind } from '../../../../services/invoicing/setup/payment-terms.js';
import { removeShared } from '../../../../services/shared-record.js';
import { noContent } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import { paymentTermsJson, paymentTermsParams } from './schema.js';

export const deletePaymentTermsOperation = defineOperation({
  id: 'deletePaymentTerms',
  method: 'delete',
  path: '/v1/payment-terms/{id}',
  area: 'payment-terms',
  summary: 'Delete payment terms that no client uses',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: paymentTermsParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Deleted' } },
  problems: ['in_use'],
  async handler({ params, query, requester, ifMatch }) {
    await removeShared(requester, paymentTermsKind, params.id, query.reason ?? null, (row) =>
      requireVersion(ifMatch, row.version, paymentTermsJson(row)),
    );
    return noContent();
  },
});
