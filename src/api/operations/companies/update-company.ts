import { editCompany } from '../../../services/companies/edit-company.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { requireVersion } from '../../http/if-match.js';
import { companyJson, companyParams, companyPatch, companySchema } from './schema.js';

export const updateCompanyOperation = defineOperation({
  id: 'updateCompany',
  method: 'patch',
  path: '/v1/companies/{id}',
  area: 'companies',
  summary: 'Change a company',
  description:
    'Of a side, the fields that are sent. The next run judges an edited threshold: the balance mail time stays while the balance is ' +
    'still low. Turning a side off, or emptying its threshold, clears it.',
  scope: 'clients:write',
  needsIfMatch: true,
  request: { params: companyParams, body: companyPatch },
  example: { their: { threshold: '250.00' } },
  responses: { 200: { description: 'The company', schema: companySchema } },
  problems: ['not_found', 'conflict', 'already_exists'],
  async handler({ params, body, requester, ifMatch }) {
    const { reason = null, ...patch } = body;
    const row = await editCompany(requester, params.id, { patch, reason }, (before) =>
      requireVersion(ifMatch, before.version, companyJson(before)),
    );
    return ok(companyJson(row), { version: row.version });
  },
});
