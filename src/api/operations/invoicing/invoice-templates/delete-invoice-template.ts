import { invoiceTemplateKind } from '../../../../services/invoicing/setup/invoice-templates.js';
import { removeShared } from '../../../../services/shared-record.js';
import { noContent } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireVersion } from '../../../http/if-match.js';
import { invoiceTemplateJson, invoiceTemplateParams } from './schema.js';

export const deleteInvoiceTemplateOperation = defineOperation({
  id: 'deleteInvoiceTemplate',
  method: 'delete',
  path: '/v1/invoice-templates/{id}',
  area: 'invoice-templates',
  summary: 'Delete an invoice template that no client uses',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: invoiceTemplateParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Deleted' } },
  problems: ['in_use'],
  async handler({ params, query, requester, ifMatch }) {
    await removeShared(requester, invoiceTemplateKind, params.id, query.reason ?? null, (row) =>
      requireVersion(ifMatch, row.version, invoiceTemplateJson(row)),
    );
    return noContent();
  },
});
