import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { requireCompany } from './require-company.js';
import { companyJson, companyParams, companySchema } from './schema.js';

export const readCompanyOperation = defineOperation({
  id: 'readCompany',
  method: 'get',
  path: '/v1/companies/{id}',
  area: 'companies',
  summary: 'Get a company with its balances',
  scope: 'clients:read',
  request: { params: companyParams },
  responses: { 200: { description: 'The company', schema: companySchema } },
  problems: ['not_found'],
  async handler({ params, scope, now }) {
    const company = await requireCompany({ scope, now }, params.id);
    return ok(companyJson(company), { version: company.version });
  },
});
