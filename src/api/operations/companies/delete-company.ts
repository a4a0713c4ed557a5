import { deleteCompany } from '../../../services/companies/delete-company.js';
import { noContent } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireVersion } from '../../http/if-match.js';
import { companyJson, companyParams } from './schema.js';

export const deleteCompanyOperation = defineOperation({
  id: 'deleteCompany',
  method: 'delete',
  path: '/v1/companies/{id}',
  area: 'companies',
  summary: 'Delete a company',
  description: 'Its ledger and its notifications are kept. An email that still waits to be sent is canceled.',
  scope: 'clients:delete',
  needsIfMatch: true,
  request: { params: companyParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Deleted' } },
  problems: ['not_found'],
  async handler({ params, query, requester, ifMatch }) {
    await deleteCompany(requester, params.id, query.reason ?? null, (before) =>
      requireVersion(ifMatch, before.version, companyJson(before)),
    );
    return noContent();
  },
});
