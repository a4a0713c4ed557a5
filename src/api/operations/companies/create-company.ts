import type { CompanyFields, SideFields } from '../../../domain/companies/company.js';
import { createCompany } from '../../../services/companies/create-company.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import type { z } from '../../contract/zod.js';
import { companyBody, companyExample, companyJson, companySchema } from './schema.js';

export const createCompanyOperation = defineOperation({
  id: 'createCompany',
  method: 'post',
  path: '/v1/companies',
  area: 'companies',
  summary: 'Create a company',
  description: 'With the thresholds of its balances. The next run of the balance threshold controller decides them.',
  scope: 'clients:write',
  request: { body: companyBody },
  example: companyExample,
  responses: { 201: { description: 'The company', schema: companySchema } },
  problems: ['not_found', 'conflict', 'already_exists'],
  async handler({ body, requester }) {
    const { reason = null, resellerId = requester.scope.resellerId } = body;
    const row = await createCompany(requester, { ...fieldsOf(body), source: body.source, resellerId }, reason);
    return created(`/v1/companies/${row.id}`, companyJson(row), { version: row.version });
  },
});

function fieldsOf(body: z.output<typeof companyBody>): CompanyFields {
  const { name, externalId, email, currency, maxAgeMinutes, theirCurrency = currency, ourCurrency = currency } = body;
  const side = (given: z.output<typeof companyBody>['their'], ofBalance: string): SideFields => ({
    enabled: false,
    threshold: null,
    alarmEmails: [],
    alarmChannels: [],
    templateId: null,
    ...given,
    currency: given?.currency ?? ofBalance,
  });
  return {
    name,
    externalId,
    email,
    currency,
    theirCurrency,
    ourCurrency,
    maxAgeMinutes,
    sides: {
      their: side(body.their, theirCurrency),
      our: side(body.our, ourCurrency),
      mutual: side(body.mutual, currency),
    },
  };
}
